'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { WagmiProvider } from 'wagmi';
import { MarketProvider } from '@/components/market/market-provider';
import { TransactionProvider } from '@/components/tx/transaction-provider';
import { DevelopmentWallets } from '@/components/wallet/development-wallets';
import { wagmiConfig } from '@/components/wallet/wagmi-config';
import { WalletModalProvider } from '@/components/wallet/wallet-modal';

/** What every page's leaves rely on: wallet, queries, the market. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 2_000 } } }),
  );
  return (
    <WagmiProvider config={wagmiConfig}>
      <QueryClientProvider client={queries}>
        <MarketProvider>
          <WalletModalProvider>
            <DevelopmentWallets />
            <TransactionProvider>{children}</TransactionProvider>
          </WalletModalProvider>
        </MarketProvider>
      </QueryClientProvider>
    </WagmiProvider>
  );
}
