import { bytesToHex, keccak256 } from 'viem';
import { afterEach, describe, expect, test } from 'vitest';
import { merkleRootOfLarge } from '../protocol/merkle.ts';
import { bytesToWords, wordsToBytes } from '../protocol/words.ts';
import { blockServer } from './block-server.ts';
import { cidOf } from './cid.ts';
import { blockBytes, ContentMissing, type ContentStore } from './content-store.ts';
import { inlineBytes, locatorOf, putWords, readLocator, WrongRoot } from './locate.ts';
import { memoryStore } from './memory-store.ts';

const servers: { close: () => Promise<void> }[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const numbers = (length: number) =>
  Uint32Array.from({ length }, (_, index) => Math.imul(index, 0x9e3779b1) >>> 0);
const expectedOf = async (words: Uint32Array) => ({
  root: await merkleRootOfLarge(wordsToBytes(words)),
  words: words.length,
});
/** Compares megabytes at once; `toEqual` would walk them word by word. */
const same = (a: Uint32Array, b: Uint32Array) => Buffer.from(wordsToBytes(a)).equals(wordsToBytes(b));

/** Serves a store's blocks over HTTP. */
async function gateway(store: ContentStore) {
  const server = await blockServer((request, response) => {
    const cid = /^\/ipfs\/(\w+)\?format=raw$/.exec(request.url ?? '')?.[1] ?? '';
    store.get(cid).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  servers.push(server);
  return server;
}

describe('where words go', () => {
  test('small buffers ride in the locator', async () => {
    const words = numbers(inlineBytes / 4);
    const store = memoryStore();
    const locator = await putWords(store, words);
    expect(locator).toEqual({ inline: bytesToHex(wordsToBytes(words)) });
    expect(same(await readLocator(locator, {}, await expectedOf(words)), words)).toBe(true);
  });

  test('up to 1 MiB is one block, the bytes themselves', { timeout: 30_000 }, async () => {
    const words = numbers(blockBytes / 4);
    const store = memoryStore();
    const locator = await putWords(store, words, { urls: ['http://127.0.0.1:1'] });
    const cid = await cidOf(wordsToBytes(words));
    expect(locator).toEqual({ cid, urls: ['http://127.0.0.1:1'] });
    expect(await locatorOf(words, ['http://127.0.0.1:1'])).toEqual(locator);
    expect(same(await readLocator(locator, { cache: store }, await expectedOf(words)), words)).toBe(true);
  });

  test('one word more is an index block of digests', { timeout: 30_000 }, async () => {
    const words = numbers(blockBytes / 4 + 1);
    const store = memoryStore();
    const locator = await putWords(store, words);
    const index = await store.get('cid' in locator ? locator.cid : '');
    expect(index).toHaveLength(64);
    expect(same(await readLocator(locator, { cache: store }, await expectedOf(words)), words)).toBe(true);
  });
});

describe('sources', () => {
  test('are asked in turn: cache, locator, gateways; what is found is cached', {
    timeout: 30_000,
  }, async () => {
    const words = numbers(2 * (blockBytes / 4) + 5);
    const full = memoryStore();
    const locator = await putWords(full, words);
    const [empty, good] = [await gateway(memoryStore()), await gateway(full)];
    const cache = memoryStore();
    const sources = { cache, gateways: [good.base] };
    const read = { ...locator, urls: [empty.base] };
    expect(same(await readLocator(read, sources, await expectedOf(words)), words)).toBe(true);
    expect(good.requests).toHaveLength(4);
    // The first miss moves the empty source behind; blocks already asked for may still try it.
    expect(empty.requests.length).toBeLessThan(4);
    expect(same(await readLocator(read, { cache }, await expectedOf(words)), words)).toBe(true);
    expect(good.requests).toHaveLength(4);
  });

  test('none that has it: the error names each', async () => {
    const words = numbers(1000);
    const { base } = await gateway(memoryStore());
    const error = await readLocator(
      await locatorOf(words),
      { cache: memoryStore(), gateways: [base] },
      await expectedOf(words),
    ).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ContentMissing);
    expect(String(error)).toContain('not in memory');
    expect(String(error)).toContain(`${base} answered 404`);
  });

  test('blobs come from the event log and are hashed', async () => {
    const words = numbers(2000);
    const bytes = wordsToBytes(words);
    const digest = keccak256(bytes);
    expect(await readLocator({ blob: digest }, { blob: async () => bytes }, await expectedOf(words))).toEqual(
      words,
    );
    const lies = { blob: async () => bytes.slice(4) };
    await expect(readLocator({ blob: digest }, lies, await expectedOf(words))).rejects.toThrow(
      'gave other bytes',
    );
    const nothing = { blob: async () => undefined };
    await expect(readLocator({ blob: digest }, nothing, await expectedOf(words))).rejects.toThrow(
      'does not have it',
    );
  });
});

describe('strangers', () => {
  test('content with another root than the task names is refused', async () => {
    const words = numbers(300);
    const other = Uint32Array.from(words, (word, index) => (index === 299 ? word ^ 1 : word));
    const store = memoryStore();
    const locator = await putWords(store, other);
    await expect(readLocator(locator, { cache: store }, await expectedOf(words))).rejects.toBeInstanceOf(
      WrongRoot,
    );
  });

  test('another length than the task names is never read', async () => {
    const words = numbers(300);
    const store = memoryStore();
    const locator = await putWords(store, words);
    const longer = { ...(await expectedOf(words)), words: 301 };
    await expect(readLocator(locator, { cache: store }, longer)).rejects.toThrow(
      'has 1200 bytes instead of 1204',
    );
    const inline = { inline: bytesToHex(wordsToBytes(words)) };
    await expect(readLocator(inline, {}, longer)).rejects.toThrow('has 1200 bytes, the task names 1204');
  });

  test('an index that lies about its blocks is refused', async () => {
    const words = numbers(blockBytes / 4 + 1);
    const store = memoryStore();
    await putWords(store, words);
    const fake = await store.put(new Uint8Array(64).fill(7));
    await expect(
      readLocator({ cid: fake }, { cache: store }, await expectedOf(words)),
    ).rejects.toBeInstanceOf(ContentMissing);
  });

  test('a locator with a text that is no CID and a URL that is none', async () => {
    const locator = { cid: 'not-a-cid', urls: ['javascript:alert(1)'] };
    const error = await readLocator(locator, {}, await expectedOf(numbers(300))).catch(
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(ContentMissing);
    expect(String(error)).toContain('no http or https URL');
  });

  test('an abort ends the reading', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    const words = numbers(300);
    const read = readLocator(
      await locatorOf(words),
      { cache: memoryStore() },
      await expectedOf(words),
      controller.signal,
    );
    await expect(read).rejects.toThrow('stopped');
  });
});

test('the cache forgets what was used longest ago', async () => {
  const store = memoryStore(250);
  const [one, two, three] = [1, 2, 3].map((seed) => new Uint8Array(100).fill(seed));
  const cids = [await store.put(one ?? new Uint8Array()), await store.put(two ?? new Uint8Array())];
  await store.get(cids[0] ?? '');
  await store.put(three ?? new Uint8Array());
  expect(await store.get(cids[0] ?? '')).toEqual(one);
  await expect(store.get(cids[1] ?? '')).rejects.toBeInstanceOf(ContentMissing);
  expect(bytesToWords(await store.get(cids[0] ?? ''))).toHaveLength(25);
});
