import { emptyMarket } from '@opengpu/sdk/market/reduce';
import type { MarketState } from '@opengpu/sdk/market/state';
import { memoryStore } from '@opengpu/sdk/market/store';
import { watchMarket } from '@opengpu/sdk/market/watch-market';
import type { WatchStatus } from '@opengpu/sdk/market/watch-status';
import { chainClient } from './chain-client';
import { deployment } from './environment';

/** What the pages see of the chain: the last state that was read, and whether the chain still answers. */
export interface MarketView {
  state: MarketState;
  /** False until the event log has been read up to the newest block once. */
  loaded: boolean;
  reach: WatchStatus | { kind: 'connecting' };
}

/** The market as an external store for React: one watcher, any number of listeners. */
export interface MarketFeed {
  subscribe(listener: () => void): () => void;
  view(): MarketView;
  /** Seconds by which the chain's clock is ahead of this machine's. */
  clockOffset(): number;
  /** Watches until `signal` aborts. */
  watch(signal: AbortSignal): Promise<void>;
}

/** What is shown before anything was read, on the server too. */
export const initialView: MarketView = {
  state: emptyMarket(),
  loaded: false,
  reach: deployment ? { kind: 'connecting' } : { kind: 'notDeployed' },
};

export function createMarketFeed(): MarketFeed {
  const listeners = new Set<() => void>();
  let view = initialView;
  let offset = 0;

  function show(change: Partial<MarketView>) {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  }

  async function readClock() {
    const { timestamp } = await chainClient.getBlock();
    offset = Number(timestamp) - Date.now() / 1_000;
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    view: () => view,
    clockOffset: () => offset,
    async watch(signal) {
      if (!deployment) return;
      await watchMarket({
        client: chainClient,
        deployment,
        store: memoryStore(),
        signal,
        onState(state) {
          show({ state });
          // A chain that stops answering is reported by the watcher; meanwhile the clock just goes on.
          readClock().catch(() => undefined);
        },
        onStatus(reach) {
          if (reach.kind === 'live' && view.reach.kind === 'live' && reach.block === view.reach.block) return;
          show({ reach, loaded: view.loaded || reach.kind === 'live' });
        },
      });
    },
  };
}
