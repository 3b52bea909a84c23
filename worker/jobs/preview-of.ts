import type { Metadata } from '@opengpu/sdk/protocol/metadata';
import { elementOfPixel, encodePreview } from '@opengpu/sdk/protocol/preview';
import type { Task } from '@opengpu/sdk/protocol/task';
import type { Hex } from 'viem';

/**
 * What a client may see before it confirms: a thumbnail of a picture, nothing of other results. `outputs` are the shards'
 * big-endian words. A picture whose size does not match the task has no preview.
 */
export function previewOf(task: Task, { result }: Metadata, outputs: ReadonlyMap<number, Uint8Array>): Hex {
  if (result.kind !== 'image' || task.wordsPerElement !== 1) return '0x';
  if (result.width * result.height !== task.count) return '0x';
  const views = new Map(
    [...outputs].map(([shard, bytes]) => [shard, new DataView(bytes.buffer, bytes.byteOffset)]),
  );
  return encodePreview(result, (x, y) => {
    const element = elementOfPixel(result, x, y);
    const shard = Math.floor(element / task.elementsPerShard);
    return views.get(shard)?.getUint32(4 * (element % task.elementsPerShard)) ?? 0;
  });
}
