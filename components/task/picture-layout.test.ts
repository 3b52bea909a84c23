import { expect, test } from 'vitest';
import { areaOfShard, type ImageResult, placeShard } from './picture-layout';

const tiles: ImageResult = { kind: 'image', width: 4, height: 4, layout: 'tiles', tile: 2 };
const rows: ImageResult = { kind: 'image', width: 3, height: 4, layout: 'rows' };

test('a tile lies in its row of tiles', () => {
  expect(areaOfShard(tiles, 4, 3)).toEqual({ x: 2, y: 2, width: 2, height: 2 });
});

test('a band covers every row that it touches; the last one ends with the picture', () => {
  expect(areaOfShard(rows, 4, 0)).toEqual({ x: 0, y: 0, width: 3, height: 2 });
  expect(areaOfShard(rows, 5, 2)).toEqual({ x: 0, y: 3, width: 3, height: 1 });
});

test('shards put together are the picture, pixel by pixel', () => {
  const picture = new Uint8Array(4 * 4 * 4);
  for (const shard of [3, 0, 2, 1]) placeShard(picture, tiles, 4, shard, new Uint8Array(16).fill(shard + 1));
  const pixels = Array.from({ length: 16 }, (_, i) => picture[4 * i]);
  expect(pixels).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
});

test('bands that begin inside a row follow each other', () => {
  const picture = new Uint8Array(3 * 4 * 4);
  for (const [shard, pixels] of [5, 5, 2].entries())
    placeShard(picture, rows, 5, shard, new Uint8Array(4 * pixels).fill(shard + 1));
  expect(Array.from({ length: 12 }, (_, i) => picture[4 * i])).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3]);
});
