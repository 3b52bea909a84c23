import { encodeFunctionData, type Hex } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import { shardsOf } from '../protocol/shards.ts';
import type { Task, Work } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** What `publish` takes; `taskTerms` makes all three. `metadata` is UTF-8 JSON, at most 4 KiB. */
export interface PublishTask {
  task: Task;
  work: Work;
  metadata: Hex;
}

/** Wei that publishing puts in escrow: shards × maxPrice. */
export function escrowOf(task: Task): bigint {
  return BigInt(shardsOf(task)) * task.maxPrice;
}

/** Publishes a task and puts its highest cost in escrow. */
export const publishTask: TxAction<PublishTask> = {
  label: 'Publish task',
  review({ task }) {
    const shards = shardsOf(task);
    const each = amountInWords(task.maxPrice);
    return [
      `${amountInWords(escrowOf(task))} leaves your wallet and goes into escrow: ${shards} ${shards === 1 ? 'shard' : 'shards'} at ${each} at most.`,
      'Each shard is paid in the transaction that answers it. What is not spent can be reclaimed when the task ends.',
    ];
  },
  request: (deployment, { task, work, metadata }) => ({
    to: deployment.market,
    data: encodeFunctionData({ abi: marketAbi, functionName: 'publish', args: [task, work, metadata] }),
    value: escrowOf(task),
  }),
};
