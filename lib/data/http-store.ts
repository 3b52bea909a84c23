import { cidOf, digestOfCid, matchesDigest } from './cid.ts';
import { blockBytes, ContentMissing, type ContentStore } from './content-store.ts';
import { readCapped } from './read-capped.ts';

/** Where a store listens and how long to wait for it. */
export interface HttpStoreOptions {
  /** http(s) URL, without `/ipfs/…`; a path is kept. */
  base: string;
  /** For one whole transfer; default 30,000. */
  timeoutMilliseconds?: number;
}

/**
 * A content store over HTTP: reads like an IPFS trustless gateway (`GET <base>/ipfs/<cid>?format=raw`), writes to
 * `PUT <base>/api/blocks`. A block is read up to 1 MiB and checked against its digest. Throws when `base` is no http(s) URL.
 */
export function httpStore({ base, timeoutMilliseconds = 30_000 }: HttpStoreOptions): ContentStore {
  const root = new URL(base);
  if (root.protocol !== 'http:' && root.protocol !== 'https:')
    throw new Error(`${base} is no http or https URL.`);
  const prefix = `${root.origin}${root.pathname.replace(/\/+$/, '')}`;
  const limits = (signal: AbortSignal | undefined): RequestInit => ({
    signal: AbortSignal.any([AbortSignal.timeout(timeoutMilliseconds), ...(signal ? [signal] : [])]),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  });
  return {
    async put(bytes, signal) {
      if (bytes.length > blockBytes)
        throw new Error(`A block has at most ${blockBytes} bytes; ${bytes.length} given.`);
      const cid = await cidOf(bytes);
      const response = await fetch(`${prefix}/api/blocks`, {
        ...limits(signal),
        method: 'PUT',
        headers: { 'content-type': 'application/vnd.ipld.raw' },
        body: bytes.slice(),
      });
      const answer = new TextDecoder().decode(await readCapped(response.body, 4096));
      if (!response.ok) throw new Error(`${prefix} does not store the block: ${answer || response.status}`);
      return cid;
    },
    async get(cid, signal) {
      const digest = digestOfCid(cid);
      try {
        const response = await fetch(`${prefix}/ipfs/${cid}?format=raw`, {
          ...limits(signal),
          headers: { accept: 'application/vnd.ipld.raw' },
        });
        if (!response.ok) {
          await response.body?.cancel();
          throw new Error(`answered ${response.status}`);
        }
        const bytes = await readCapped(response.body, blockBytes);
        if (!(await matchesDigest(bytes, digest))) throw new Error('sent other bytes');
        return bytes;
      } catch (error) {
        signal?.throwIfAborted();
        throw new ContentMissing(cid, [
          `${prefix} ${error instanceof Error ? error.message : String(error)}`,
        ]);
      }
    },
  };
}
