import { marketAbi } from '@opengpu/sdk/contracts/generated/market-abi';
import { type Address, type Hex, isAddressEqual, type Log, parseEventLogs } from 'viem';

/** The shards of a task that a transaction with these `logs` paid to `provider`. */
export function shardsPaidTo(provider: Address, taskId: Hex, logs: Log[]): number[] {
  return parseEventLogs({ abi: marketAbi, eventName: 'Responded', logs })
    .filter(({ args }) => args.taskId === taskId && isAddressEqual(args.provider, provider))
    .map(({ args }) => args.shard);
}
