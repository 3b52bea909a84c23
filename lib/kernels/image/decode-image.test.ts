import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { pngChunk } from '../../../scripts/encode-png.mjs';
import { rawPng } from '../testing/raw-png.ts';
import { decodeImage, mostFileBytes } from './decode-image.ts';
import { ImageRefused } from './image-refused.ts';
import { upright } from './upright.ts';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
const refusal = async (file: Uint8Array) => {
  const error = await decodeImage(file).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ImageRefused);
  return error instanceof ImageRefused ? error.message : '';
};

describe('PNG', () => {
  test.each([
    ['grey', 1, 8],
    ['grey and alpha', 2, 8],
    ['RGB', 3, 8],
    ['RGBA', 4, 8],
    ['grey, 16 bits', 1, 16],
    ['RGBA, 16 bits', 4, 16],
  ] as const)('%s, written by another encoder', async (_, channels, depth) => {
    const [width, height] = [37, 23];
    const most = 2 ** depth - 1;
    const samples = Array.from(
      { length: width * height * channels },
      (_, i) => (i * 7919 + (i >> 3) * 31) % (most + 1),
    );
    const data = depth === 16 ? Uint16Array.from(samples) : Uint8Array.from(samples);
    const picture = await decodeImage(encode({ width, height, channels, depth, data }));
    expect(picture).toMatchObject({ width, height });
    const to8 = (sample: number | undefined) => Math.round(((sample ?? 0) * 255) / most);
    const expected = Uint32Array.from({ length: width * height }, (_, pixel) => {
      const part = samples.slice(pixel * channels, (pixel + 1) * channels).map(to8);
      const [red = 0, green = red, blue = red] = channels < 3 ? part.slice(0, 1) : part;
      const alpha = channels % 2 === 0 ? (part.at(-1) ?? 0) : 255;
      return ((red << 24) | (green << 16) | (blue << 8) | alpha) >>> 0;
    });
    expect(picture.words).toEqual(expected);
  });

  test('Adam7, written by another encoder', async () => {
    const [width, height] = [19, 13];
    const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 131) % 256);
    const image = { width, height, channels: 3, data };
    const plain = await decodeImage(encode(image));
    expect(await decodeImage(encode(image, { interlace: 'Adam7' }))).toEqual(plain);
  });

  test('packed grey samples are stretched to the full range', async () => {
    const one = rawPng({ width: 3, height: 2, depth: 1, colourType: 0 }, [0, 0b01000000, 0, 0b10100000]);
    expect((await decodeImage(one)).words).toEqual(
      Uint32Array.of(0x000000ff, 0xffffffff, 0x000000ff, 0xffffffff, 0x000000ff, 0xffffffff),
    );
    const four = rawPng({ width: 3, height: 1, depth: 4, colourType: 0 }, [0, 0x1f, 0x80]);
    expect((await decodeImage(four)).words).toEqual(Uint32Array.of(0x111111ff, 0xffffffff, 0x888888ff));
  });

  test('a palette with transparency; the entries past tRNS are opaque', async () => {
    const file = rawPng(
      { width: 3, height: 1, depth: 2, colourType: 3 },
      [0, 0b00011000],
      [
        pngChunk('PLTE', Uint8Array.of(1, 2, 3, 40, 50, 60, 255, 254, 253)),
        pngChunk('tRNS', Uint8Array.of(0, 128)),
      ],
    );
    expect((await decodeImage(file)).words).toEqual(Uint32Array.of(0x01020300, 0x28323c80, 0xfffefdff));
  });

  test('the transparent colour of an RGB picture', async () => {
    const file = rawPng(
      { width: 2, height: 1, depth: 8, colourType: 2 },
      [0, 9, 8, 7, 9, 8, 6],
      [pngChunk('tRNS', Uint8Array.of(0, 9, 0, 8, 0, 7))],
    );
    expect((await decodeImage(file)).words).toEqual(Uint32Array.of(0x09080700, 0x090806ff));
  });

  test('packed samples, interlaced', async () => {
    // 2 × 2, one bit: passes 1, 6 and 7 hold (0,0), (1,0) and the second row.
    const header = { width: 2, height: 2, depth: 1, colourType: 0, interlaced: true };
    const file = rawPng(header, [0, 0x80, 0, 0x00, 0, 0x40]);
    expect((await decodeImage(file)).words).toEqual(
      Uint32Array.of(0xffffffff, 0x000000ff, 0x000000ff, 0xffffffff),
    );
  });

  test('every filter, against the bytes they stand for', async () => {
    const lines = [
      [10, 20, 30],
      [11, 22, 33],
      [200, 100, 50],
      [7, 250, 9],
      [90, 91, 95],
    ];
    const filtered = [
      [1, 10, 10, 10],
      [2, 1, 2, 3],
      [3, 195, 245, 240],
      [4, 63, 243, 15],
      [0, 90, 91, 95],
    ].flat();
    const file = rawPng({ width: 3, height: 5, depth: 8, colourType: 0 }, filtered);
    const grey = [...(await decodeImage(file)).words].map((word) => word >>> 24);
    expect(grey).toEqual(lines.flat());
  });

  test('the size is refused from the header, whatever follows', async () => {
    const header = { width: 8660, height: 5774, depth: 8, colourType: 2 };
    expect(await refusal(rawPng(header, [0]))).toContain('8660 × 5774 pixels (50 megapixels)');
    expect(await refusal(rawPng({ ...header, width: 0 }, [0]))).toContain('no pixels');
    expect(await refusal(rawPng({ ...header, width: 70_000, height: 1 }, [0]))).toContain('65,535 a side');
  });

  test('a small file that would unpack to gigabytes stops at what its header names', async () => {
    const bomb = deflateSync(Buffer.alloc(64 * 2 ** 20));
    const file = rawPng({ width: 4, height: 4, depth: 8, colourType: 0 }, [], [pngChunk('IDAT', bomb)]);
    expect((await decodeImage(file)).words).toEqual(new Uint32Array(16).fill(0x000000ff));
  });

  test('damage of every kind is a refusal in words', async () => {
    const good = fixture('scene.png');
    expect(await refusal(good.subarray(0, 300))).toContain('cut off');
    expect(await refusal(good.subarray(0, 20))).toContain('cut off');
    const flipped = good.slice();
    flipped[200] = (flipped[200] ?? 0) ^ 1;
    expect(await refusal(flipped)).toContain('checksum');
    const header = { width: 4, height: 4, depth: 8, colourType: 0 };
    expect(await refusal(rawPng(header, [0, 1, 2, 3]))).toContain('pixels are missing');
    expect(await refusal(rawPng(header, [9, ...new Array(19).fill(0)]))).toContain('filter');
    expect(await refusal(rawPng({ ...header, depth: 3 }, [0]))).toContain('format that does not exist');
    expect(await refusal(rawPng({ ...header, colourType: 3 }, [0]))).toContain('palette');
    const noZlib = rawPng(header, [], [pngChunk('IDAT', Uint8Array.of(1, 2, 3, 4))]);
    expect(await refusal(noZlib)).toContain('cannot be unpacked');
    const missing = rawPng(
      { width: 1, height: 1, depth: 8, colourType: 3 },
      [0, 2],
      [pngChunk('PLTE', Uint8Array.of(1, 2, 3))],
    );
    expect(await refusal(missing)).toContain('a colour is missing');
  });

  test('no cut of a file crashes', async () => {
    const good = fixture('scene.png');
    for (let length = 0; length < good.length; length += 41) await refusal(good.subarray(0, length));
  });
});

