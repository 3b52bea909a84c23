import { conditionOf } from '@opengpu/sdk/kernels/templates/search/condition';
import { encodeCondition, searchTemplate } from '@opengpu/sdk/kernels/templates/search/template';
import { expect, test } from 'vitest';
import { searchedPattern } from './search-pattern';

const dataOf = (goal: Parameters<typeof conditionOf>[0]) =>
  encodeCondition(searchTemplate.defaults, conditionOf(goal));

test('a prefix is its digits, then dots', () => {
  expect(searchedPattern(dataOf({ kind: 'prefix', prefix: 'c0fFee' }))).toBe(`0xc0ffee${'·'.repeat(34)}`);
});

test('permissions are the low 14 bits: two of a digit, then three digits', () => {
  expect(searchedPattern(dataOf({ kind: 'hookFlags', flags: ['beforeSwap'] }))).toBe(
    `0x${'·'.repeat(36)}?080`,
  );
});

test("a stranger's data that is no condition has no pattern", () => {
  expect(searchedPattern('0x1234')).toBeUndefined();
});
