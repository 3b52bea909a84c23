'use client';

import type { TaskRecord } from '@opengpu/sdk/market/state';
import { classNames } from '@/components/ui/class-names';
import { LatentImage } from './latent-image';
import type { ImageResult } from './picture-layout';
import { ShardTiles } from './shard-tiles';
import { usePicture } from './use-picture';

interface ShardPictureProps {
  record: TaskRecord;
  result: ImageResult;
  name: string;
  /** Small, on the board: only what is on chain, cropped to its frame. */
  thumbnail?: boolean;
}

/** The picture as far as it is answered: paper where nothing is yet, developing where a shard has just arrived. */
export function ShardPicture({ record, result, name, thumbnail = false }: ShardPictureProps) {
  const { canvas, width, height, drawn, problem } = usePicture(record, result, thumbnail);
  const fit = thumbnail ? 'absolute inset-0 size-full object-cover' : 'block w-full';
  return (
    <>
      <div
        className={classNames('overflow-hidden bg-unexposed', thumbnail ? 'absolute inset-0' : 'relative')}
      >
        {drawn.size < record.shards ? <LatentImage record={record} /> : null}
        <canvas
          ref={canvas}
          width={width}
          height={height}
          data-testid="picture"
          className={classNames('relative', fit)}
        />
        <ShardTiles record={record} result={result} shown={drawn} name={name} />
      </div>
      {problem && !thumbnail ? <p className="pt-2 text-[13px] text-fault">{problem}</p> : null}
    </>
  );
}
