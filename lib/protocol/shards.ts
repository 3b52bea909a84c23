import type { Task } from './task.ts';

type Extent = Pick<Task, 'count' | 'elementsPerShard'>;

/** Number of shards: count / elementsPerShard, rounded up. */
export function shardsOf({ count, elementsPerShard }: Extent): number {
  return Math.ceil(count / elementsPerShard);
}

/** Elements of one shard: from `start`, `length` of them; the last shard may be shorter. Throws out of range. */
export function shardRange(task: Extent, shard: number): { start: number; length: number } {
  if (!Number.isInteger(shard) || shard < 0 || shard >= shardsOf(task)) {
    throw new Error(`Shard ${shard} of ${shardsOf(task)} does not exist.`);
  }
  const start = shard * task.elementsPerShard;
  return { start, length: Math.min(task.elementsPerShard, task.count - start) };
}

/** Bytes of one shard's output. */
export function outputBytes(task: Extent & Pick<Task, 'wordsPerElement'>, shard: number): number {
  return shardRange(task, shard).length * task.wordsPerElement * 4;
}
