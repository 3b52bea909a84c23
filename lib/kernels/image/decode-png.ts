import type { Picture } from '../picture.ts';
import { inflate } from './inflate.ts';
import { readPngChunks } from './png-chunks.ts';
import { unfilter, unpack } from './png-lines.ts';
import { wordReader } from './png-words.ts';

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
