import { expect, test } from 'vitest';
import { parseLocator, withoutUrls } from './content';

const cid = `b${'a'.repeat(58)}`;

test("a provider's locator is its CID and nothing else", () => {
  expect(parseLocator(JSON.stringify({ cid, urls: ['https://example.org'] }))).toEqual({ cid });
});

test.each(['', 'null', '{}', '{"cid":7}', '{"cid":"../../etc"}', '[]'])('%s is no locator', (text) => {
  expect(() => parseLocator(text)).toThrow('The provider did not say where its output is.');
});

test('addresses that a client named are not asked', () => {
  expect(withoutUrls({ cid, urls: ['https://example.org'] })).toEqual({ cid });
  expect(withoutUrls({ inline: '0x00000001' })).toEqual({ inline: '0x00000001' });
});
