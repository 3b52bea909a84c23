import { type Address, encodeFunctionData, type Hex } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import { offerHoldWei } from '../protocol/penalty.ts';
import { shardsOf } from '../protocol/shards.ts';
import type { Task } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** A Manual Confirmation offer for the whole task. */
export interface OfferTask {
  task: Task;
  provider: Address;
  /** Wei a shard, at most `task.maxPrice`. */
  askWei: bigint;
  /** Root of the `commitmentTree` over all shards' leaves. */
  commitment: Hex;
  /** What the client sees before it confirms; its meaning follows from the metadata's kind of result. */
  preview: Hex;
}

/** Offers to do a whole task at an ask. */
export const offerTask: TxAction<OfferTask> = {
  label: 'Make offer',
  review({ task, askWei }) {
    const shards = shardsOf(task);
    return [
      `You offer all ${shards} shards at ${amountInWords(askWei)} each, ${amountInWords(askWei * BigInt(shards))} together.`,
      `${amountInWords(offerHoldWei(task, shards))} of the stake is held until the offer is confirmed, withdrawn or over.`,
    ];
  },
  request: (deployment, { task, provider, askWei, commitment, preview }) => ({
    to: deployment.market,
    data: encodeFunctionData({
      abi: marketAbi,
      functionName: 'offer',
      args: [task, provider, askWei, commitment, preview],
    }),
    value: 0n,
  }),
};
