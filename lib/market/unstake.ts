import { type Address, encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import type { TxAction } from './tx-action.ts';

/** Whose pool the sender leaves; `valueWei` is what the ticket's shares are worth now, for the review. */
export interface Unstake {
  provider: Address;
  valueWei: bigint;
}

/** Pays the sender's ready ticket into its balance. */
export const unstake: TxAction<Unstake> = {
  label: 'Unstake',
  review: ({ valueWei }) => [
    `About ${amountInWords(valueWei)} goes to your balance in the vault. What locks still cover stays, and its ticket begins a new window.`,
  ],
  request: (deployment, { provider }) => ({
    to: deployment.vault,
    data: encodeFunctionData({ abi: vaultAbi, functionName: 'unstake', args: [provider] }),
    value: 0n,
  }),
};
