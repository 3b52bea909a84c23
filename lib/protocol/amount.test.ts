import fc from 'fast-check';
import { parseEther } from 'viem';
import { describe, expect, test } from 'vitest';
import { amountInWords, percentInWords } from './amount.ts';
import { parseAmount } from './parse-amount.ts';

test.each([
  [0n, '0 ETH'],
  [1n, '1 wei'],
  [999_999n, '999999 wei'],
  [1_500_000n, '0.0015 gwei'],
  [3_200_000_000n, '3.2 gwei'],
  [10n ** 12n, '0.000001 ETH'],
  [10n ** 18n, '1 ETH'],
  [parseEther('12.3456789'), '12.345678 ETH'],
  [-parseEther('0.5'), '-0.5 ETH'],
])('%s wei is %s', (wei, words) => {
  expect(amountInWords(wei)).toBe(words);
});

test('a part in ten thousand', () => {
  expect([percentInWords(0), percentInWords(250), percentInWords(10_000)]).toEqual(['0 %', '2.5 %', '100 %']);
});

describe('what people type', () => {
  test.each([
    ['1', 10n ** 18n],
    [' 0.25 ', 25n * 10n ** 16n],
    ['.5', 5n * 10n ** 17n],
    ['2.', 2n * 10n ** 18n],
    ['0.000000000000000001', 1n],
    ['0', 0n],
  ])('"%s" is an amount', (text, wei) => {
    expect(parseAmount(text)).toEqual({ ok: true, wei });
  });

  test.each([
    ['', 'Enter an amount of ETH.'],
    ['-1', 'An amount cannot be negative.'],
    ['1e18', 'Write the amount with digits and a point, for example 0.25.'],
    ['1,5', 'Write the amount with digits and a point, for example 0.25.'],
    ['NaN', 'Write the amount with digits and a point, for example 0.25.'],
    ['0x10', 'Write the amount with digits and a point, for example 0.25.'],
    ['0.0000000000000000001', 'ETH has at most 18 decimals.'],
    ['1000000001', 'That is more ETH than exists.'],
    ['9'.repeat(500), 'That is more ETH than exists.'],
  ])('"%s" is none', (text, reason) => {
    expect(parseAmount(text)).toEqual({ ok: false, reason });
  });

  test('no text makes it throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseAmount(text)));
  });
});
