import { type Address, encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import type { TxAction } from './tx-action.ts';

/** Wei of the sender's balance to the address `to`. */
export interface Withdraw {
  to: Address;
  amountWei: bigint;
}

/** Moves ETH out of the vault. */
export const withdraw: TxAction<Withdraw> = {
  label: 'Withdraw',
  review: ({ amountWei }) => [
    `${amountInWords(amountWei)} goes from your balance in the vault to your wallet.`,
  ],
  request: (deployment, { to, amountWei }) => ({
    to: deployment.vault,
    data: encodeFunctionData({ abi: vaultAbi, functionName: 'withdraw', args: [amountWei, to] }),
    value: 0n,
  }),
};
