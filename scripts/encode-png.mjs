// A PNG of 8-bit RGB, every line under the prediction that suits it best. For pictures that scripts make.
import { deflateSync } from 'node:zlib';

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** One chunk: length, type of four letters, body, checksum. */
export function pngChunk(type, body) {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), body, Buffer.alloc(4)]);
  bytes.writeUInt32BE(body.length, 0);
  let crc = -1;
  for (const byte of bytes.subarray(4, -4)) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  bytes.writeUInt32BE(~crc >>> 0, bytes.length - 4);
  return bytes;
}

function paeth(left, up, upLeft) {
  const [toLeft, toUp, toBoth] = [up - upLeft, left - upLeft, left + up - 2 * upLeft].map(Math.abs);
  if (toLeft <= toUp && toLeft <= toBoth) return left;
  return toUp <= toBoth ? up : upLeft;
}

const predictions = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, upLeft) => paeth(left, up, upLeft),
];

/** The line's bytes less what a prediction says, and how far they are from zero in sum. */
function filtered(line, above, predict) {
  const bytes = new Uint8Array(line.length);
  let size = 0;
  for (let index = 0; index < line.length; index++) {
    const left = index < 3 ? 0 : line[index - 3];
    const upLeft = index < 3 ? 0 : above[index - 3];
    bytes[index] = line[index] - predict(left, above[index], upLeft);
    size += bytes[index] < 128 ? bytes[index] : 256 - bytes[index];
  }
  return { bytes, size };
}

/** `rgb` has three bytes a pixel, row after row. */
export function encodePng({ width, height, rgb }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const lines = [];
  let above = new Uint8Array(3 * width);
  for (let y = 0; y < height; y++) {
    const line = rgb.subarray(3 * width * y, 3 * width * (y + 1));
    const tries = predictions.map((predict) => filtered(line, above, predict));
    const best = tries.reduce((least, entry, index) => (entry.size < tries[least].size ? index : least), 0);
    lines.push(Uint8Array.of(best), tries[best].bytes);
    above = line;
  }
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(lines), { level: 9 });
  return Buffer.concat([
    start,
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
