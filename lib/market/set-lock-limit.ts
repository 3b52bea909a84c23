import { encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import type { TxAction } from './tx-action.ts';

/** The most wei that may be locked in the sender's pool. */
export interface SetLockLimit {
  lockLimitWei: bigint;
}

/** Sets the lock limit, which every slash and penalty lowers until it is set again. */
export const setLockLimit: TxAction<SetLockLimit> = {
  label: 'Set lock limit',
  review: ({ lockLimitWei }) => [
    `At most ${amountInWords(lockLimitWei)} of your pool can be locked: that is what a stolen worker's key can cost.`,
  ],
  request: (deployment, { lockLimitWei }) => ({
    to: deployment.vault,
    data: encodeFunctionData({ abi: vaultAbi, functionName: 'setLockLimit', args: [lockLimitWei] }),
    value: 0n,
  }),
};
