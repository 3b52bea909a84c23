import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fractalPresets } from './templates/fractal/presets.ts';
import { fractalReference } from './templates/fractal/reference.ts';
import { fractalTemplate } from './templates/fractal/template.ts';
import { filterNames } from './templates/photo/filters.ts';
import { photoReference } from './templates/photo/reference.ts';
import { photoTemplate } from './templates/photo/template.ts';
import { searchReference } from './templates/search/reference.ts';
import { searchTemplate } from './templates/search/template.ts';
import { ChromiumGpu } from './testing/chromium-gpu.ts';
import { testPicture } from './testing/test-picture.ts';

let gpu: ChromiumGpu;
beforeAll(async () => {
  gpu = await ChromiumGpu.open();
}, 60_000);
afterAll(() => gpu?.close());

describe('fractal', () => {
  for (const { id, params } of fractalPresets) {
    test(`${id}: a tile in dispatches of its own equals the reference`, { timeout: 120_000 }, async () => {
      const { kernel, inputs } = await fractalTemplate.draft({ ...params, size: 256 });
      const [view = new Uint32Array(0)] = inputs;
      const range = { base: 5 * 4096, count: 4096, chunk: 1000 };
      const actual = await gpu.run(kernel, inputs, range);
      expect(actual).toEqual(fractalReference(view, range.base, range.count));
    });
  }
});

describe('photo', () => {
  for (const filter of filterNames) {
    test(`${filter}: the whole picture equals the reference`, async () => {
      for (const strengthPercent of [100, 37]) {
        const picture = testPicture(61, 47);
        const { kernel, inputs, count } = await photoTemplate.draft({ picture, filter, strengthPercent });
        const [words = new Uint32Array(0)] = inputs;
        const actual = await gpu.run(kernel, inputs, { count, chunk: 500 });
        expect(actual).toEqual(photoReference(words, picture.words, 0, count));
      }
    });
  }
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
    expect(actual).toEqual(expected);
    const found = [...expected].filter((_, index) => index % 9 === 0);
    expect(found).toContain(1);
    expect(found).toContain(0);
  });
});
