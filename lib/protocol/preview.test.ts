import { bytesToHex, concatHex, size } from 'viem';
import { describe, expect, test } from 'vitest';
import { decodePreview, elementOfPixel, encodePreview, mostPreviewBytes } from './preview.ts';

const rows = (width: number, height: number) => ({ kind: 'image', width, height, layout: 'rows' }) as const;

describe('elementOfPixel', () => {
  test('rows follow one another', () => {
    expect(elementOfPixel(rows(10, 5), 3, 2)).toBe(23);
  });

  test('tiles follow one another, rows inside a tile', () => {
    const picture = { kind: 'image', width: 8, height: 4, layout: 'tiles', tile: 2 } as const;
    expect(elementOfPixel(picture, 0, 0)).toBe(0);
    expect(elementOfPixel(picture, 1, 1)).toBe(3);
    expect(elementOfPixel(picture, 2, 0)).toBe(4);
    expect(elementOfPixel(picture, 0, 2)).toBe(16);
    expect(elementOfPixel(picture, 7, 3)).toBe(31);
    const ids = Array.from({ length: 32 }, (_, index) =>
      elementOfPixel(picture, index % 8, Math.floor(index / 8)),
    );
    expect(new Set(ids).size).toBe(32);
  });
});

describe('encodePreview', () => {
  test.each([
    [1024, 1024, 31, 31],
    [1024, 512, 45, 22],
    [65_535, 1, 255, 1],
    [1, 65_535, 1, 255],
    [4_000, 3_000, 36, 27],
    [3, 2, 3, 2],
  ])('a picture of %i × %i becomes %i × %i', (width, height, previewWidth, previewHeight) => {
    const preview = encodePreview(rows(width, height), () => 0x11223344);
    expect(size(preview)).toBeLessThanOrEqual(mostPreviewBytes);
    const decoded = decodePreview(preview);
    expect(decoded).toMatchObject({ width: previewWidth, height: previewHeight });
    expect([...(decoded?.rgba.slice(-4) ?? [])]).toEqual([0x11, 0x22, 0x33, 0x44]);
  });

  test('a point is the mean of what it covers', () => {
    // Sixty-two pixels wide: each point covers two by two.
    const preview = encodePreview(rows(62, 62), (x, y) => ((x + y) % 2 === 0 ? 0xff0000ff : 0x00ff00ff));
    expect([...(decodePreview(preview)?.rgba.slice(0, 4) ?? [])]).toEqual([128, 128, 0, 255]);
  });
});

describe('decodePreview', () => {
  test.each<[string, `0x${string}`]>([
    ['nothing', '0x'],
    ['one byte', '0x01'],
    ['no width', '0x0001'],
    ['too few bytes', '0x0101112233'],
    ['too many bytes', '0x01011122334455'],
    ['more than a preview may have', concatHex(['0xffff', bytesToHex(new Uint8Array(255 * 255 * 4))])],
  ])('%s is no preview', (_, bytes) => {
    expect(decodePreview(bytes)).toBeUndefined();
  });
});
