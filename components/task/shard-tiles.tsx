import type { TaskRecord } from '@opengpu/sdk/market/state';
import { type Area, areaOfShard, type ImageResult } from './picture-layout';

/** Above this many, tiles would be thinner than their lines. */
const mostTiles = 4096;

interface ShardTilesProps {
  record: TaskRecord;
  /** Undefined: the result is no picture; the tiles lie in a plain grid and stay visible. */
  result?: ImageResult;
  /** Shards whose pixels are drawn underneath. */
  shown: ReadonlySet<number>;
  name: string;
}

/** One tile a shard: paper while it is open, gone (or filled) once it is answered. */
export function ShardTiles({ record, result, shown, name }: ShardTilesProps) {
  const { shards, settled, task } = record;
  const columns = Math.ceil(Math.sqrt(shards * 1.5));
  const width = result ? result.width : columns;
  const height = result ? result.height : Math.ceil(shards / columns);
  const count = Math.min(shards, mostTiles);
  const gap = result ? Math.max(width, height) / 512 : 0.06;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio={result ? 'xMidYMid slice' : 'xMidYMid meet'}
      role="img"
      aria-label={`${name}: ${settled.size} of ${shards} shards answered`}
      className={result ? 'absolute inset-0 size-full' : 'max-h-full w-full'}
    >
      {Array.from({ length: count }, (_, shard) => {
        const area: Area = result
          ? areaOfShard(result, task.elementsPerShard, shard)
          : { x: shard % columns, y: Math.floor(shard / columns), width: 1, height: 1 };
        const answered = result ? shown.has(shard) : settled.has(shard);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the shard's number.
            key={shard}
            x={area.x + gap / 2}
            y={area.y + gap / 2}
            width={Math.max(0, area.width - gap)}
            height={Math.max(0, area.height - gap)}
            data-answered={answered}
            className={
              result
                ? 'fill-unexposed/65 stroke-line data-[answered=true]:animate-develop'
                : 'fill-unexposed transition-[fill] duration-700 data-[answered=true]:fill-ink'
            }
            strokeWidth={result ? gap : 0}
          />
        );
      })}
    </svg>
  );
}
