import type { Hex } from 'viem';

/** One write from the press of its button to its end. */
export type TxState =
  | { kind: 'idle' }
  /** The dialog is open: the call is made and tried without being sent. */
  | { kind: 'checking' }
  /** `gas` is the limit to send with. */
  | { kind: 'ready'; gas: bigint; feeWei: bigint }
  | { kind: 'signing' }
  | { kind: 'pending'; hash: Hex }
  | { kind: 'done'; hash: Hex; blockNumber: bigint }
  /** `hash` when it was sent before it failed. */
  | { kind: 'failed'; reason: string; hash?: Hex };

/** What happens to a write. */
export type TxEvent =
  | { kind: 'opened' }
  | { kind: 'checked'; gas: bigint; feeWei: bigint }
  | { kind: 'asked' }
  | { kind: 'sent'; hash: Hex }
  | { kind: 'mined'; hash: Hex; blockNumber: bigint }
  | { kind: 'refused'; reason: string; hash?: Hex }
  | { kind: 'closed' };

/** The next state; events that do not belong to a state leave it as it is. */
export function nextTxState(state: TxState, event: TxEvent): TxState {
  switch (event.kind) {
    case 'opened':
      return { kind: 'checking' };
    case 'checked':
      return state.kind === 'checking' ? { kind: 'ready', gas: event.gas, feeWei: event.feeWei } : state;
    case 'asked':
      return state.kind === 'ready' ? { kind: 'signing' } : state;
    case 'sent':
      return state.kind === 'signing' ? { kind: 'pending', hash: event.hash } : state;
    case 'mined':
      return state.kind === 'pending' || state.kind === 'idle'
        ? { kind: 'done', hash: event.hash, blockNumber: event.blockNumber }
        : state;
    case 'refused':
      // What was sent and failed is told although the dialog was closed.
      return state.kind === 'idle' && !event.hash
        ? state
        : { kind: 'failed', reason: event.reason, hash: event.hash };
    case 'closed':
      return { kind: 'idle' };
    default:
      return event satisfies never;
  }
}
