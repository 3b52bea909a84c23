import { checkSize } from './check-size.ts';
import { ImageRefused } from './image-refused.ts';

/** What a PNG's header says. */
export interface PngHeader {
  width: number;
  height: number;
  /** Bits of one sample: 1, 2, 4, 8 or 16. */
  depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  colourType: ColourType;
  interlaced: boolean;
}

/** A PNG taken apart, nothing inflated yet. */
export interface PngChunks {
  header: PngHeader;
  /** RGB triples, empty without a palette. */
  palette: Uint8Array;
  /** The tRNS chunk, empty without one. */
  transparency: Uint8Array;
  /** The compressed stream in its pieces. */
  data: Uint8Array[];
}

type ColourType = 0 | 2 | 3 | 4 | 6;

const depthsOf: Readonly<Record<ColourType, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Reads the chunks that matter and checks their sums. Throws `ImageRefused`. */
export function readPngChunks(file: Uint8Array): PngChunks {
  const chunks = chunksOf(file);
  const first = chunks.next().value;
  if (first?.type !== 'IHDR')
    throw new ImageRefused('This PNG is damaged: it does not start with its header.');
  const header = readHeader(first.body);
  let palette: Uint8Array = new Uint8Array(0);
  let transparency: Uint8Array = new Uint8Array(0);
  const data: Uint8Array[] = [];
  for (const { type, body } of chunks) {
    if (type === 'PLTE') palette = body;
    else if (type === 'tRNS') transparency = body;
    else if (type === 'IDAT') data.push(body);
  }
  if (header.colourType === 3 && (palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768)) {
    throw new ImageRefused('This PNG is damaged: its palette is missing or broken.');
  }
  return { header, palette, transparency, data };
}

/** Every chunk up to IEND, its checksum checked. */
function* chunksOf(file: Uint8Array): Generator<{ type: string; body: Uint8Array }, undefined> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let offset = 8; ; ) {
    const length = offset + 12 > file.length ? Number.POSITIVE_INFINITY : view.getUint32(offset);
    const end = offset + 8 + length;
    if (end + 4 > file.length) throw new ImageRefused('This PNG ends before its end: the file is cut off.');
    if (crc32(file.subarray(offset + 4, end)) !== view.getUint32(end)) {
      throw new ImageRefused('This PNG is damaged: a checksum does not match.');
    }
    const type = String.fromCharCode(...file.subarray(offset + 4, offset + 8));
    if (type === 'IEND') return;
    yield { type, body: file.subarray(offset + 8, end) };
    offset = end + 4;
  }
}

function readHeader(body: Uint8Array): PngHeader {
  if (body.length !== 13) throw new ImageRefused('This PNG is damaged: its header is broken.');
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  checkSize(width, height);
  const [depth = 0, type = 0, compression = 0, filter = 0, interlace = 0] = body.subarray(8);
  if (
    !isColourType(type) ||
    !depthsOf[type].includes(depth) ||
    compression !== 0 ||
    filter !== 0 ||
    interlace > 1
  ) {
    throw new ImageRefused('This PNG is damaged: its header names a format that does not exist.');
  }
  return { width, height, depth, colourType: type, interlaced: interlace === 1 };
}

function isColourType(type: number): type is ColourType {
  return Object.hasOwn(depthsOf, type);
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let index = 0; index < bytes.length; index++) {
    crc = (crcTable[(crc ^ (bytes[index] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
