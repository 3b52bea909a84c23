import { ImageRefused } from './image-refused.ts';

/** Undoes a line's prediction in place; `distance` is the bytes from one pixel to the next. Throws `ImageRefused`. */
export function unfilter(filter: number, line: Uint8Array, above: Uint8Array, distance: number): void {
  if (filter > 4) throw new ImageRefused('This PNG is damaged: a line names a filter that does not exist.');
  if (filter === 0) return;
  for (let index = 0; index < line.length; index++) {
    const left = index < distance ? 0 : (line[index - distance] ?? 0);
    const up = above[index] ?? 0;
    const upLeft = index < distance ? 0 : (above[index - distance] ?? 0);
    const guess =
      filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, upLeft);
    line[index] = (line[index] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toUpLeft = Math.abs(estimate - upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

/** Takes `count` samples of `depth` bits, most significant first, out of a line, one an entry. */
export function unpack(line: Uint8Array, depth: number, count: number, samples: Uint16Array): void {
  for (let index = 0; index < count; index++) {
    if (depth === 8) samples[index] = line[index] ?? 0;
    else if (depth === 16) samples[index] = ((line[2 * index] ?? 0) << 8) | (line[2 * index + 1] ?? 0);
    else {
      const bit = index * depth;
      samples[index] = ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }
  }
}
