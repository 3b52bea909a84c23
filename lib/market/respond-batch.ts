import { encodeFunctionData } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import type { Response } from '../protocol/response.ts';
import type { Task } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** Several answers under one task's terms. Those to shards that are settled by then are passed over; any other fault undoes all. */
export interface RespondBatch {
  task: Task;
  responses: readonly Response[];
}

/** Answers several shards in one transaction. */
export const respondBatch: TxAction<RespondBatch> = {
  label: 'Respond',
  review: ({ task, responses }) => [
    `${responses.length} shards are answered, and those that are open still are paid at once.`,
    ...(task.bond > 0n
      ? [
          `${amountInWords(task.bond * BigInt(responses.length))} of the stake stays locked for the challenge window.`,
        ]
      : []),
  ],
  request: (deployment, { task, responses }) => ({
    to: deployment.market,
    data: encodeFunctionData({ abi: marketAbi, functionName: 'respondMany', args: [task, responses] }),
    value: 0n,
  }),
};
