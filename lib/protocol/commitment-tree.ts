import { concat, type Hex, keccak256 } from 'viem';

/** One commitment to any set of shards. */
export interface CommitmentTree {
  root: Hex;
  /** `paths[i]` leads from leaf i to the root; empty when there is one leaf. */
  paths: readonly (readonly Hex[])[];
}

/** Builds the tree over response leaves, 32 bytes each: pairs are sorted before hashing, an odd node is promoted. Throws on no leaves. */
export function commitmentTree(leaves: readonly Hex[]): CommitmentTree {
  const paths: Hex[][] = leaves.map(() => []);
  // Which node of the present level each leaf is under.
  let places = leaves.map((_, index) => index);
  let level = leaves;
  while (level.length > 1) {
    const nodes = level;
    for (const [leaf, place] of places.entries()) {
      const sibling = nodes[place ^ 1];
      if (sibling !== undefined) paths[leaf]?.push(sibling);
    }
    places = places.map((place) => place >> 1);
    level = pairsOf(nodes).map(([left, right]) => (right === undefined ? left : nodeOf(left, right)));
  }
  const [root] = level;
  if (root === undefined) throw new Error('A commitment needs at least one leaf.');
  return { root, paths };
}

/** Root that a leaf and its path lead to. */
export function rootOfPath(leaf: Hex, path: readonly Hex[]): Hex {
  return path.reduce(nodeOf, leaf);
}

function pairsOf(nodes: readonly Hex[]): [Hex, Hex | undefined][] {
  return nodes.flatMap((left, index) =>
    index % 2 === 0 ? [[left, nodes[index + 1]] as [Hex, Hex | undefined]] : [],
  );
}

function nodeOf(one: Hex, other: Hex): Hex {
  return keccak256(one.toLowerCase() < other.toLowerCase() ? concat([one, other]) : concat([other, one]));
}
