import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cidOf, cidOfDigest, digestOfCid, matchesDigest } from './cid.ts';
import { blockBytes, ContentMissing, type ContentStore } from './content-store.ts';

/** The folder has reached its quota; nothing was stored. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull';

  constructor(readonly quotaBytes: number) {
    super(`The block store is full: it may hold ${Math.floor(quotaBytes / 2 ** 20)} MiB.`);
  }
}

/**
 * A content store in a folder (Node only): one file a block, named by its CID, written beside and renamed, so that a
 * block is there in whole or not at all. `put` rejects with `StoreFull` past the quota; blocks already there cost nothing.
 */
export function folderStore({ folder, quotaBytes }: { folder: string; quotaBytes: number }): ContentStore {
  let total: Promise<{ bytes: number }> | undefined;
  const usage = () => {
    total ??= sizeOf(folder).then((bytes) => ({ bytes }));
    return total;
  };
  const writing = new Map<string, Promise<void>>();

  const write = async (cid: string, bytes: Uint8Array) => {
    if ((await sizeOfFile(join(folder, cid))) === bytes.length) return;
    const used = await usage();
    if (used.bytes + bytes.length > quotaBytes) throw new StoreFull(quotaBytes);
    used.bytes += bytes.length;
    const partial = join(folder, `${randomUUID()}.part`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(partial, bytes, { flag: 'wx' });
      await rename(partial, join(folder, cid));
    } catch (error) {
      used.bytes -= bytes.length;
      await rm(partial, { force: true });
      throw error;
    }
  };

  return {
    async put(bytes) {
      if (bytes.length > blockBytes)
        throw new Error(`A block has at most ${blockBytes} bytes; ${bytes.length} given.`);
      const cid = await cidOf(bytes);
      let written = writing.get(cid);
      if (!written) {
        written = write(cid, bytes).finally(() => writing.delete(cid));
        writing.set(cid, written);
      }
      await written;
      return cid;
    },
    async get(cid) {
      const digest = digestOfCid(cid);
      const bytes = await readFile(join(folder, cidOfDigest(digest))).catch(() => undefined);
      if (!bytes) throw new ContentMissing(cid, ['not in the folder']);
      if (!(await matchesDigest(bytes, digest))) throw new ContentMissing(cid, ['its file is damaged']);
      return new Uint8Array(bytes);
    },
  };
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map((name) => sizeOfFile(join(folder, name))));
  return sizes.reduce((total: number, size) => total + (size ?? 0), 0);
}

async function sizeOfFile(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
