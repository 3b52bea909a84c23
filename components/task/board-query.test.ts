import { expect, test } from 'vitest';
import { boardQueryString, parseBoardQuery } from './board-query';

test('a query survives its URL', () => {
  const query = {
    text: '0xab',
    show: 'ended',
    kernel: 'photo',
    model: 'firstResponse',
    sort: 'price',
  } as const;
  expect(parseBoardQuery(new URLSearchParams(boardQueryString(query)))).toEqual(query);
});

test('what is default is not in the URL', () => {
  expect(boardQueryString(parseBoardQuery(new URLSearchParams()))).toBe('');
});

test('unknown values are the default, long texts are cut', () => {
  const query = parseBoardQuery(
    new URLSearchParams({ show: 'x', kernel: '<b>', sort: '__proto__', q: 'a'.repeat(200) }),
  );
  expect(query).toMatchObject({ show: 'all', kernel: 'any', sort: 'newest' });
  expect(query.text).toHaveLength(80);
});
