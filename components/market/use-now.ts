'use client';

import { useSyncExternalStore } from 'react';
import type { MarketFeed } from './market-feed';
import { useMarketFeed } from './market-provider';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for every clock on the page; it stops with the last listener. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function chainSeconds(feed: MarketFeed): number {
  return Math.floor(Date.now() / 1_000 + feed.clockOffset());
}

/** The chain's time in unix seconds, ticking; 0 on the server, where no clock would match the visitor's. */
export function useNow(): number {
  const feed = useMarketFeed();
  return useSyncExternalStore(
    subscribe,
    () => chainSeconds(feed),
    () => 0,
  );
}
