'use client';

import type { TaskRecord } from '@opengpu/sdk/market/state';
import { outputBytes, shardsOf } from '@opengpu/sdk/protocol/shards';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { type ImageResult, placeShard } from './picture-layout';
import { saveFile } from './save-file';
import { readShard } from './shard-bytes';

/** More would not fit into a tab's memory beside everything else. */
const mostRawBytes = 512 * 2 ** 20;

/** The finished picture as a PNG, and the answered words as they are. */
export function PictureDownloads({ record, result }: { record: TaskRecord; result: ImageResult }) {
  const [state, setState] = useState<'idle' | 'working' | { failed: string }>('idle');
  if (record.settled.size === 0) return null;

  async function save(make: () => Promise<Blob>, name: string) {
    setState('working');
    try {
      saveFile(await make(), name);
      setState('idle');
    } catch (error) {
      setState({ failed: error instanceof Error ? error.message : String(error) });
    }
  }

  const name = `opengpu-${record.taskId.slice(2, 10)}`;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {typeof state === 'object' ? <span role="alert">{state.failed}</span> : null}
      <Button
        small
        disabled={state === 'working'}
        onClick={() => save(() => pngOf(record, result), `${name}.png`)}
      >
        Download PNG
      </Button>
      <Button small disabled={state === 'working'} onClick={() => save(() => rawOf(record), `${name}.bin`)}>
        Download raw
      </Button>
    </span>
  );
}

/** Encoded from the bytes themselves: a canvas would round the colours of what is not opaque. */
async function pngOf(record: TaskRecord, result: ImageResult): Promise<Blob> {
  const { encode } = await import('fast-png');
  const rgba = new Uint8Array(result.width * result.height * 4);
  for (const settled of record.settled.values()) {
    placeShard(rgba, result, record.task.elementsPerShard, settled.shard, await readShard(record, settled));
  }
  const png = encode({ width: result.width, height: result.height, data: rgba, channels: 4, depth: 8 });
  return new Blob([png.slice()], { type: 'image/png' });
}

/** All shards in order, big-endian words; an open shard is zeros. */
async function rawOf(record: TaskRecord): Promise<Blob> {
  const { count, wordsPerElement } = record.task;
  if (count * wordsPerElement * 4 > mostRawBytes)
    throw new Error('This result is too large to be saved by a page.');
  const parts: BlobPart[] = [];
  for (let shard = 0; shard < shardsOf(record.task); shard++) {
    const settled = record.settled.get(shard);
    parts.push(
      settled ? (await readShard(record, settled)).slice() : new Uint8Array(outputBytes(record.task, shard)),
    );
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}
