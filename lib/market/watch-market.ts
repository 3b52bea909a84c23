import { BaseError, type Client } from 'viem';
import { getChainId, getCode } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { explainError } from '../protocol/errors.ts';
import { MarketFollower } from './market-follower.ts';
import { pause } from './pause.ts';
import type { MarketState } from './state.ts';
import type { Checkpoint, MarketStore } from './store.ts';
import type { WatchStatus } from './watch-status.ts';

/** What `watchMarket` needs. Callbacks are called one after another, and not once the signal aborted. */
export interface WatchMarket {
  client: Client;
  deployment: Deployment;
  store: MarketStore;
  /** The state of every newly folded range; after a reorganisation facts may be gone from it. */
  onState(state: MarketState): void;
  /** Each change of it. */
  onStatus(status: WatchStatus): void;
  signal: AbortSignal;
  /** Milliseconds between looks at the chain's head; by default 1 s on a local chain, else the client's own. */
  pollMs?: number;
}

const firstRetryMs = 500;
const mostRetryMs = 15_000;
const localChain = 31_337;

/**
 * Folds the event log up to the head and follows it until the signal aborts. Survives a node that goes away, says so
 * through `onStatus`, and folds again from the last block that the chain still has when blocks were replaced.
 * Resolves when nothing runs any more; rejects only with what a callback or the store threw.
 */
export async function watchMarket(options: WatchMarket): Promise<void> {
  const { client, deployment, store, signal } = options;
  const pollMs = options.pollMs ?? (deployment.chainId === localChain ? 1_000 : client.pollingInterval);
  const onStatus = onlyChanges(options.onStatus);
  const saved = await store.load();
  const follower = new MarketFollower(client, deployment, saved);
  let told: Checkpoint | undefined;
  let failures = 0;
  let since = 0;
  let served = false;

  /** Milliseconds to wait before the next look. */
  async function look(): Promise<number> {
    if (!served) {
      const problem = await problemOf(client, deployment);
      if (signal.aborted) return 0;
      if (problem) {
        onStatus(problem);
        return pollMs;
      }
      served = true;
    }
    const { checkpoint, head } = await follower.step();
    if (signal.aborted) return 0;
    failures = 0;
    const { state } = checkpoint;
    const fresh = told?.blockHash !== checkpoint.blockHash;
    if (fresh) options.onState(state);
    told = checkpoint;
    if (state.block < head) {
      onStatus({ kind: 'syncing', block: state.block, head });
      return 0;
    }
    onStatus({ kind: 'live', block: state.block });
    if (fresh) await store.save(checkpoint);
    return pollMs;
  }

  /** The same, after the node failed. */
  function retry(error: BaseError): number {
    served = false;
    if (failures === 0) since = seconds();
    failures += 1;
    const waitMs = Math.min(firstRetryMs * 2 ** (failures - 1), mostRetryMs);
    const retryAt = seconds() + Math.ceil(waitMs / 1_000);
    onStatus({ kind: 'unreachable', reason: explainError(error), since, retryAt });
    return waitMs;
  }

  while (!signal.aborted) {
    const waitMs = await look().catch((error: unknown) => {
      // Only viem's errors are the node's.
      if (!(error instanceof BaseError)) throw error;
      return signal.aborted ? 0 : retry(error);
    });
    if (waitMs > 0) await pause(waitMs, signal);
  }
}

/** Why this node is of no use, if it is not. */
async function problemOf(client: Client, deployment: Deployment): Promise<WatchStatus | undefined> {
  const actual = await getChainId(client);
  if (actual !== deployment.chainId) return { kind: 'wrongChain', expected: deployment.chainId, actual };
  const code = await getCode(client, { address: deployment.market });
  return code === undefined ? { kind: 'notDeployed' } : undefined;
}

function onlyChanges(onStatus: WatchMarket['onStatus']): WatchMarket['onStatus'] {
  let last = '';
  return (status) => {
    const now = Object.values(status).join(' ');
    if (now !== last) onStatus(status);
    last = now;
  };
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
