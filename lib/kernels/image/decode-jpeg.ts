import jpeg from 'jpeg-js';
import type { Picture } from '../picture.ts';
import { ImageRefused } from './image-refused.ts';
import { type JpegHeader, readJpegHeader } from './jpeg-header.ts';
import { upright } from './upright.ts';

/** A baseline or progressive JPEG (grey, YCbCr or RGB, 8 bits) as opaque RGBA words. Throws `ImageRefused`. */
export function decodeJpeg(file: Uint8Array): Picture {
  const header = readJpegHeader(file);
  const { width, height, orientation } = header;
  const { data } = decode(file, header);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const words = new Uint32Array(width * height);
  for (let index = 0; index < words.length; index++) words[index] = view.getUint32(4 * index);
  return upright({ width, height, words }, orientation);
}

function decode(file: Uint8Array, { width, height, luminance }: JpegHeader): { data: Uint8Array } {
  const decoded = decodeUnchecked(file, luminance);
  if (decoded.width !== width || decoded.height !== height) {
    throw new ImageRefused('This JPEG is damaged: it names two sizes.');
  }
  return decoded;
}

function decodeUnchecked(
  file: Uint8Array,
  colorTransform: boolean,
): { width: number; height: number; data: Uint8Array } {
  try {
    // Its own caps are wider than ours, which the header met already: 16 megapixels need some 500 MB in between.
    return jpeg.decode(file, {
      useTArray: true,
      colorTransform,
      maxResolutionInMP: 17,
      maxMemoryUsageInMB: 1024,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ImageRefused(`This JPEG is damaged or of a kind that is not taken (${reason}).`);
  }
}
