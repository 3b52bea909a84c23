import fc from 'fast-check';
import { bytesToHex, stringToHex } from 'viem';
import { describe, expect, test } from 'vitest';
import { encodeMetadata, type Metadata, mostMetadataBytes, parseMetadata } from './metadata.ts';

const good: Metadata = {
  name: 'Seahorse valley',
  template: 'fractal',
  result: { kind: 'image', width: 512, height: 512, layout: 'tiles', tile: 64 },
  inputs: [
    { inline: '0x0000000100000002' },
    { blob: `0x${'ab'.repeat(32)}` },
    { cid: 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy', urls: ['http://127.0.0.1:3000'] },
  ],
};

const parseJson = (value: unknown) => parseMetadata(stringToHex(JSON.stringify(value)));

test('reads back what was written', () => {
  expect(parseMetadata(encodeMetadata(good))).toEqual({ ok: true, metadata: good });
});

test('drops what it does not know, a strange template too', () => {
  const parsed = parseJson({ ...good, template: 'mining', script: '<script>', ['__proto__']: { a: 1 } });
  expect(parsed).toEqual({ ok: true, metadata: { ...good, template: undefined } });
});

describe('refuses, with a sentence', () => {
  test.each([
    [
      'a picture of 50 megapixels',
      { result: { kind: 'image', width: 10_000, height: 5_000, layout: 'rows' } },
    ],
    ['a picture without pixels', { result: { kind: 'image', width: 0, height: 5, layout: 'rows' } }],
    ['a picture with half a pixel', { result: { kind: 'image', width: 1.5, height: 5, layout: 'rows' } }],
    [
      'tiles that do not fit the picture',
      { result: { kind: 'image', width: 100, height: 64, layout: 'tiles', tile: 64 } },
    ],
    ['an unknown kind of result', { result: { kind: 'html' } }],
    ['a name of blanks', { name: ' \u200b\u202e ' }],
    ['a name that is no text', { name: 7 }],
    ['nine inputs', { inputs: Array.from({ length: 9 }, () => ({ inline: '0x00000001' })) }],
    ['an input that is no whole word', { inputs: [{ inline: '0x0001' }] }],
    [
      'a source that is no web address',
      { inputs: [{ cid: `b${'a'.repeat(58)}`, urls: ['javascript:alert(1)'] }] },
    ],
    ['an address inside another page', { inputs: [{ cid: '../../etc/passwd' }] }],
  ])('%s', (_, change) => {
    expect(parseJson({ ...good, ...change })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^The .*\.$/),
    });
  });

  test('bytes that are no JSON, no UTF-8, nothing', () => {
    for (const bytes of ['0x', '0xff', stringToHex('{'), stringToHex('[]'), stringToHex('null')] as const) {
      expect(parseMetadata(bytes).ok).toBe(false);
    }
  });

  test('more than 4 KiB, before reading any of it', () => {
    const bytes = stringToHex(JSON.stringify({ ...good, extra: 'x'.repeat(mostMetadataBytes) }));
    expect(parseMetadata(bytes)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('4096 are allowed'),
    });
  });

  test('to write what a reader would refuse', () => {
    expect(() => encodeMetadata({ ...good, name: '' })).toThrow("The description's name is not understood.");
  });
});

test('a name is one visible line of at most 80 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
      const parsed = parseJson({ ...good, name });
      if (!parsed.ok) return;
      expect([...parsed.metadata.name].length).toBeLessThanOrEqual(80);
      expect(parsed.metadata.name).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]+$/u);
    }),
  );
  expect(parseJson({ ...good, name: 'pay\u202Eme\u0000 now' })).toMatchObject({
    metadata: { name: 'pay me now' },
  });
});

test('no bytes make it throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void parseMetadata(bytesToHex(bytes))));
  fc.assert(fc.property(fc.json(), (json) => void parseMetadata(stringToHex(json))));
});
