import { type Address, encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import type { TxAction } from './tx-action.ts';

/** Shares to take out of `provider`'s pool; `valueWei` is what they are worth now, for the review. */
export interface RequestUnstake {
  provider: Address;
  shares: bigint;
  valueWei: bigint;
}

/** Opens the sender's ticket to leave a pool. */
export const requestUnstake: TxAction<RequestUnstake> = {
  label: 'Request unstake',
  review: ({ valueWei }) => [
    `A ticket opens for shares worth ${amountInWords(valueWei)} now. They go on earning, and go on being at risk, until you take them out.`,
    'The ticket pays after the unbonding period and lapses three days later.',
  ],
  request: (deployment, { provider, shares }) => ({
    to: deployment.vault,
    data: encodeFunctionData({ abi: vaultAbi, functionName: 'requestUnstake', args: [provider, shares] }),
    value: 0n,
  }),
};
