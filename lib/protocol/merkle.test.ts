import fc from 'fast-check';
import { concat, type Hex, keccak256, padHex } from 'viem';
import { expect, test } from 'vitest';
import { leafBytes, merkleRoot, merkleRootOfLarge } from './merkle.ts';

const buffer = fc.uint8Array({ minLength: 1, maxLength: 1200 }).map((bytes) => {
  const whole = new Uint8Array(bytes.length * 4);
  whole.set(bytes);
  return whole;
});

/** The definition, written as a recursion over levels of hex strings. */
function reference(bytes: Uint8Array): Hex {
  let level: Hex[] = [];
  for (let start = 0; start < bytes.length; start += leafBytes) {
    const leaf = new Uint8Array(leafBytes);
    leaf.set(bytes.subarray(start, start + leafBytes));
    level.push(keccak256(leaf));
  }
  while (level.length > 1) {
    const above: Hex[] = [];
    for (let node = 0; node < level.length; node += 2) {
      const [left, right] = level.slice(node, node + 2);
      if (left) above.push(right ? keccak256(concat([left, right])) : left);
    }
    level = above;
  }
  return level[0] ?? '0x';
}

test('one leaf is the hash of its 128 bytes, padded with zeros', () => {
  expect(merkleRoot(Uint8Array.of(1, 2, 3, 4))).toBe(
    keccak256(padHex('0x01020304', { dir: 'right', size: leafBytes })),
  );
});

test('both implementations agree with the definition', async () => {
  await fc.assert(
    fc.asyncProperty(buffer, async (bytes) => {
      const expected = reference(bytes);
      expect(merkleRoot(bytes)).toBe(expected);
      expect(await merkleRootOfLarge(bytes)).toBe(expected);
    }),
  );
});

test('any flipped bit changes the root', () => {
  fc.assert(
    fc.property(buffer, fc.nat(), (bytes, place) => {
      const changed = bytes.slice();
      const at = place % changed.length;
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(merkleRoot(changed)).not.toBe(merkleRoot(bytes));
    }),
  );
});

test('the input is left as it was', () => {
  const bytes = new Uint8Array(1000).fill(7);
  merkleRoot(bytes);
  expect(bytes.every((byte) => byte === 7)).toBe(true);
});

test('an empty buffer and a broken word are refused', async () => {
  expect(() => merkleRoot(new Uint8Array())).toThrow('0 bytes were given');
  await expect(merkleRootOfLarge(new Uint8Array(5))).rejects.toThrow('5 bytes were given');
});
