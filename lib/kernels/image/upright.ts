import type { Picture } from '../picture.ts';

/** A picture turned and mirrored from its EXIF orientation (1 to 8) to upright. */
export function upright({ width, height, words }: Picture, orientation: number): Picture {
  if (orientation === 1) return { width, height, words };
  const turned = orientation >= 5;
  const [across, down] = turned ? [height, width] : [width, height];
  const result = new Uint32Array(words.length);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const [fromX, fromY] = source(orientation, x, y, across - 1, down - 1);
      result[y * across + x] = words[fromY * width + fromX] ?? 0;
    }
  }
  return { width: across, height: down, words: result };
}

/** Where the upright pixel (x, y) lies in the stored picture; `right` and `bottom` are the last upright column and row. */
function source(orientation: number, x: number, y: number, right: number, bottom: number): [number, number] {
  switch (orientation) {
    case 2:
      return [right - x, y];
    case 3:
      return [right - x, bottom - y];
    case 4:
      return [x, bottom - y];
    case 5:
      return [y, x];
    case 6:
      return [y, right - x];
    case 7:
      return [bottom - y, right - x];
    case 8:
      return [bottom - y, x];
    default:
      return [x, y];
  }
}
