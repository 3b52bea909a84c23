import { type Address, encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import type { TxAction } from './tx-action.ts';

/** Wei from the wallet to `to`'s balance. */
export interface Deposit {
  to: Address;
  amountWei: bigint;
}

/** Moves ETH from the wallet into the vault. */
export const deposit: TxAction<Deposit> = {
  label: 'Deposit',
  review: ({ amountWei }) => [
    `${amountInWords(amountWei)} goes from your wallet to the balance in the vault.`,
  ],
  request: (deployment, { to, amountWei }) => ({
    to: deployment.vault,
    data: encodeFunctionData({ abi: vaultAbi, functionName: 'deposit', args: [to] }),
    value: amountWei,
  }),
};
