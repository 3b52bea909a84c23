import { bytesToHex } from 'viem';
import { describe, expect, test } from 'vitest';
import { encodeMetadata, parseMetadata } from '../../../protocol/metadata.ts';
import { wordsToBytes } from '../../../protocol/words.ts';
import { BadParameter } from '../../bad-parameter.ts';
import { parseCoordinate, wordsOf } from './fixed-point.ts';
import { paletteNames, paletteWords } from './palettes.ts';
import { fractalPresets } from './presets.ts';
import { fractalReference } from './reference.ts';
import { type FractalParams, fractalTemplate, viewWords } from './template.ts';

const { params } = fractalPresets[0];

test('the draft is one picture of 64 tiles, and its metadata reads back', async () => {
  const draft = await fractalTemplate.draft(params);
  expect(draft).toMatchObject({ count: 512 * 512, elementsPerShard: 4096, model: 'manualConfirmation' });
  expect(draft.verifier).toBeUndefined();
  const [view = new Uint32Array(0)] = draft.inputs;
  expect(view).toHaveLength(26);
  expect(draft.metadata.inputs).toEqual([{ inline: bytesToHex(wordsToBytes(view)) }]);
  expect(parseMetadata(encodeMetadata(draft.metadata))).toEqual({ ok: true, metadata: draft.metadata });
});

test('every preset makes a draft', async () => {
  expect(new Set(fractalPresets.map(({ id }) => id)).size).toBe(fractalPresets.length);
  for (const preset of fractalPresets) {
    const { metadata } = await fractalTemplate.draft(preset.params);
    expect(metadata.name.length).toBeLessThanOrEqual(80);
  }
});

describe('bounds', () => {
  const bad: [string, Partial<Record<keyof FractalParams, unknown>>][] = [
    ['centreRe', { centreRe: '2.0000001' }],
    ['centreRe', { centreRe: 'NaN' }],
    ['centreRe', { centreRe: '1e-3' }],
    ['centreRe', { centreRe: '' }],
    ['centreIm', { centreIm: `0.${'1'.repeat(41)}` }],
    ['zoom', { zoom: 0.99 }],
    ['zoom', { zoom: 1.01e14 }],
    ['zoom', { zoom: Number.NaN }],
    ['iterations', { iterations: 15 }],
    ['iterations', { iterations: 1025 }],
    ['iterations', { iterations: 100.5 }],
    ['palette', { palette: 'constructor' }],
    ['colourSpeed', { colourSpeed: 0 }],
    ['colourSpeed', { colourSpeed: 17 }],
    ['size', { size: 500 }],
  ];
  test.each(bad)('%s: %o', (field, change) => {
    const error = (() => {
      try {
        viewWords({ ...params, ...(change as Partial<FractalParams>) });
      } catch (error) {
        return error;
      }
    })();
    expect(error).toBeInstanceOf(BadParameter);
    expect(error).toMatchObject({ field, given: String(Object.values(change)[0]).slice(0, 80) });
  });
});

test('coordinates are exact to 2^-60, to both sides of zero', () => {
  expect(parseCoordinate('x', '-0.5')).toBe(-(1n << 59n));
  expect(parseCoordinate('x', '2')).toBe(1n << 61n);
  expect(parseCoordinate('x', ' +0.1 ')).toBe((1n << 60n) / 10n);
  expect(parseCoordinate('x', '-0.1')).toBe(-((1n << 60n) / 10n));
  expect(wordsOf(-1n)).toEqual([0xffffffff, 0xffffffff]);
  expect(wordsOf(-(1n << 59n))).toEqual([0xf8000000, 0]);
});

test('palettes are sixteen opaque colours', () => {
  for (const name of paletteNames) {
    const words = paletteWords(name);
    expect(words).toHaveLength(16);
    expect(words.every((word) => word % 256 === 255)).toBe(true);
  }
});

describe('the reference', () => {
  const whole: FractalParams = {
    ...params,
    centreRe: '-0.5',
    centreIm: '0',
    zoom: 1.25,
    iterations: 256,
    size: 128,
  };
  const view = viewWords(whole);
  const inside = view[9];
  const all = fractalReference(view, 0, 128 * 128);
  const pixel = (x: number, y: number) => all[((y >> 6) * 2 + (x >> 6)) * 4096 + (y & 63) * 64 + (x & 63)];

  const channel = (word: number | undefined, shift: number) => ((word ?? 0) >>> shift) & 255;

  test('agrees with doubles about who stays, away from the border of the set', () => {
    let compared = 0;
    for (let y = 0; y < 128; y++) {
      for (let x = 0; x < 128; x++) {
        const step = 4 / (1.25 * 128);
        const [re, im] = [-0.5 + step * (x - 63.5), step * (63.5 - y)];
        let [zx, zy, steps] = [re, im, 0];
        for (; steps < 256 && zx * zx + zy * zy < 4; steps++)
          [zx, zy] = [zx * zx - zy * zy + re, 2 * zx * zy + im];
        if (steps > 60 && steps < 256) continue;
        expect(pixel(x, y) === inside).toBe(steps === 256);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(16_000);
  });

  test('is its own mirror image about the real axis, but for rounding', () => {
    let alike = 0;
    for (let y = 0; y < 64; y++) {
      for (let x = 0; x < 128; x++) {
        const [a, b] = [pixel(x, y), pixel(x, 127 - y)];
        if ([24, 16, 8].every((shift) => Math.abs(channel(a, shift) - channel(b, shift)) <= 2)) alike++;
      }
    }
    expect(alike).toBeGreaterThan(64 * 128 * 0.99);
  });

  test('changes colour smoothly away from the set', () => {
    for (let x = 1; x < 128; x++) {
      for (const shift of [24, 16, 8]) {
        expect(Math.abs(channel(pixel(x, 2), shift) - channel(pixel(x - 1, 2), shift))).toBeLessThan(8);
      }
    }
  });
});
