'use client';

import { readBalance } from '@opengpu/sdk/market/read-balance';
import { useQuery } from '@tanstack/react-query';
import type { Address } from 'viem';
import { chainClient } from '@/components/market/chain-client';
import { deployment } from '@/components/market/environment';
import { useMarket } from '@/components/market/market-provider';

/** Wei in the vault and in the wallet, read from the chain itself. */
export interface Balances {
  vaultWei: bigint;
  walletWei: bigint;
}

/** Both balances of an account, read again when the log says that the vault's changed. */
export function useBalances(account: Address) {
  const { state } = useMarket();
  return useQuery<Balances>({
    queryKey: ['balances', account, state.balances.get(account)?.toString()],
    enabled: deployment !== undefined,
    refetchInterval: 10_000,
    // Another account's money is never shown, not even for a moment.
    placeholderData: (before, query) => (query?.queryKey[1] === account ? before : undefined),
    queryFn: async () => {
      if (!deployment) throw new Error('There is no market on this chain.');
      const [vaultWei, walletWei] = await Promise.all([
        readBalance(chainClient, deployment, account),
        chainClient.getBalance({ address: account }),
      ]);
      return { vaultWei, walletWei };
    },
  });
}
