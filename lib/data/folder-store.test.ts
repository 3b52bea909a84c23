import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cidOf } from './cid.ts';
import { blockBytes, ContentMissing } from './content-store.ts';
import { folderStore, StoreFull } from './folder-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opengpu-blocks-'));
});
afterEach(() => rm(folder, { recursive: true }));

const block = (seed: number, length = 100) => new Uint8Array(length).fill(seed);

test('keeps blocks under their CIDs and nothing beside them', async () => {
  const store = folderStore({ folder: join(folder, 'new'), quotaBytes: 1000 });
  const cid = await store.put(block(1));
  expect(await store.get(cid)).toEqual(block(1));
  await Promise.all([store.put(block(2)), store.put(block(2)), store.put(block(1))]);
  expect((await readdir(join(folder, 'new'))).sort()).toEqual([cid, await cidOf(block(2))].sort());
});

test('the quota counts what an earlier run left and blocks on their way', async () => {
  await folderStore({ folder, quotaBytes: 250 }).put(block(1));
  const store = folderStore({ folder, quotaBytes: 250 });
  const results = await Promise.allSettled([store.put(block(2)), store.put(block(3)), store.put(block(1))]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  await expect(store.put(block(4))).rejects.toBeInstanceOf(StoreFull);
  expect(await store.put(block(1))).toBe(await cidOf(block(1)));
  expect(await readdir(folder)).toHaveLength(2);
});

test('damage on the disk is found, strange names never reach it', async () => {
  const store = folderStore({ folder, quotaBytes: 1000 });
  const cid = await store.put(block(1));
  await writeFile(join(folder, cid), block(9));
  await expect(store.get(cid)).rejects.toThrow('damaged');
  await expect(store.get(await cidOf(block(5)))).rejects.toBeInstanceOf(ContentMissing);
  await expect(store.get('../secret')).rejects.toThrow('is no CID');
  await expect(store.put(new Uint8Array(blockBytes + 1))).rejects.toThrow('at most 1048576');
});
