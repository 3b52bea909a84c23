import { defineChain } from 'viem';
import { chainId, localChainId, rpcUrl } from '@/components/market/environment';

/** The one chain of this build, as wallets and viem want it. */
export const appChain = defineChain({
  id: chainId,
  name: chainId === localChainId ? 'Local chain' : (process.env.NEXT_PUBLIC_CHAIN_NAME ?? `Chain ${chainId}`),
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  rpcUrls: { default: { http: [rpcUrl] } },
  testnet: chainId === localChainId,
});
