import { encodeFunctionData } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { modelOf, type Task } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** The terms of the task to cancel. */
export interface CancelTask {
  task: Task;
}

/** Ends a task early: First Response after a notice, Manual Confirmation at once and only while no offer is open or confirmed. */
export const cancelTask: TxAction<CancelTask> = {
  label: 'Cancel task',
  review: ({ task }) => [
    modelOf(task) === 'firstResponse'
      ? 'The deadline moves forward to a short notice from now; answers that arrive before it are still paid.'
      : 'The task ends at once. This is possible only while no offer is open or confirmed.',
    'Afterwards you can reclaim what is left in escrow.',
  ],
  request: (deployment, { task }) => ({
    to: deployment.market,
    data: encodeFunctionData({ abi: marketAbi, functionName: 'cancel', args: [task] }),
    value: 0n,
  }),
};
