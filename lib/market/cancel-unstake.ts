import { type Address, encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import type { TxAction } from './tx-action.ts';

/** Whose pool the sender's ticket is for. */
export interface CancelUnstake {
  provider: Address;
}

/** Takes the sender's open ticket back. */
export const cancelUnstake: TxAction<CancelUnstake> = {
  label: 'Cancel unstake',
  review: () => ['Your ticket ends; the shares stay staked.'],
  request: (deployment, { provider }) => ({
    to: deployment.vault,
    data: encodeFunctionData({ abi: vaultAbi, functionName: 'cancelUnstake', args: [provider] }),
    value: 0n,
  }),
};
