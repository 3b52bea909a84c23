import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { decodeImage } from './image/decode-image.ts';
import { fractalPresets } from './templates/fractal/presets.ts';
import { fractalReference } from './templates/fractal/reference.ts';
import { type FractalParams, fractalTemplate } from './templates/fractal/template.ts';
import { filterNames } from './templates/photo/filters.ts';
import { photoReference } from './templates/photo/reference.ts';
import { photoTemplate } from './templates/photo/template.ts';
import { searchReference } from './templates/search/reference.ts';
import { searchTemplate } from './templates/search/template.ts';
import { ChromiumGpu } from './testing/chromium-gpu.ts';
import { testPicture } from './testing/test-picture.ts';

// Each test computes on the CPU's WebGPU and once more in big integers.
vi.setConfig({ testTimeout: 120_000 });

let gpu: ChromiumGpu;
beforeAll(async () => {
  gpu = await ChromiumGpu.open();
}, 60_000);
afterAll(() => gpu?.close());

/** The first elements that differ, none when all are alike: readable where 16,384 numbers are not. */
function differences(actual: Uint32Array, expected: Uint32Array): string[] {
  const found =
    actual.length === expected.length ? [] : [`${actual.length} words instead of ${expected.length}`];
  for (let index = 0; index < expected.length && found.length < 5; index++) {
    if (actual[index] !== expected[index])
      found.push(`word ${index}: ${actual[index]} instead of ${expected[index]}`);
  }
  return found;
}

describe('fractal', () => {
  for (const { id, params } of fractalPresets) {
    test(`${id}: a whole picture equals the reference`, async () => {
      const { kernel, inputs, count } = await fractalTemplate.draft({ ...params, size: 128 });
      const [view = new Uint32Array(0)] = inputs;
      const actual = await gpu.run(kernel, inputs, { count, chunk: 5000 });
      expect(differences(actual, fractalReference(view, 0, count))).toEqual([]);
      expect(new Set(actual).size).toBeGreaterThan(300);
    });
  }

  test('the edges of the parameters equal the reference', async () => {
    const { params } = fractalPresets[0];
    const corners: FractalParams[] = [
      { ...params, centreRe: '-2', centreIm: '2', zoom: 1, iterations: 16, colourSpeed: 16, size: 128 },
      {
        ...params,
        centreRe: '2',
        centreIm: '-2',
        zoom: 1,
        iterations: 1024,
        colourSpeed: 1 / 256,
        size: 128,
      },
      { ...params, centreRe: '-2', centreIm: '0', zoom: 1e14, iterations: 1024, size: 128 },
      { ...params, centreRe: '0.25', centreIm: '0', zoom: 1e14, iterations: 64, size: 128 },
    ];
    for (const corner of corners) {
      const { kernel, inputs } = await fractalTemplate.draft(corner);
      const [view = new Uint32Array(0)] = inputs;
      const range = { base: 2 * 4096, count: 4096 };
      const actual = await gpu.run(kernel, inputs, range);
      expect(differences(actual, fractalReference(view, range.base, range.count))).toEqual([]);
    }
  });
});

describe('photo', () => {
  for (const filter of filterNames) {
    test(`${filter}: the whole picture equals the reference`, async () => {
      for (const [width, height, strengthPercent] of [
        [61, 47, 100],
        [200, 130, 37],
        [1, 9, 100],
        [70, 1, 100],
        [1, 1, 0],
      ] as const) {
        const picture = testPicture(width, height);
        const { kernel, inputs, count } = await photoTemplate.draft({ picture, filter, strengthPercent });
        const [words = new Uint32Array(0)] = inputs;
        const actual = await gpu.run(kernel, inputs, { count, chunk: 500 });
        expect(differences(actual, photoReference(words, picture.words, 0, count))).toEqual([]);
      }
    });
  }
});

test('the example picture, sharpened, equals the reference', async () => {
  const file = readFileSync(new URL('../../public/examples/landscape.png', import.meta.url));
  const picture = await decodeImage(file);
  const { kernel, inputs, count } = await photoTemplate.draft({
    picture,
    filter: 'sharpen',
    strengthPercent: 100,
  });
  const [words = new Uint32Array(0)] = inputs;
  const actual = await gpu.run(kernel, inputs, { count, chunk: 65_536 });
  expect(differences(actual, photoReference(words, picture.words, 0, count))).toEqual([]);
});

describe('search', () => {
  const client = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

  test('elements equal the reference, hits and misses alike', async () => {
    const { kernel, inputs } = await searchTemplate.draft({
      ...searchTemplate.defaults,
      client,
      goal: { kind: 'prefix', prefix: '0xabc' },
      seed: 7,
    });
    const [words = new Uint32Array(0)] = inputs;
    const range = { base: 4_000_000_000, count: 80, chunk: 64 };
    const actual = await gpu.run(kernel, inputs, range);
    const expected = searchReference(words, range.base, range.count);
    expect(differences(actual, expected)).toEqual([]);
    const found = [...expected].filter((_, index) => index % 9 === 0);
    expect(found).toContain(1);
    expect(found).toContain(0);
  });
});
