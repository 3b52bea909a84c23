import { hexToBytes } from 'viem';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commitmentTree } from './commitment-tree.ts';
import { address, hex, readVectors, small, taskVector, workVector } from './golden-vectors.ts';
import { merkleRoot, merkleRootOfLarge } from './merkle.ts';
import { responseLeaf } from './response-leaf.ts';
import { endOf } from './status.ts';
import { taskIdOf, workHashOf } from './task-id.ts';

describe('the contracts and the SDK agree to the bit on', () => {
  const ids = z.object({
    chainId: small,
    market: address,
    work: workVector,
    task: taskVector,
    workHash: hex,
    taskId: hex,
  });
  test.each(readVectors('task-ids', ids))(
    'task $taskId',
    ({ chainId, market, work, task, workHash, taskId }) => {
      expect(workHashOf(work)).toBe(workHash);
      expect(taskIdOf(chainId, market, task)).toBe(taskId);
    },
  );

  const leaves = z.object({
    taskId: hex,
    shard: small,
    provider: address,
    outputRoot: hex,
    salt: hex,
    leaf: hex,
  });
  test.each(readVectors('response-leaves', leaves))('leaf of shard $shard', ({ leaf, ...fields }) => {
    expect(responseLeaf(fields)).toBe(leaf);
  });

  const trees = z.object({ leaves: z.array(hex), paths: z.array(z.array(hex)), root: hex });
  test.each(readVectors('commitment-trees', trees))('tree $root', ({ leaves: given, paths, root }) => {
    expect(commitmentTree(given)).toEqual({ root, paths });
  });

  const roots = z.object({ bytes: small, root: hex });
  test.each(readVectors('merkle-roots', roots))('root of $bytes bytes', async ({ bytes, root }) => {
    const buffer = Uint8Array.from({ length: bytes }, (_, index) => (31 * index + 7) % 251);
    expect(merkleRoot(buffer)).toBe(root);
    expect(await merkleRootOfLarge(buffer)).toBe(root);
  });

  const ends = z.object({ task: taskVector, cancelledDeadline: small, end: small });
  test.each(readVectors('ends', ends))('end $end', ({ task, cancelledDeadline, end }) => {
    expect(endOf(task, cancelledDeadline === 0 ? undefined : cancelledDeadline)).toBe(end);
  });

  const searches = z.object({ output: hex, outputRoot: hex });
  test.each(readVectors('create2-searches', searches))('search $outputRoot', ({ output, outputRoot }) => {
    expect(merkleRoot(hexToBytes(output))).toBe(outputRoot);
  });
});
