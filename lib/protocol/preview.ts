import { bytesToHex, type Hex, hexToBytes, size } from 'viem';
import type { ResultKind } from './metadata.ts';

/** A thumbnail that a client sees before it confirms an offer. */
export interface Preview {
  width: number;
  height: number;
  /** RGBA, row after row, 4 bytes a pixel. */
  rgba: Uint8Array;
}

/** Bytes of an encoded preview, as the market allows. */
export const mostPreviewBytes = 4096;
/** Two bytes of size, then four a pixel. */
const mostPixels = Math.floor((mostPreviewBytes - 2) / 4);
const mostSide = 255;

type Picture = Extract<ResultKind, { kind: 'image' }>;

/** Id of the element that a pixel of a picture is. */
export function elementOfPixel(picture: Picture, x: number, y: number): number {
  if (picture.layout === 'rows') return y * picture.width + x;
  const { tile } = picture;
  const tilesAcross = picture.width / tile;
  const index = Math.floor(y / tile) * tilesAcross + Math.floor(x / tile);
  return index * tile * tile + (y % tile) * tile + (x % tile);
}

/**
 * A preview of a picture, in its proportions: the width and the height as one byte each, then RGBA rows. `pixelAt` gives a
 * pixel's word 0xRRGGBBAA; each point of the preview is the mean of the pixels under it, at most 8 × 8 of them.
 */
export function encodePreview(picture: Picture, pixelAt: (x: number, y: number) => number): Hex {
  const { width, height } = previewSize(picture.width, picture.height);
  const bytes = new Uint8Array(2 + 4 * width * height);
  bytes.set([width, height]);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const columns = samples(x, width, picture.width);
      const rows = samples(y, height, picture.height);
      bytes.set(mean(columns, rows, pixelAt), 2 + 4 * (y * width + x));
    }
  }
  return bytesToHex(bytes);
}

/** Reads a preview that came from a stranger; undefined when it is none. */
export function decodePreview(preview: Hex): Preview | undefined {
  if (size(preview) > mostPreviewBytes) return undefined;
  const bytes = hexToBytes(preview);
  const [width = 0, height = 0] = bytes;
  if (width === 0 || height === 0 || bytes.length !== 2 + 4 * width * height) return undefined;
  return { width, height, rgba: bytes.slice(2) };
}

/** The largest size in the picture's proportions that fits, never larger than the picture. */
function previewSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, mostSide / width, mostSide / height, Math.sqrt(mostPixels / (width * height)));
  const sides = {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
  };
  return sides;
}

/** Up to eight pixels spread over those that a point of the preview covers. */
function samples(point: number, points: number, pixels: number): number[] {
  const start = Math.floor((point * pixels) / points);
  const end = Math.max(start + 1, Math.floor(((point + 1) * pixels) / points));
  const count = Math.min(8, end - start);
  return Array.from({ length: count }, (_, index) => start + Math.floor((index * (end - start)) / count));
}

function mean(
  columns: readonly number[],
  rows: readonly number[],
  pixelAt: (x: number, y: number) => number,
): number[] {
  const sums = [0, 0, 0, 0];
  for (const y of rows) {
    for (const x of columns) {
      const word = pixelAt(x, y);
      for (const [channel, shift] of [24, 16, 8, 0].entries()) {
        sums[channel] = (sums[channel] ?? 0) + ((word >>> shift) & 0xff);
      }
    }
  }
  return sums.map((sum) => Math.round(sum / (columns.length * rows.length)));
}
