import { readLocator } from '@opengpu/sdk/data/locate';
import type { SettledShard, TaskRecord } from '@opengpu/sdk/market/state';
import { outputBytes } from '@opengpu/sdk/protocol/shards';
import { wordsToBytes } from '@opengpu/sdk/protocol/words';
import { hexToBytes, size } from 'viem';
import { contentSources, parseLocator } from '@/components/market/content';

/** The bytes of an answered shard, big-endian words. What came from elsewhere was checked against its Merkle root. */
export async function readShard(
  record: TaskRecord,
  settled: SettledShard,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (size(settled.output) > 0) return hexToBytes(settled.output);
  const words = outputBytes(record.task, settled.shard) / 4;
  const locator = parseLocator(settled.locator);
  return wordsToBytes(
    await readLocator(locator, contentSources(), { root: settled.outputRoot, words }, signal),
  );
}
