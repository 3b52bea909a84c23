'use client';

import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import { createMarketFeed, initialView, type MarketFeed, type MarketView } from './market-feed';

const FeedContext = createContext<MarketFeed | undefined>(undefined);

/** Runs the one watcher of this tab. */
export function MarketProvider({ children }: { children: ReactNode }) {
  const [feed] = useState(createMarketFeed);
  // Synchronises with the chain.
  useEffect(() => {
    const stop = new AbortController();
    feed.watch(stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    return () => stop.abort();
  }, [feed]);
  return <FeedContext value={feed}>{children}</FeedContext>;
}

/** The tab's feed. */
export function useMarketFeed(): MarketFeed {
  const feed = use(FeedContext);
  if (!feed) throw new Error('useMarketFeed belongs inside MarketProvider.');
  return feed;
}

/** The market as last read, and whether the chain answers. */
export function useMarket(): MarketView {
  const feed = useMarketFeed();
  return useSyncExternalStore(feed.subscribe, feed.view, () => initialView);
}
