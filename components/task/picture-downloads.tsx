'use client';

import type { TaskRecord } from '@opengpu/sdk/market/state';
import { outputBytes, shardsOf } from '@opengpu/sdk/protocol/shards';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { drawShard, type ImageResult } from './picture-layout';
import { saveFile } from './save-file';
import { readShard } from './shard-bytes';

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

async function pngOf(record: TaskRecord, result: ImageResult): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = result.width;
  canvas.height = result.height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no canvas.');
  for (const settled of record.settled.values()) {
    drawShard(context, result, record.task.elementsPerShard, settled.shard, await readShard(record, settled));
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) =>
      blob ? resolve(blob) : reject(new Error('This browser could not encode the picture.')),
    );
  });
}

/** All shards in order, big-endian words; an open shard is zeros. */
async function rawOf(record: TaskRecord): Promise<Blob> {
  const parts: BlobPart[] = [];
  for (let shard = 0; shard < shardsOf(record.task); shard++) {
    const settled = record.settled.get(shard);
    parts.push(
      settled ? (await readShard(record, settled)).slice() : new Uint8Array(outputBytes(record.task, shard)),
    );
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}
