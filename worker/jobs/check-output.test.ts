import { wordsToBytes } from '@opengpu/sdk/protocol/words';
import { expect, test } from 'vitest';
import { findMismatch, type Reference } from './check-output.ts';

/** Two words an element: its id and the input's first word. */
const reference: Reference = ([input = new Uint32Array()], first, count) =>
  Uint32Array.from({ length: 2 * count }, (_, index) =>
    index % 2 === 0 ? first + index / 2 : (input[0] ?? 0),
  );
const inputs = [Uint32Array.of(7)];
const right = (count: number) => reference(inputs, 100, count);
const check = (words: Uint32Array, runs = 4, random?: () => number) =>
  findMismatch(
    reference,
    inputs,
    { start: 100, bytes: wordsToBytes(words), wordsPerElement: 2 },
    runs,
    random,
  );

test('a right output passes, however small', () => {
  for (const count of [1, 3, 4, 5, 1_000]) expect(check(right(count))).toBeUndefined();
});

test('a wrong word is named when its element is drawn', () => {
  const words = right(1_000);
  words[2 * 502 + 1] = 8;
  expect(check(words, 1, () => 0.5025)).toBe(
    'This GPU computes element 602 wrongly (0x00000008 instead of 0x00000007): nothing was promised.',
  );
  expect(check(words, 1, () => 0)).toBeUndefined();
});

test('an output that is wrong everywhere never passes', () => {
  expect(check(new Uint32Array(2_000))).toMatch(/^This GPU computes element \d+ wrongly/);
});
