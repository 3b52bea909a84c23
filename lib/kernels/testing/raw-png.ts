import { deflateSync } from 'node:zlib';
import { pngChunk } from '../../../scripts/encode-png.mjs';

/** A PNG of any header around given bytes, for tests: `lines` are filter bytes and packed samples, not yet deflated. */
export function rawPng(
  header: { width: number; height: number; depth: number; colourType: number; interlaced?: boolean },
  lines: readonly number[],
  chunks: readonly Uint8Array[] = [],
): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(header.width, 0);
  head.writeUInt32BE(header.height, 4);
  head.set([header.depth, header.colourType, 0, 0, header.interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk('IHDR', head),
    ...chunks,
    ...(lines.length > 0 ? [pngChunk('IDAT', deflateSync(Uint8Array.from(lines)))] : []),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
