'use client';

import type { TaskRecord } from '@opengpu/sdk/market/state';
import type { ImageResult } from './picture-layout';
import { ShardTiles } from './shard-tiles';
import { usePicture } from './use-picture';

interface ShardPictureProps {
  record: TaskRecord;
  result: ImageResult;
  name: string;
  /** Small, on the board: only what is on chain, no titles. */
  thumbnail?: boolean;
}

/** The picture as far as it is answered: paper where nothing is yet, developing where a shard has just arrived. */
export function ShardPicture({ record, result, name, thumbnail = false }: ShardPictureProps) {
  const { canvas, drawn, problem } = usePicture(record, result, thumbnail);
  return (
    <figure className="grid gap-2">
      <div className="relative overflow-hidden bg-unexposed">
        <canvas
          ref={canvas}
          width={result.width}
          height={result.height}
          data-testid="picture"
          className="block w-full"
        />
        <ShardTiles record={record} result={result} shown={drawn} name={name} />
      </div>
      {problem && !thumbnail ? <figcaption className="text-[13px] text-fault">{problem}</figcaption> : null}
    </figure>
  );
}
