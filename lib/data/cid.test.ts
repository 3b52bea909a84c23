import { createHash } from 'node:crypto';
import { CID } from 'multiformats/cid';
import { expect, test } from 'vitest';
import { cidOf, cidOfDigest, digestOfCid } from './cid.ts';

// sha2-256 of no bytes and of "abc" are published test vectors.
const ofNothing = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku';
const ofAbc = 'bafkreif2pall7dybz7vecqka3zo24irdwabwdi4wc55jznaq75q7eaavvu';

test('the CID of bytes is what every IPFS tool says', async () => {
  expect(await cidOf(new Uint8Array(0))).toBe(ofNothing);
  expect(await cidOf(new TextEncoder().encode('abc'))).toBe(ofAbc);
  const digest = createHash('sha256').update('abc').digest();
  expect(cidOfDigest(digest)).toBe(ofAbc);
  expect(digestOfCid(ofAbc)).toEqual(new Uint8Array(digest));
});

test('other CIDs and other texts are refused', () => {
  expect(() => digestOfCid('QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n')).toThrow(
    'not a version 1 raw CID',
  );
  const { multihash } = CID.parse(ofAbc);
  expect(() => digestOfCid(CID.createV1(0x70, multihash).toString())).toThrow('not a version 1 raw CID');
  expect(() => digestOfCid('../../etc/passwd')).toThrow('is no CID');
  expect(() => digestOfCid('')).toThrow('is no CID');
  expect(() => digestOfCid('b'.repeat(10_000))).toThrow('at most 128');
});
