import { createConfig, createStorage, http } from 'wagmi';
import { rpcUrl } from '@/components/market/environment';
import { appChain } from './app-chain';

/**
 * Wallets announce themselves (EIP-6963); no connector is bundled and no outside host is asked.
 * Safe on the server: discovery and storage wait for a window.
 */
export const wagmiConfig = createConfig({
  chains: [appChain],
  transports: { [appChain.id]: http(rpcUrl) },
  multiInjectedProviderDiscovery: true,
  ssr: true,
  storage: createStorage({ storage: typeof window === 'undefined' ? undefined : window.localStorage }),
});

declare module 'wagmi' {
  interface Register {
    config: typeof wagmiConfig;
  }
}
