import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesToWords, wordsToBytes } from './words.ts';

test('words are big-endian', () => {
  expect([...wordsToBytes(Uint32Array.of(0x01020304, 0xfffefdfc))]).toEqual([1, 2, 3, 4, 255, 254, 253, 252]);
});

test('reading back what was written, also from the middle of a buffer', () => {
  fc.assert(
    fc.property(fc.uint32Array(), fc.nat(7), (words, offset) => {
      const bytes = wordsToBytes(words);
      const inside = new Uint8Array(offset + bytes.length);
      inside.set(bytes, offset);
      expect(bytesToWords(inside.subarray(offset))).toEqual(words);
    }),
  );
});

test('a broken word is refused', () => {
  expect(() => bytesToWords(new Uint8Array(6))).toThrow('6 bytes were given');
});
