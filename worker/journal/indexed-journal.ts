import { type DBSchema, openDB } from 'idb';
import type { Address, Hex } from 'viem';
import type { Journal, JournalEntry } from './journal.ts';

interface Schema extends DBSchema {
  entries: { key: Hex; value: JournalEntry };
  outputs: { key: [Hex, number]; value: Uint8Array };
  speeds: { key: string; value: number };
}

/** Which journal: one for each market and provider, so that a new deployment starts with an empty one. */
export interface JournalName {
  chainId: number;
  market: Address;
  provider: Address;
}

/** Opens the journal in this origin's IndexedDB. Writes are flushed to the disk before they resolve. */
export async function openJournal({ chainId, market, provider }: JournalName): Promise<Journal> {
  const name = `opengpu-journal-${chainId}-${market.toLowerCase()}-${provider.toLowerCase()}`;
  const db = await openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('entries', { keyPath: 'taskId' });
      database.createObjectStore('outputs');
      database.createObjectStore('speeds');
    },
  });
  const strict = { durability: 'strict' } as const;
  return {
    async entries() {
      const entries = await db.getAll('entries');
      return entries.sort((one, other) => one.startedAtSeconds - other.startedAtSeconds);
    },
    async putOutput(taskId, shard, bytes) {
      const tx = db.transaction('outputs', 'readwrite', strict);
      await Promise.all([tx.store.put(bytes, [taskId, shard]), tx.done]);
    },
    output: (taskId, shard) => db.get('outputs', [taskId, shard]),
    async putEntry(entry) {
      const tx = db.transaction('entries', 'readwrite', strict);
      await Promise.all([tx.store.put(entry), tx.done]);
    },
    async sweep() {
      const tx = db.transaction(['entries', 'outputs'], 'readwrite');
      const known = new Set(await tx.objectStore('entries').getAllKeys());
      const outputs = tx.objectStore('outputs');
      for (const key of await outputs.getAllKeys()) if (!known.has(key[0])) await outputs.delete(key);
      await tx.done;
    },
    async forget(taskId) {
      const tx = db.transaction(['entries', 'outputs'], 'readwrite', strict);
      const everyShard = IDBKeyRange.bound([taskId, 0], [taskId, Number.POSITIVE_INFINITY]);
      await Promise.all([
        tx.objectStore('entries').delete(taskId),
        tx.objectStore('outputs').delete(everyShard),
        tx.done,
      ]);
    },
    async speed(key) {
      return (await db.get('speeds', key)) ?? 0;
    },
    async putSpeed(key, elementsPerSecond) {
      await db.put('speeds', elementsPerSecond, key);
    },
    close: () => db.close(),
  };
}
