import fc from 'fast-check';
import { bytesToHex, keccak256 } from 'viem';
import { expect, test } from 'vitest';
import { commitmentTree, rootOfPath } from './commitment-tree.ts';

const leaf = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bytesToHex(bytes));

test('every leaf and its path lead to the root', () => {
  fc.assert(
    fc.property(fc.array(leaf, { minLength: 1, maxLength: 70 }), (leaves) => {
      const { root, paths } = commitmentTree(leaves);
      expect(paths).toHaveLength(leaves.length);
      for (const [index, one] of leaves.entries()) expect(rootOfPath(one, paths[index] ?? [])).toBe(root);
    }),
  );
});

test('one leaf is its own root, with an empty path', () => {
  const only = keccak256('0x01');
  expect(commitmentTree([only])).toEqual({ root: only, paths: [[]] });
});

test('a path does not lead another leaf to the root', () => {
  const leaves = [1, 2, 3, 4, 5].map((n) => keccak256(`0x0${n}`));
  const { root, paths } = commitmentTree(leaves);
  expect(rootOfPath(keccak256('0x06'), paths[2] ?? [])).not.toBe(root);
});

test('nothing cannot be committed to', () => {
  expect(() => commitmentTree([])).toThrow('at least one leaf');
});
