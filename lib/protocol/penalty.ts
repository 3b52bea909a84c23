import type { Task } from './task.ts';

/** Wei that missing `shards` shards costs: 20 % of the bond each, rounded down a shard. */
export function penaltyWei(task: Pick<Task, 'bond'>, shards: number): bigint {
  return (task.bond / 5n) * BigInt(shards);
}

/** Wei that an offer for `shards` shards holds until it is confirmed: 20 % of the bond each, rounded up, so that none is free. */
export function offerHoldWei(task: Pick<Task, 'bond'>, shards: number): bigint {
  return ((task.bond + 4n) / 5n) * BigInt(shards);
}
