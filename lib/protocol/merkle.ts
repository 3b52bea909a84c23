import { createKeccak } from 'hash-wasm';
import { bytesToHex, type Hex, keccak256 } from 'viem';

/** Bytes of one leaf: 32 words, so that a leaf is one keccak permutation. */
export const leafBytes = 128;

type Hash = (bytes: Uint8Array) => Uint8Array;

/**
 * Root of a buffer given as big-endian words: keccak leaves of 128 bytes, the last one zero-padded, an odd node promoted.
 * A leaf has 128 bytes and a node 64, so neither passes for the other. For outputs up to some 100 KiB; larger: `merkleRootOfLarge`.
 * Throws on no bytes at all or a broken word.
 */
export function merkleRoot(bytes: Uint8Array): Hex {
  return rootWith((part) => keccak256(part, 'bytes'), bytes);
}

let wasm: Promise<Hash> | undefined;

/** The same root as `merkleRoot` through WASM, for megabytes (150 MB/s and more a core). */
export async function merkleRootOfLarge(bytes: Uint8Array): Promise<Hex> {
  wasm ??= createKeccak(256).then((hasher) => (part) => hasher.init().update(part).digest('binary'));
  return rootWith(await wasm, bytes);
}

function rootWith(hash: Hash, bytes: Uint8Array): Hex {
  if (bytes.length === 0 || bytes.length % 4 !== 0) {
    throw new Error(`A buffer has one word of 4 bytes or more; ${bytes.length} bytes were given.`);
  }
  const leaves = Math.ceil(bytes.length / leafBytes);
  const nodes = new Uint8Array(leaves * 32);
  const last = new Uint8Array(leafBytes);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const part = bytes.subarray(leaf * leafBytes, (leaf + 1) * leafBytes);
    if (part.length < leafBytes) last.set(part);
    nodes.set(hash(part.length < leafBytes ? last : part), leaf * 32);
  }
  for (let width = leaves; width > 1; width = Math.ceil(width / 2)) {
    for (let node = 0; node * 2 < width; node++) {
      const pair = nodes.subarray(node * 64, Math.min(node * 64 + 64, width * 32));
      nodes.set(pair.length === 64 ? hash(pair) : pair, node * 32);
    }
  }
  return bytesToHex(nodes.subarray(0, 32));
}
