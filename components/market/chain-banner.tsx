'use client';

import type { ReactNode } from 'react';
import { appChain } from '@/components/wallet/app-chain';
import { rpcUrl } from './environment';
import { useMarket } from './market-provider';

/** Says, across the page, that the chain does not answer; what was read before stays on screen. */
export function ChainBanner() {
  const { reach, loaded } = useMarket();
  switch (reach.kind) {
    case 'connecting':
    case 'syncing':
    case 'live':
      return null;
    case 'unreachable':
      return (
        <Banner>
          No chain in reach at {rpcUrl}; retrying.{' '}
          {loaded ? 'What you see is the last state that was read. ' : ''}
          {reach.reason}
        </Banner>
      );
    case 'wrongChain':
      return (
        <Banner>
          {rpcUrl} serves chain {reach.actual}; this market is on chain {reach.expected}.
        </Banner>
      );
    case 'notDeployed':
      return (
        <Banner>
          OpenGPU&apos;s contracts are not on {appChain.name} (chain {appChain.id}).{' '}
          <code className="font-mono">npm run dev</code> starts a local market with them.
        </Banner>
      );
    default:
      return reach satisfies never;
  }
}

function Banner({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="border-b border-fault bg-fault-wash">
      <p className="mx-auto max-w-[1440px] px-4 py-2.5 text-[14px] text-ink wrap-anywhere sm:px-8">
        {children}
      </p>
    </div>
  );
}
