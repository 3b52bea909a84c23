'use client';

import { useEffect } from 'react';
import { useReconnect } from 'wagmi';
import { localChainId } from '@/components/market/environment';
import { appChain } from './app-chain';

/** On a local chain only: loads the in-page wallets, then reconnects to the one that was used last. */
export function DevelopmentWallets() {
  const { reconnect } = useReconnect();
  // Synchronises with window's EIP-6963 announcements.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a page; reconnect is new in every render.
  useEffect(() => {
    if (appChain.id !== localChainId) return;
    let gone = false;
    import('./development/announce').then(({ announceDevelopmentWallets }) => {
      if (gone) return;
      announceDevelopmentWallets();
      reconnect();
    });
    return () => {
      gone = true;
    };
  }, []);
  return null;
}
