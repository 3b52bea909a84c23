import { type Address, encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import type { TxAction } from './tx-action.ts';
import { vaultMulticall } from './vault-multicall.ts';

/** Allows or forbids a hot key of the sender; `floatWei` goes to that key for gas. */
export interface SetOperator {
  operator: Address;
  allowed: boolean;
  floatWei: bigint;
  /** Where the float comes from. */
  source: 'wallet' | 'balance';
}

/** Allows an operator (or tops up its gas), or forbids it. */
export const setOperator: TxAction<SetOperator> = {
  label: 'Set operator',
  review: ({ allowed, floatWei, source }) => [
    allowed
      ? 'The key may work for you: commit, offer and respond. It can never withdraw your stake or balance.'
      : 'The key may no longer work for you.',
    ...(floatWei > 0n
      ? [
          `${amountInWords(floatWei)} goes from your ${source === 'wallet' ? 'wallet' : 'balance'} to the key for gas.`,
        ]
      : []),
  ],
  request(deployment, { operator, allowed, floatWei, source }) {
    const args = [operator, allowed, floatWei] as const;
    const data = encodeFunctionData({ abi: vaultAbi, functionName: 'setOperator', args });
    return source === 'wallet' && floatWei > 0n
      ? vaultMulticall(deployment, [data], floatWei)
      : { to: deployment.vault, data, value: 0n };
  },
};
