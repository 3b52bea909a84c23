import { cidOf } from './cid.ts';
import { ContentMissing, type ContentStore } from './content-store.ts';

/** A content store in memory, a cache: past `limitBytes` (default 128 MiB) it forgets what was used longest ago. */
export function memoryStore(limitBytes = 128 << 20): ContentStore {
  const blocks = new Map<string, Uint8Array>();
  let total = 0;
  const keep = (cid: string, bytes: Uint8Array) => {
    blocks.set(cid, bytes);
    total += bytes.length;
    for (const [oldest, { length }] of blocks) {
      if (total <= limitBytes) break;
      blocks.delete(oldest);
      total -= length;
    }
  };
  const take = (cid: string) => {
    const bytes = blocks.get(cid);
    if (bytes) {
      blocks.delete(cid);
      total -= bytes.length;
    }
    return bytes;
  };
  return {
    async put(bytes) {
      const cid = await cidOf(bytes);
      take(cid);
      keep(cid, bytes.slice());
      return cid;
    },
    async get(cid) {
      const bytes = take(cid);
      if (!bytes) throw new ContentMissing(cid, ['not in memory']);
      keep(cid, bytes);
      return bytes.slice();
    },
  };
}
