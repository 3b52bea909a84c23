import type { Picture } from '../picture.ts';
import { decodeJpeg } from './decode-jpeg.ts';
import { decodePng } from './decode-png.ts';
import { ImageRefused } from './image-refused.ts';

/** Longer files are refused unread, bytes. */
export const mostFileBytes = 64 * 2 ** 20;

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpegStart = [0xff, 0xd8, 0xff];

/**
 * A PNG or JPEG file as exact RGBA words, the same in every browser and in Node: nothing here asks the platform's own image
 * decoder. The format is read from the first bytes, never from a name. Upright by the JPEG's EXIF orientation; colour
 * profiles and gamma are ignored. Rejects with `ImageRefused` when it is neither, damaged, or larger than 16 megapixels,
 * which the header tells before anything is decoded.
 */
export async function decodeImage(file: Uint8Array): Promise<Picture> {
  if (file.length > mostFileBytes) {
    throw new ImageRefused(
      `This file has ${Math.ceil(file.length / 2 ** 20)} MiB; pictures up to ${mostFileBytes / 2 ** 20} MiB are taken.`,
    );
  }
  const startsWith = (start: readonly number[]) => start.every((byte, index) => file[index] === byte);
  if (startsWith(pngStart)) return decodePng(file);
  if (startsWith(jpegStart)) return decodeJpeg(file);
  throw new ImageRefused('This file is neither a PNG nor a JPEG picture.');
}