describe('JPEG', () => {
  // A lossy picture is near its original; how near, in mean squares of the channels, says that no channel is swapped or shifted.
  async function distance(name: string, grey = false): Promise<number> {
    const [original, picture] = await Promise.all([
      decodeImage(fixture('scene.png')),
      decodeImage(fixture(name)),
    ]);
    expect([picture.width, picture.height]).toEqual([original.width, original.height]);
    let sum = 0;
    for (const [index, word] of picture.words.entries()) {
      const wanted = original.words[index] ?? 0;
      const [red, green, blue] = [wanted >>> 24, (wanted >> 16) & 255, (wanted >> 8) & 255];
      const luminance = 0.299 * red + 0.587 * green + 0.114 * blue;
      for (const [channel, value] of [red, green, blue].entries()) {
        sum += (((word >>> (24 - 8 * channel)) & 255) - (grey ? luminance : value)) ** 2;
      }
      expect(word & 255).toBe(255);
    }
    return sum / (3 * picture.words.length);
  }

  test.each([
    ['baseline.jpg', 130],
    ['progressive.jpg', 50],
    ['rgb.jpg', 30],
    ['turned.jpg', 50],
  ])('%s', async (name, limit) => {
    expect(await distance(name)).toBeLessThan(limit);
  });

  test('grey, with restart markers', async () => {
    expect(await distance('grey.jpg', true)).toBeLessThan(30);
  });

  test('variants and damage are refused in words', async () => {
    expect(await refusal(fixture('arithmetic.jpg'))).toContain('arithmetic');
    const good = fixture('baseline.jpg');
    expect(await refusal(good.subarray(0, 100))).toContain('cut off');
    expect(await refusal(good.subarray(0, 1200))).toContain('damaged');
    const sizeAt = good.findIndex((byte, index) => byte === 0xff && good[index + 1] === 0xc0) + 5;
    const patched = (at: number, bytes: number[]) => {
      const file = good.slice();
      file.set(bytes, at);
      return file;
    };
    expect(await refusal(patched(sizeAt, [0x23, 0x28, 0x16, 0x8e]))).toContain('9000'); // 9000 high, 5774 wide
    expect(await refusal(patched(sizeAt, [0, 0]))).toContain('no pixels');
    expect(await refusal(patched(sizeAt - 1, [12]))).toContain('8 bits');
    expect(await refusal(patched(sizeAt + 4, [4]))).toContain('CMYK');
  });

  test('no cut of a file crashes', async () => {
    const good = fixture('progressive.jpg');
    for (let length = 3; length < good.length - 600; length += 37) await refusal(good.subarray(0, length));
  });
});

