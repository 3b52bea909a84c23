import { describe, expect, test } from 'vitest';
import { cidOf } from '../../../data/cid.ts';
import type { ContentStore } from '../../../data/content-store.ts';
import { memoryStore } from '../../../data/memory-store.ts';
import { uploadInputs } from '../../../data/upload-inputs.ts';
import { encodeMetadata, parseMetadata } from '../../../protocol/metadata.ts';
import { wordsToBytes } from '../../../protocol/words.ts';
import { BadParameter } from '../../bad-parameter.ts';
import { testPicture } from '../../testing/test-picture.ts';
import { filterNames, filterWeights } from './filters.ts';
import { photoReference } from './reference.ts';
import { filterWords, type PhotoParams, photoTemplate, rowsPerShard } from './template.ts';

const picture = testPicture(300, 200);
const params: PhotoParams = { picture, filter: 'sharpen', strengthPercent: 100 };

test('the draft names the pixels by CID, and uploading stores them', async () => {
  const draft = await photoTemplate.draft({ ...params, urls: ['http://127.0.0.1:3000'] });
  expect(draft).toMatchObject({ count: 60_000, elementsPerShard: 55 * 300, model: 'manualConfirmation' });
  const bytes = wordsToBytes(picture.words);
  const cid = await cidOf(bytes);
  expect(draft.metadata.inputs[1]).toEqual({ cid, urls: ['http://127.0.0.1:3000'] });
  expect(parseMetadata(encodeMetadata(draft.metadata))).toEqual({ ok: true, metadata: draft.metadata });
  const store = memoryStore();
  await uploadInputs(draft, store);
  expect(await store.get(cid)).toEqual(bytes);
});

test('a store that names other bytes is found out', async () => {
  const draft = await photoTemplate.draft(params);
  const other = { ...draft, inputs: [draft.inputs[0] ?? new Uint32Array(1), new Uint32Array(60_000)] };
  const store: ContentStore = memoryStore();
  await expect(uploadInputs(other, store)).rejects.toThrow('Input 1 is not what its CID says');
});

test('bands: at most 64 shards, none but the last small', () => {
  for (const [width, height] of [
    [1, 1],
    [768, 512],
    [4096, 4096],
    [65_535, 1],
    [1, 65_535],
    [5000, 3000],
    [128, 128],
  ] as const) {
    const rows = rowsPerShard({ width, height });
    const shards = Math.ceil(height / rows);
    expect(shards).toBeLessThanOrEqual(64);
    expect(rows).toBeLessThanOrEqual(height);
    if (shards > 1) expect(rows * width).toBeGreaterThanOrEqual(16_384);
    expect(rows * width * 4).toBeLessThanOrEqual(64 * 2 ** 20);
  }
});

describe('bounds', () => {
  const empty = { width: 0, height: 0, words: new Uint32Array(0) };
  const bad: [string, object][] = [
    ['picture', { picture: empty }],
    ['picture', { picture: { ...picture, width: 301 } }],
    ['picture', { picture: { width: 5000, height: 5000, words: new Uint32Array(0) } }],
    ['picture', { picture: { width: 70_000, height: 1, words: new Uint32Array(70_000) } }],
    ['filter', { filter: 'toString' }],
    ['strengthPercent', { strengthPercent: 101 }],
    ['strengthPercent', { strengthPercent: -1 }],
    ['strengthPercent', { strengthPercent: 0.5 }],
    ['urls', { urls: ['a', 'b', 'c', 'd', 'e'] }],
  ];
  test.each(bad)('%s: %o', (field, change) => {
    const error = (() => {
      try {
        filterWords({ ...params, ...change });
      } catch (error) {
        return error;
      }
    })();
    expect(error).toBeInstanceOf(BadParameter);
    expect(error).toMatchObject({ field });
  });
});

describe('the reference', () => {
  const apply = (change: Partial<PhotoParams>) => {
    const given = { ...params, ...change };
    return photoReference(filterWords(given), given.picture.words, 0, given.picture.words.length);
  };

  test('at strength 0 every filter leaves the picture as it is', () => {
    for (const filter of filterNames) expect(apply({ filter, strengthPercent: 0 })).toEqual(picture.words);
  });

  test('a flat area keeps its colour under sharpen and blur, is black under edges, grey under emboss', () => {
    const flat = { width: 5, height: 4, words: new Uint32Array(20).fill(0x3c82c8aa) };
    for (const strengthPercent of [1, 33, 77, 100]) {
      expect(apply({ picture: flat, filter: 'sharpen', strengthPercent })).toEqual(flat.words);
      expect(apply({ picture: flat, filter: 'blur', strengthPercent })).toEqual(flat.words);
    }
    expect(apply({ picture: flat, filter: 'edges' })).toEqual(new Uint32Array(20).fill(0x000000aa));
    expect(apply({ picture: flat, filter: 'emboss' })).toEqual(new Uint32Array(20).fill(0x808080aa));
  });

  test('a single point spreads by the weights, and alpha stays where it was', () => {
    const words = new Uint32Array(25).fill(0x000000ff);
    words[12] = 0x00ff0010;
    const blurred = apply({ picture: { width: 5, height: 5, words }, filter: 'blur' });
    expect([...blurred.subarray(6, 9)]).toEqual([0x000f00ff, 0x001f00ff, 0x000f00ff]);
    expect([...blurred.subarray(11, 14)]).toEqual([0x001f00ff, 0x003f0010, 0x001f00ff]);
    expect(blurred[0]).toBe(0x000000ff);
  });

  test('the edge repeats outwards', () => {
    const words = Uint32Array.of(0x64646400, 0xc8c8c800);
    expect(apply({ picture: { width: 2, height: 1, words }, filter: 'blur' })).toEqual(
      Uint32Array.of(0x7d7d7d00, 0xafafaf00),
    );
  });
});

test('mixed weights sum to what a flat area needs', () => {
  for (const name of filterNames) {
    for (let strength = 0; strength <= 100; strength++) {
      const { weights } = filterWeights(name, strength);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const gain = name === 'sharpen' || name === 'blur' ? 1 : 1 - strength / 100;
      expect(Math.abs(sum - 256 * gain)).toBeLessThanOrEqual(0.5);
    }
  }
});
