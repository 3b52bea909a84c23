import { encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import type { TxAction } from './tx-action.ts';

/** Lets the deployment's market lock and slash the sender's pool; announces the change where others have staked. */
export const setMarket: TxAction<Record<string, never>> = {
  label: 'Serve this market',
  review: () => [
    'This market may lock and slash your pool. If others have staked with you, the change is announced first and completed by a second call.',
  ],
  request: (deployment) => ({
    to: deployment.vault,
    data: encodeFunctionData({ abi: vaultAbi, functionName: 'setMarket', args: [deployment.market] }),
    value: 0n,
  }),
};
