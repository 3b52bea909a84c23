import type { Task } from './task.ts';

/** Wei that missing `shards` shards costs: 20 % of the bond each, rounded down a shard. Also what an unconfirmed offer holds. */
export function penaltyWei(task: Pick<Task, 'bond'>, shards: number): bigint {
  return (task.bond / 5n) * BigInt(shards);
}
