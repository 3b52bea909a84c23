import { encodeFunctionData } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import type { Task } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** The terms of an ended task and the wei left in its escrow. */
export interface ReclaimTask {
  task: Task;
  escrowWei: bigint;
}

/** Sends what an ended task did not spend to its client's balance. Anyone may. */
export const reclaimTask: TxAction<ReclaimTask> = {
  label: 'Reclaim escrow',
  review: ({ escrowWei }) => [
    `${amountInWords(escrowWei)} goes from the task's escrow to its client's balance in the vault.`,
  ],
  request: (deployment, { task }) => ({
    to: deployment.market,
    data: encodeFunctionData({ abi: marketAbi, functionName: 'reclaim', args: [task] }),
    value: 0n,
  }),
};
