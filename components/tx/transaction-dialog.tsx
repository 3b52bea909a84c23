'use client';

import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Eth } from '@/components/ui/eth';
import { Note } from '@/components/ui/note';
import { TransactionHash } from '@/components/ui/transaction-hash';
import type { TxState } from './tx-state';

interface TransactionDialogProps {
  title: string;
  state: TxState;
  /** What will happen, a sentence a line. */
  lines: string[];
  onSign(): void;
  onRetry(): void;
  onClose(): void;
}

/** A write before, during and after the wallet; the sentences stay in sight all the way. */
export function TransactionDialog({ title, state, lines, onSign, onRetry, onClose }: TransactionDialogProps) {
  return (
    <Dialog title={title} open={state.kind !== 'idle'} closable={state.kind !== 'signing'} onClose={onClose}>
      <ul className="grid gap-2 text-[15px] leading-6">
        {lines.map((line) => (
          <li key={line} className="flex gap-3">
            <span aria-hidden="true" className="mt-2 size-2 shrink-0 bg-unexposed" />
            {line}
          </li>
        ))}
      </ul>
      <div aria-live="polite">
        <Step state={state} />
      </div>
      <div className="flex flex-wrap items-center justify-end gap-3">
        <Actions state={state} onSign={onSign} onRetry={onRetry} onClose={onClose} />
      </div>
    </Dialog>
  );
}

function Step({ state }: { state: TxState }) {
  switch (state.kind) {
    case 'idle':
      return null;
    case 'checking':
      return <Note>Trying it on the chain's state of now, without sending anything.</Note>;
    case 'ready':
      return (
        <Note>
          The chain would accept this. Network fee: about <Eth wei={state.feeWei} />.
        </Note>
      );
    case 'signing':
      return <Note tone="live">Waiting for your wallet: look at its window.</Note>;
    case 'pending':
      return (
        <Note tone="live" title="Sent. Waiting for a block.">
          <TransactionHash hash={state.hash} />
        </Note>
      );
    case 'done':
      return (
        <Note tone="fixed" title={`Done, in block ${state.blockNumber}.`}>
          <TransactionHash hash={state.hash} />
        </Note>
      );
    case 'failed':
      return (
        <Note tone="fault" title={state.hash ? 'It did not go through.' : 'Nothing was sent.'}>
          <p>{state.reason}</p>
          {state.hash ? <TransactionHash hash={state.hash} /> : null}
        </Note>
      );
    default:
      return state satisfies never;
  }
}

function Actions({
  state,
  onSign,
  onRetry,
  onClose,
}: Pick<TransactionDialogProps, 'state' | 'onSign' | 'onRetry' | 'onClose'>) {
  switch (state.kind) {
    case 'failed':
      return <Button onClick={onRetry}>Try again</Button>;
    case 'done':
      return (
        <Button tone="safelight" onClick={onClose}>
          Continue
        </Button>
      );
    default:
      return (
        <Button tone="safelight" disabled={state.kind !== 'ready'} onClick={onSign}>
          Sign in wallet
        </Button>
      );
  }
}