test.each(['scene.png', 'baseline.jpg', 'progressive.jpg', 'turned.jpg'])(
  '%s with bytes changed at random is a picture or a refusal',
  { timeout: 60_000 },
  async (name) => {
    const good = fixture(name);
    let state = 1;
    const next = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let round = 0; round < 50; round++) {
      const file = good.slice();
      for (let change = 0; change <= next(4); change++) file[3 + next(file.length - 3)] = next(256);
      const result = await decodeImage(file).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toBeInstanceOf(ImageRefused);
      else expect(result).toMatchObject({ width: expect.any(Number), words: expect.any(Uint32Array) });
    }
  },
);

test('the orientations of EXIF', () => {
  const stored = { width: 3, height: 2, words: Uint32Array.of(1, 2, 3, 4, 5, 6) };
  const turned = (orientation: number) => {
    const { width, height, words } = upright(stored, orientation);
    return [width, height, ...words];
  };
  expect(turned(1)).toEqual([3, 2, 1, 2, 3, 4, 5, 6]);
  expect(turned(2)).toEqual([3, 2, 3, 2, 1, 6, 5, 4]);
  expect(turned(3)).toEqual([3, 2, 6, 5, 4, 3, 2, 1]);
  expect(turned(4)).toEqual([3, 2, 4, 5, 6, 1, 2, 3]);
  expect(turned(5)).toEqual([2, 3, 1, 4, 2, 5, 3, 6]);
  expect(turned(6)).toEqual([2, 3, 4, 1, 5, 2, 6, 3]);
  expect(turned(7)).toEqual([2, 3, 6, 3, 5, 2, 4, 1]);
  expect(turned(8)).toEqual([2, 3, 3, 6, 2, 5, 1, 4]);
});

test('what is no picture is refused by its bytes, not its name', async () => {
  expect(await refusal(new TextEncoder().encode('<svg onload="alert(1)"/>'))).toContain(
    'neither a PNG nor a JPEG',
  );
  expect(await refusal(new Uint8Array(0))).toContain('neither');
  expect(await refusal(new TextEncoder().encode('GIF89a…………'))).toContain('neither');
  expect(await refusal(new Uint8Array(mostFileBytes + 1))).toContain('65 MiB');
});
