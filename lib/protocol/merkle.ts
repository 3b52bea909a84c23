import { createKeccak } from 'hash-wasm';
import { bytesToHex, type Hex, keccak256 } from 'viem';

/** Bytes of one leaf: 32 words, so that a leaf is one keccak permutation. */
export const leafBytes = 128;

/** keccak256 of some bytes. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/**
 * Root of a buffer given as big-endian words: keccak leaves of 128 bytes, the last one zero-padded, an odd node promoted.
 * A leaf has 128 bytes and a node 64, so neither passes for the other. For outputs up to some 100 KiB; larger: `merkleRootOfLarge`.
 * Throws on no bytes at all or a broken word.
 */
export function merkleRoot(bytes: Uint8Array): Hex {
  return rootWith((part) => keccak256(part, 'bytes'), bytes);
}

let wasm: Promise<Hash> | undefined;

/** keccak256 through WASM, several times as fast as `keccak256` of viem; loaded once. */
export function wasmKeccak(): Promise<Hash> {
  wasm ??= createKeccak(256).then((hasher) => (part) => hasher.init().update(part).digest('binary'));
  return wasm;
}

/** The same root as `merkleRoot` through WASM, for megabytes. */
export async function merkleRootOfLarge(bytes: Uint8Array): Promise<Hex> {
  return rootWith(await wasmKeccak(), bytes);
}

/** The hashes of a buffer's leaves, 32 bytes each, side by side. */
export function leafNodes(hash: Hash, bytes: Uint8Array): Uint8Array {
  const leaves = Math.ceil(bytes.length / leafBytes);
  const nodes = new Uint8Array(leaves * 32);
  const last = new Uint8Array(leafBytes);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const part = bytes.subarray(leaf * leafBytes, (leaf + 1) * leafBytes);
    if (part.length < leafBytes) last.set(part);
    nodes.set(hash(part.length < leafBytes ? last : part), leaf * 32);
  }
  return nodes;
}

/** The level above `nodes`; the last of an odd number moves up unchanged. */
export function parentNodes(hash: Hash, nodes: Uint8Array): Uint8Array {
  const parents = new Uint8Array(Math.ceil(nodes.length / 64) * 32);
  for (let node = 0; node * 64 < nodes.length; node++) {
    const pair = nodes.subarray(node * 64, node * 64 + 64);
    parents.set(pair.length === 64 ? hash(pair) : pair, node * 32);
  }
  return parents;
}

function rootWith(hash: Hash, bytes: Uint8Array): Hex {
  if (bytes.length === 0 || bytes.length % 4 !== 0) {
    throw new Error(`A buffer has one word of 4 bytes or more; ${bytes.length} bytes were given.`);
  }
  let nodes = leafNodes(hash, bytes);
  while (nodes.length > 32) nodes = parentNodes(hash, nodes);
  return bytesToHex(nodes);
}
