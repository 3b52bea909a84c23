import { expect, test } from 'vitest';
import { durationInWords, momentInWords } from './duration.ts';

test.each([
  [0, '0 seconds'],
  [0.9, '0 seconds'],
  [1, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [3_661, '1 hour 1 minute'],
  [3_601, '1 hour'],
  [90_061, '1 day 1 hour'],
  [-120, '2 minutes'],
  [48n * 3_600n, '2 days'],
])('%s s is %s', (seconds, words) => {
  expect(durationInWords(seconds)).toBe(words);
});

test('moments are relative', () => {
  expect(momentInWords(100, 100n)).toBe('now');
  expect(momentInWords(160n, 100)).toBe('in 1 minute');
  expect(momentInWords(95, 100)).toBe('5 seconds ago');
});
