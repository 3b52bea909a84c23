import { encodeFunctionData } from 'viem';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { percentInWords } from '../protocol/amount.ts';
import type { TxAction } from './tx-action.ts';

/** The sender's part of its pool's earnings, basis points. */
export interface SetCommission {
  commissionBps: number;
}

/** Sets the commission: a fall counts at once, a rise after the notice that protects stakers. */
export const setCommission: TxAction<SetCommission> = {
  label: 'Set commission',
  review: ({ commissionBps }) => [
    `You keep ${percentInWords(commissionBps)} of earnings. A lower commission counts at once; a higher one after the unbonding period and three days.`,
  ],
  request: (deployment, { commissionBps }) => ({
    to: deployment.vault,
    data: encodeFunctionData({ abi: vaultAbi, functionName: 'setCommission', args: [commissionBps] }),
    value: 0n,
  }),
};
