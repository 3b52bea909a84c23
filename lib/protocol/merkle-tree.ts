import { bytesToHex, type Hex } from 'viem';
import { leafBytes, leafNodes, parentNodes, wasmKeccak } from './merkle.ts';
import { wordsToBytes } from './words.ts';

/** Words of one leaf. */
export const leafWords = leafBytes / 4;

/** The tree of `merkleRoot` over a buffer's words, kept whole: any number of proofs can be cut from it. */
export class MerkleTree {
  readonly #bytes: Uint8Array;
  /** Nodes of 32 bytes side by side, leaves first. */
  readonly #levels: readonly Uint8Array[];

  private constructor(bytes: Uint8Array, levels: readonly Uint8Array[]) {
    this.#bytes = bytes;
    this.#levels = levels;
  }

  /** Hashes the words once; a million of them take some tenths of a second. Throws when there are none. */
  static async of(words: Uint32Array): Promise<MerkleTree> {
    if (words.length === 0) throw new Error('A buffer has at least one word.');
    const hash = await wasmKeccak();
    const bytes = new Uint8Array(Math.ceil(words.length / leafWords) * leafBytes);
    bytes.set(wordsToBytes(words));
    let level = leafNodes(hash, bytes);
    const levels = [level];
    while (level.length > 32) {
      level = parentNodes(hash, level);
      levels.push(level);
    }
    return new MerkleTree(bytes, levels);
  }

  get root(): Hex {
    return this.#node(this.#levels.length - 1, 0);
  }

  /** The 128 bytes of a leaf, the last one's padding included. */
  leaf(index: number): Hex {
    return this.run(index, 1);
  }

  /** The bytes of `leaves` neighbouring leaves. */
  run(first: number, leaves: number): Hex {
    return bytesToHex(this.#bytes.subarray(first * leafBytes, (first + leaves) * leafBytes));
  }

  /** The nodes beside the ways from `leaves` (ascending, each once) to the root: level by level, left to right. */
  siblings(leaves: readonly number[]): Hex[] {
    const taken: Hex[] = [];
    let known = [...leaves];
    for (const [level, nodes] of this.#levels.entries()) {
      const width = nodes.length / 32;
      if (width === 1) break;
      const given = new Set(known);
      for (const index of known) {
        const sibling = index ^ 1;
        if (sibling < width && !given.has(sibling)) taken.push(this.#node(level, sibling));
      }
      known = [...new Set(known.map((index) => index >>> 1))];
    }
    return taken;
  }

  #node(level: number, index: number): Hex {
    return bytesToHex((this.#levels[level] ?? new Uint8Array()).subarray(index * 32, index * 32 + 32));
  }
}
