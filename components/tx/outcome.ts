import { pause } from '@opengpu/sdk/market/pause';
import { BaseError, type Hex, type TransactionReceipt } from 'viem';
import { chainClient } from '@/components/market/chain-client';

/** How a transaction that was sent ended: in a block, or the visitor put another one in its place in the wallet. */
export type Outcome = { kind: 'mined'; receipt: TransactionReceipt } | { kind: 'replaced' };

const retryMs = 2_000;
const neverStopped = new AbortController().signal;

/** Waits for the end of what was sent, also while the chain is out of reach: it cannot be called back, so only a receipt can tell. */
export async function outcomeOf(hash: Hex): Promise<Outcome> {
  for (;;) {
    try {
      let replaced = false;
      const receipt = await chainClient.waitForTransactionReceipt({
        hash,
        timeout: 0,
        // A repriced one is the same call with another fee.
        onReplaced: ({ reason }) => {
          replaced = reason !== 'repriced';
        },
      });
      return replaced ? { kind: 'replaced' } : { kind: 'mined', receipt };
    } catch (error) {
      // Only viem's errors are the node's.
      if (!(error instanceof BaseError)) throw error;
      await pause(retryMs, neverStopped);
    }
  }
}
