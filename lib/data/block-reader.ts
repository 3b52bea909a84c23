import { ContentMissing, type ContentStore } from './content-store.ts';
import { httpStore } from './http-store.ts';
import type { Sources } from './locate.ts';

/** URLs of a locator that are tried: it comes from a stranger. */
const mostUrls = 8;

/** A reader of blocks of a known length, each from the first source that has it: cache, `urls`, gateways. */
export function blockReader(urls: readonly string[], sources: Sources, signal?: AbortSignal) {
  const { cache } = sources;
  // A source that failed once goes to the end, so that a dead one does not hold up every block.
  let remote = [...new Set([...urls.slice(0, mostUrls), ...(sources.gateways ?? [])])];
  return async (cid: string, length: number): Promise<Uint8Array> => {
    const tried: string[] = [];
    const attempt = async (name: string, open: () => ContentStore): Promise<Uint8Array | undefined> => {
      try {
        const bytes = await open().get(cid, signal);
        if (bytes.length === length) return bytes;
        tried.push(`${name} has ${bytes.length} bytes instead of ${length}`);
      } catch (error) {
        signal?.throwIfAborted();
        tried.push(error instanceof ContentMissing ? error.reasons : `${name}: ${String(error)}`);
      }
      return undefined;
    };
    const own = cache && (await attempt('cache', () => cache));
    if (own) return own;
    for (const base of remote) {
      const bytes = await attempt(base, () => httpStore({ base }));
      if (bytes) {
        await cache?.put(bytes, signal);
        return bytes;
      }
      remote = [...remote.filter((other) => other !== base), base];
    }
    throw new ContentMissing(cid, tried);
  };
}
