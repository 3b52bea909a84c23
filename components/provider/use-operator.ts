'use client';

import { useQuery } from '@tanstack/react-query';
import type { Address } from 'viem';

/** The operator key that this browser holds for a provider, made on first sight. */
export function useOperator(provider: Address | undefined) {
  return useQuery({
    queryKey: ['operator', provider],
    enabled: provider !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async () => {
      const { ensureOperatorKey } = await import('@opengpu/worker/keys/operator-key');
      if (!provider) throw new Error('No provider is connected.');
      return ensureOperatorKey(provider);
    },
  });
}
