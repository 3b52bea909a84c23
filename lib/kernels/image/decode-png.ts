import type { Picture } from '../picture.ts';
import { ImageRefused } from './image-refused.ts';
import { inflate } from './inflate.ts';
import { type PngChunks, type PngHeader, readPngChunks } from './png-chunks.ts';

/** The part of the picture that one pass of the file holds: every `stepX`th column from `x`, and rows likewise. */
interface Pass {
  x: number;
  y: number;
  stepX: number;
  stepY: number;
}

const whole: readonly Pass[] = [{ x: 0, y: 0, stepX: 1, stepY: 1 }];
const adam7: readonly Pass[] = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];
const channelsOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/**
 * A PNG of any colour type, depth and interlacing as RGBA words. Samples of 16 bits are rounded to 8, those of 1, 2 and 4
 * bits stretched to the full range. Rejects with `ImageRefused`.
 */
export async function decodePng(file: Uint8Array): Promise<Picture> {
  const chunks = readPngChunks(file);
  const { header } = chunks;
  const { width, height, depth } = header;
  const channels = channelsOf[header.colourType];
  const passes = (header.interlaced ? adam7 : whole)
    .map((pass) => ({
      ...pass,
      columns: Math.ceil((width - pass.x) / pass.stepX),
      rows: Math.ceil((height - pass.y) / pass.stepY),
    }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
  const lineBytes = (columns: number) => Math.ceil((columns * channels * depth) / 8);
  const length = passes.reduce((sum, { columns, rows }) => sum + rows * (1 + lineBytes(columns)), 0);
  const packed = await inflate(chunks.data, length);

  const words = new Uint32Array(width * height);
  const wordAt = wordReader(chunks);
  const samples = new Uint16Array(width * channels);
  let offset = 0;
  for (const { x, y, stepX, stepY, columns, rows } of passes) {
    const bytes = lineBytes(columns);
    let above: Uint8Array = new Uint8Array(bytes);
    for (let row = 0; row < rows; row++) {
      const line = packed.subarray(offset + 1, offset + 1 + bytes);
      unfilter(packed[offset] ?? 0, line, above, Math.max(1, (channels * depth) >> 3));
      unpack(line, depth, columns * channels, samples);
      const start = (y + row * stepY) * width + x;
      for (let column = 0; column < columns; column++) {
        words[start + column * stepX] = wordAt(samples, column * channels);
      }
      above = line;
      offset += 1 + bytes;
    }
  }
  return { width, height, words };
}

/** Undoes a line's prediction in place; `distance` is the bytes from one pixel to the next. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, distance: number): void {
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

/** Samples of `depth` bits, most significant first, one an entry. */
function unpack(line: Uint8Array, depth: number, count: number, samples: Uint16Array): void {
  for (let index = 0; index < count; index++) {
    if (depth === 8) samples[index] = line[index] ?? 0;
    else if (depth === 16) samples[index] = ((line[2 * index] ?? 0) << 8) | (line[2 * index + 1] ?? 0);
    else {
      const bit = index * depth;
      samples[index] = ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }
  }
}

/** Makes a pixel's word of the samples from `at` on. */
function wordReader({
  header,
  palette,
  transparency,
}: PngChunks): (samples: Uint16Array, at: number) => number {
  const { colourType } = header;
  const scaled = scaler(header);
  const word = (red: number, green: number, blue: number, alpha: number) =>
    ((red << 24) | (green << 16) | (blue << 8) | alpha) >>> 0;
  // tRNS of grey and RGB pictures names one sample value, two bytes a channel, that is wholly transparent.
  const clear = (channel: number) =>
    transparency.length < 2 * channel + 2
      ? -1
      : ((transparency[2 * channel] ?? 0) << 8) | (transparency[2 * channel + 1] ?? 0);
  const [clearRed, clearGreen, clearBlue] = [clear(0), clear(1), clear(2)];
  switch (colourType) {
    case 0:
      return (samples, at) => {
        const grey = samples[at] ?? 0;
        const value = scaled(grey);
        return word(value, value, value, grey === clearRed ? 0 : 255);
      };
    case 2:
      return (samples, at) => {
        const red = samples[at] ?? 0;
        const green = samples[at + 1] ?? 0;
        const blue = samples[at + 2] ?? 0;
        const alpha = red === clearRed && green === clearGreen && blue === clearBlue ? 0 : 255;
        return word(scaled(red), scaled(green), scaled(blue), alpha);
      };
    case 3:
      return (samples, at) => {
        const entry = samples[at] ?? 0;
        if (3 * entry >= palette.length) throw new ImageRefused('This PNG is damaged: a colour is missing.');
        const [red, green, blue] = [
          palette[3 * entry] ?? 0,
          palette[3 * entry + 1] ?? 0,
          palette[3 * entry + 2] ?? 0,
        ];
        return word(red, green, blue, transparency[entry] ?? 255);
      };
    case 4:
      return (samples, at) => {
        const value = scaled(samples[at] ?? 0);
        return word(value, value, value, scaled(samples[at + 1] ?? 0));
      };
    case 6:
      return (samples, at) =>
        word(
          scaled(samples[at] ?? 0),
          scaled(samples[at + 1] ?? 0),
          scaled(samples[at + 2] ?? 0),
          scaled(samples[at + 3] ?? 0),
        );
    default:
      return colourType satisfies never;
  }
}

/** Takes samples of the header's depth to 0 … 255, rounded to the nearest. */
function scaler({ depth }: PngHeader): (sample: number) => number {
  if (depth === 8) return (sample) => sample;
  const most = 2 ** depth - 1;
  return (sample) => Math.round((sample * 255) / most);
}
