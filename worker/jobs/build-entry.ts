import { commitmentTree } from '@opengpu/sdk/protocol/commitment-tree';
import { responseLeaf } from '@opengpu/sdk/protocol/response-leaf';
import { type Address, bytesToHex, type Hex } from 'viem';
import type { JournalEntry } from '../journal/journal.ts';

/** An answer before its salts: what was computed, shard by shard. */
export type Answer = Omit<JournalEntry, 'shards' | 'commitment'> & {
  shards: readonly { shard: number; root: Hex }[];
};

/** Gives every shard a fresh salt and commits to all of them with one tree. */
export function buildEntry(answer: Answer, provider: Address): JournalEntry {
  const shards = [...answer.shards]
    .sort((one, other) => one.shard - other.shard)
    .map((shard) => ({ ...shard, salt: bytesToHex(crypto.getRandomValues(new Uint8Array(32))) }));
  return { ...answer, shards, commitment: commitmentTree(leavesOf(answer.taskId, provider, shards)).root };
}

/** The leaves of a journalled commitment, in the order of its shards. */
export function leavesOf(taskId: Hex, provider: Address, shards: JournalEntry['shards']): Hex[] {
  return shards.map(({ shard, root, salt }) =>
    responseLeaf({ taskId, shard, provider, outputRoot: root, salt }),
  );
}
