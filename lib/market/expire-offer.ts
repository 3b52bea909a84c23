import { type Address, encodeFunctionData } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import { penaltyWei } from '../protocol/penalty.ts';
import type { Task } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** Whose confirmed offer was not delivered; `openShards` is for the review. */
export interface ExpireOffer {
  task: Task;
  provider: Address;
  openShards: number;
}

/** After a missed delivery, by anyone: penalises the provider and lets the client confirm another. */
export const expireOffer: TxAction<ExpireOffer> = {
  label: 'Report missed delivery',
  review({ task, openShards }) {
    const penalty = penaltyWei(task, openShards);
    return [
      `The provider loses ${amountInWords(penalty)} of its stake for ${openShards} open shards.`,
      `A tenth of it, ${amountInWords(penalty / 10n)}, goes to your balance; the rest is burned.`,
    ];
  },
  request: (deployment, { task, provider }) => ({
    to: deployment.market,
    data: encodeFunctionData({ abi: marketAbi, functionName: 'expire', args: [task, provider] }),
    value: 0n,
  }),
};
