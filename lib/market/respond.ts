import { encodeFunctionData } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import type { Response } from '../protocol/response.ts';
import type { Task } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** One answer under a task's terms. */
export interface Respond {
  task: Task;
  response: Response;
}

/** Answers one shard and is paid for it in the same transaction. */
export const respond: TxAction<Respond> = {
  label: 'Respond',
  review: ({ task, response }) => [
    `Shard ${response.shard} is answered and paid at once.`,
    ...(task.bond > 0n
      ? [`${amountInWords(task.bond)} of the stake stays locked for the challenge window.`]
      : []),
  ],
  request: (deployment, { task, response }) => ({
    to: deployment.market,
    data: encodeFunctionData({ abi: marketAbi, functionName: 'respond', args: [task, response] }),
    value: 0n,
  }),
};
