import { createPublicClient, http } from 'viem';
import { appChain } from '@/components/wallet/app-chain';
import { rpcUrl } from './environment';

/** The one client that reads the chain for this tab; wallets have their own way. */
export const chainClient = createPublicClient({
  chain: appChain,
  transport: http(rpcUrl, { retryCount: 1 }),
  pollingInterval: 1_000,
});
