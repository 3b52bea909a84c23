import { bytesToHex, type Hex, hexToBytes, keccak256 } from 'viem';
import { merkleRootOfLarge } from '../protocol/merkle.ts';
import type { Locator } from '../protocol/metadata.ts';
import { bytesToWords, wordsToBytes } from '../protocol/words.ts';
import { blockReader } from './block-reader.ts';
import { cidOf, cidOfDigest, sha256 } from './cid.ts';
import { blockBytes, ContentMissing, type ContentStore } from './content-store.ts';
import { inLanes } from './in-lanes.ts';

/** Up to this many bytes a locator carries the bytes themselves: two characters each, and metadata has 4 KiB in all. */
export const inlineBytes = 512;
const digestBytes = 32;

/** Where a reader looks, in this order; all of it is optional and none of it is trusted. */
export interface Sources {
  /** Own cache: asked first, and given every block that came from elsewhere. */
  cache?: ContentStore;
  /** The event log: bytes of `Blobs` by their keccak256, undefined when there are none. */
  blob?: (digest: Hex, signal?: AbortSignal) => Promise<Uint8Array | undefined>;
  /** Bases of HTTP sources, asked after the URLs that the locator itself names. */
  gateways?: readonly string[];
}

/** What the chain says about a buffer. */
export interface Expected {
  /** Merkle root, leaves of 32 words. */
  root: Hex;
  words: number;
}

/** The bytes that were found do not have the Merkle root that the terms name. */
export class WrongRoot extends Error {
  override readonly name = 'WrongRoot';

  constructor(
    readonly expected: Hex,
    readonly actual: Hex,
  ) {
    super(`The data found has the root ${actual}, the task names ${expected}.`);
  }
}

/** The locator of a buffer, without storing anything: inline up to 512 bytes, else by CID. */
export async function locatorOf(words: Uint32Array, urls: readonly string[] = []): Promise<Locator> {
  return (await cut(words, urls)).locator;
}

/** Stores a buffer, in blocks of 1 MiB under an index block when it is larger, and resolves to its locator. */
export async function putWords(
  store: ContentStore,
  words: Uint32Array,
  options: { urls?: readonly string[]; signal?: AbortSignal } = {},
): Promise<Locator> {
  const { locator, blocks } = await cut(words, options.urls ?? []);
  await inLanes(blocks, (block) => store.put(block, options.signal));
  return locator;
}

/** A buffer's locator and the blocks that have to be stored for it: none when it is inline, an index block last. */
async function cut(
  words: Uint32Array,
  urls: readonly string[],
): Promise<{ locator: Locator; blocks: Uint8Array[] }> {
  const bytes = wordsToBytes(words);
  if (bytes.length <= inlineBytes) return { locator: { inline: bytesToHex(bytes) }, blocks: [] };
  const blocks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += blockBytes) {
    blocks.push(bytes.subarray(start, start + blockBytes));
  }
  if (blocks.length > 1) {
    const index = new Uint8Array(blocks.length * digestBytes);
    for (const [position, block] of blocks.entries()) index.set(await sha256(block), position * digestBytes);
    blocks.push(index);
  }
  const cid = await cidOf(blocks.at(-1) ?? bytes);
  return { locator: urls.length > 0 ? { cid, urls: [...urls] } : { cid }, blocks };
}

/**
 * The words that a locator names, proven by their Merkle root. Tries every source in turn; rejects with `ContentMissing`
 * when none has them, `WrongRoot` when the content is not what the chain says, or the signal's reason.
 */
export async function readLocator(
  locator: Locator,
  sources: Sources,
  expected: Expected,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const bytes = await bytesOf(locator, sources, expected.words * 4, signal);
  if (bytes.length !== expected.words * 4) {
    throw new Error(`The data found has ${bytes.length} bytes, the task names ${expected.words * 4}.`);
  }
  const root = await merkleRootOfLarge(bytes);
  if (root !== expected.root.toLowerCase()) throw new WrongRoot(expected.root, root);
  return bytesToWords(bytes);
}

async function bytesOf(
  locator: Locator,
  sources: Sources,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  if ('inline' in locator) return hexToBytes(locator.inline);
  if ('blob' in locator) return readBlob(locator.blob, sources, signal);
  const read = blockReader(locator.urls ?? [], sources, signal);
  if (length <= blockBytes) return read(locator.cid, length);
  const count = Math.ceil(length / blockBytes);
  const index = await read(locator.cid, count * digestBytes);
  const bytes = new Uint8Array(length);
  const positions = Array.from({ length: count }, (_, position) => position);
  await inLanes(positions, async (position) => {
    const start = position * blockBytes;
    const digest = index.subarray(position * digestBytes, (position + 1) * digestBytes);
    bytes.set(await read(cidOfDigest(digest), Math.min(blockBytes, length - start)), start);
  });
  return bytes;
}

async function readBlob(digest: Hex, sources: Sources, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = await sources.blob?.(digest, signal);
  if (!bytes) throw new ContentMissing(digest, ['the event log does not have it']);
  if (keccak256(bytes) !== digest.toLowerCase())
    throw new ContentMissing(digest, ['the event log gave other bytes']);
  return bytes;
}
