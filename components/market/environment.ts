import type { Deployment } from '@opengpu/sdk/contracts/deployment';
import { deploymentOf } from '@opengpu/sdk/contracts/deployments';

/** The chain this build speaks to. */
export const chainId = Number(process.env.NEXT_PUBLIC_CHAIN_ID ?? '31337');

/** JSON-RPC endpoint that reads go to; wallets use their own. */
export const rpcUrl = process.env.NEXT_PUBLIC_RPC_URL ?? 'http://127.0.0.1:8545';

/** Bases of further HTTP sources of content, which this deployment trusts to be asked, not to be right. Separated by spaces in the environment. */
export const gateways = (process.env.NEXT_PUBLIC_GATEWAYS ?? '').split(' ').filter(Boolean);

/** Chain id of a local anvil: the only chain with development wallets. */
export const localChainId = 31337;

/** Where the contracts are, or undefined when this chain has none. */
export const deployment: Deployment | undefined = deploymentOf(chainId);
