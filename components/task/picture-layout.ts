import type { ResultKind } from '@opengpu/sdk/protocol/metadata';

/** A result that is a picture. */
export type ImageResult = Extract<ResultKind, { kind: 'image' }>;

/** A rectangle of pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the elements of a shard lie in the picture: a tile, or the rows that its range of pixels touches. */
export function areaOfShard(result: ImageResult, elementsPerShard: number, shard: number): Area {
  const { width, height } = result;
  if (result.layout === 'tiles' && elementsPerShard === result.tile * result.tile) {
    const columns = width / result.tile;
    return {
      x: (shard % columns) * result.tile,
      y: Math.floor(shard / columns) * result.tile,
      width: result.tile,
      height: result.tile,
    };
  }
  const start = shard * elementsPerShard;
  const end = Math.min(start + elementsPerShard, width * height);
  const top = Math.floor(start / width);
  return { x: 0, y: top, width, height: Math.ceil(end / width) - top };
}

/**
 * Writes a shard's pixels (RGBA bytes) onto a canvas. Bands that begin or end inside a row keep what is already there.
 */
export function drawShard(
  context: CanvasRenderingContext2D,
  result: ImageResult,
  elementsPerShard: number,
  shard: number,
  rgba: Uint8Array,
): void {
  const area = areaOfShard(result, elementsPerShard, shard);
  const whole = area.width * area.height * 4;
  if (rgba.length === whole) {
    context.putImageData(new ImageData(new Uint8ClampedArray(rgba), area.width, area.height), area.x, area.y);
    return;
  }
  if (result.layout === 'tiles') return;
  const rows = context.getImageData(area.x, area.y, area.width, area.height);
  const lead = (shard * elementsPerShard - area.y * result.width) * 4;
  rows.data.set(rgba.subarray(0, rows.data.length - lead), lead);
  context.putImageData(rows, area.x, area.y);
}
