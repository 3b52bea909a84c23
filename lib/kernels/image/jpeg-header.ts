import { checkSize } from './check-size.ts';
import { ImageRefused } from './image-refused.ts';

/** What a JPEG says before its pixels. */
export interface JpegHeader {
  width: number;
  height: number;
  /** 1 to 8 as in EXIF; 1 is upright. */
  orientation: number;
  /** False when the three components are red, green and blue instead of YCbCr. */
  luminance: boolean;
}

interface Frame {
  width: number;
  height: number;
  /** Ids of the components: one is grey, three are a colour. */
  components: number[];
}

const cutOff = 'This JPEG ends before its end: the file is cut off.';

/** Walks the segments up to the first scan. Throws `ImageRefused` for sizes and variants that are not taken. */
export function readJpegHeader(file: Uint8Array): JpegHeader {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let frame: Frame | undefined;
  let orientation = 1;
  let transform: number | undefined;
  for (let offset = 2; ; ) {
    while (file[offset] === 0xff && file[offset + 1] === 0xff) offset++;
    if (offset + 4 > file.length) throw new ImageRefused(cutOff);
    if (file[offset] !== 0xff) throw new ImageRefused('This JPEG is damaged: a segment is missing.');
    const marker = file[offset + 1] ?? 0;
    const length = view.getUint16(offset + 2);
    const end = offset + 2 + length;
    if (length < 2 || end > file.length) throw new ImageRefused(cutOff);
    const body = file.subarray(offset + 4, end);
    if (isFrame(marker)) {
      if (marker > 0xc2) throw new ImageRefused('This kind of JPEG (lossless or arithmetic) is not taken.');
      frame = readFrame(body);
    }
    if (marker === 0xe1) orientation = readOrientation(body) ?? orientation;
    if (marker === 0xee && startsWith(body, 'Adobe')) transform = body[11];
    if (marker === 0xda) break;
    offset = end;
  }
  if (!frame) throw new ImageRefused('This JPEG is damaged: it names no size.');
  const named = String.fromCharCode(...frame.components) === 'RGB';
  const luminance = transform === undefined ? !named : transform !== 0;
  return { width: frame.width, height: frame.height, orientation, luminance };
}

/** SOF0 to SOF15, without the tables that share the range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(body: Uint8Array): Frame {
  if (body.length < 6) throw new ImageRefused(cutOff);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (view.getUint8(0) !== 8)
    throw new ImageRefused('JPEG pictures with more than 8 bits a sample are not taken.');
  const height = view.getUint16(1);
  const width = view.getUint16(3);
  checkSize(width, height);
  const count = view.getUint8(5);
  if (count === 4) throw new ImageRefused('JPEG pictures in printing colours (CMYK) are not taken.');
  if (count !== 1 && count !== 3) throw new ImageRefused(`This JPEG is damaged: it names ${count} colours.`);
  if (body.length < 6 + 3 * count) throw new ImageRefused(cutOff);
  return {
    width,
    height,
    components: Array.from({ length: count }, (_, index) => view.getUint8(6 + 3 * index)),
  };
}

function startsWith(body: Uint8Array, text: string): boolean {
  return [...text].every((character, index) => body[index] === character.charCodeAt(0));
}

/** The orientation tag of an EXIF segment, when there is a valid one. */
function readOrientation(body: Uint8Array): number | undefined {
  if (!startsWith(body, 'Exif\0\0') || body.length < 14) return undefined;
  const view = new DataView(body.buffer, body.byteOffset + 6, body.byteLength - 6);
  const little = view.getUint16(0) === 0x4949;
  if (!little && view.getUint16(0) !== 0x4d4d) return undefined;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return undefined;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + 12 * entry;
    if (at + 12 > view.byteLength) return undefined;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}
