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

/** Writes a shard's pixels into the RGBA bytes of the whole picture. */
export function placeShard(
  picture: Uint8Array,
  result: ImageResult,
  elementsPerShard: number,
  shard: number,
  rgba: Uint8Array,
): void {
  if (result.layout === 'rows') {
    picture.set(rgba, shard * elementsPerShard * 4);
    return;
  }
  const area = areaOfShard(result, elementsPerShard, shard);
  for (let row = 0; row < area.height; row++) {
    const line = rgba.subarray(row * area.width * 4, (row + 1) * area.width * 4);
    picture.set(line, ((area.y + row) * result.width + area.x) * 4);
  }
}

/** Writes a shard's pixels (RGBA bytes) onto a canvas of the picture's size. Bands that begin inside a row keep what is there. */
export function drawShard(
  context: CanvasRenderingContext2D,
  result: ImageResult,
  elementsPerShard: number,
  shard: number,
  rgba: Uint8Array,
): void {
  const area = areaOfShard(result, elementsPerShard, shard);
  if (rgba.length === area.width * area.height * 4) {
    context.putImageData(imageOf(rgba, area), area.x, area.y);
  } else if (result.layout === 'rows') {
    const rows = context.getImageData(area.x, area.y, area.width, area.height);
    rows.data.set(
      inside(rgba, area, result, elementsPerShard, shard),
      lead(area, result, elementsPerShard, shard),
    );
    context.putImageData(rows, area.x, area.y);
  }
}

/** The same onto a canvas that is `scale` times as large as the picture: strangers' pictures can be huge, thumbnails cannot. */
export function drawShardScaled(
  context: CanvasRenderingContext2D,
  scale: number,
  result: ImageResult,
  elementsPerShard: number,
  shard: number,
  rgba: Uint8Array,
): void {
  const area = areaOfShard(result, elementsPerShard, shard);
  const part = document.createElement('canvas');
  part.width = area.width;
  part.height = area.height;
  const pixels = new Uint8Array(area.width * area.height * 4);
  pixels.set(
    inside(rgba, area, result, elementsPerShard, shard),
    lead(area, result, elementsPerShard, shard),
  );
  part.getContext('2d')?.putImageData(imageOf(pixels, area), 0, 0);
  context.drawImage(part, area.x * scale, area.y * scale, area.width * scale, area.height * scale);
}

function imageOf(rgba: Uint8Array, { width, height }: Area): ImageData {
  return new ImageData(new Uint8ClampedArray(rgba), width, height);
}

/** Bytes of the area before the shard's first pixel. */
function lead(area: Area, result: ImageResult, elementsPerShard: number, shard: number): number {
  return result.layout === 'rows' ? (shard * elementsPerShard - area.y * result.width) * 4 : 0;
}

/** As much of the shard as fits into its area. */
function inside(
  rgba: Uint8Array,
  area: Area,
  result: ImageResult,
  elementsPerShard: number,
  shard: number,
): Uint8Array {
  return rgba.subarray(0, area.width * area.height * 4 - lead(area, result, elementsPerShard, shard));
}
