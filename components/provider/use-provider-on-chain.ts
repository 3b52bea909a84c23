'use client';

import { type ProviderOnChain, readProvider } from '@opengpu/sdk/market/read-providers';
import { useQuery } from '@tanstack/react-query';
import type { Address } from 'viem';
import { chainClient } from '@/components/market/chain-client';
import { deployment } from '@/components/market/environment';
import { useMarket } from '@/components/market/market-provider';

/** A provider as the chain itself has it, read again with every block that was folded. */
export function useProviderOnChain(provider: Address | undefined) {
  const { state } = useMarket();
  const record = provider && state.providers.get(provider);
  return useQuery<ProviderOnChain>({
    queryKey: [
      'provider',
      provider,
      record?.stakeWei.toString(),
      record?.heldWei.toString(),
      record?.settled,
      record?.market,
    ],
    enabled: provider !== undefined && deployment !== undefined,
    placeholderData: (before) => (before?.provider === provider ? before : undefined),
    queryFn: () => {
      if (!provider || !deployment) throw new Error('No provider is connected.');
      return readProvider(chainClient, deployment, provider);
    },
  });
}
