import { type Address, encodeFunctionData } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { amountInWords } from '../protocol/amount.ts';
import { durationInWords } from '../protocol/duration.ts';
import type { Task } from '../protocol/task.ts';
import type { TxAction } from './tx-action.ts';

/** Which offer to take; `askWei` (a shard) and `openShards` are for the review. */
export interface ConfirmOffer {
  task: Task;
  provider: Address;
  askWei: bigint;
  openShards: number;
}

/** The client takes an offer; its provider must then deliver every open shard. */
export const confirmOffer: TxAction<ConfirmOffer> = {
  label: 'Confirm offer',
  review({ task, askWei, openShards }) {
    const shards = BigInt(openShards);
    return [
      `The provider is paid ${amountInWords(askWei)} for each of ${openShards} open shards, ${amountInWords(askWei * shards)} together, out of the escrow.`,
      `${amountInWords((task.maxPrice - askWei) * shards)} comes back to your balance as the shards arrive.`,
      `Delivery is due within ${durationInWords(task.delivery)}; a provider that misses it loses part of its stake.`,
    ];
  },
  request: (deployment, { task, provider }) => ({
    to: deployment.market,
    data: encodeFunctionData({ abi: marketAbi, functionName: 'confirm', args: [task, provider] }),
    value: 0n,
  }),
};
