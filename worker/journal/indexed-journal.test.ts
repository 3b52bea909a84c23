import 'fake-indexeddb/auto';
import { pad, zeroAddress, zeroHash } from 'viem';
import { expect, test } from 'vitest';
import { sampleRecord, us } from '../machine/sample-record.ts';
import { openJournal } from './indexed-journal.ts';
import type { JournalEntry } from './journal.ts';

const { task, work } = sampleRecord('manualConfirmation');

function entry(number: number): JournalEntry {
  return {
    taskId: pad(`0x0${number}`),
    model: 'manualConfirmation',
    task,
    work,
    metadata: { name: `task ${number}`, result: { kind: 'words' }, inputs: [] },
    askWei: 3n,
    shards: [{ shard: 0, root: zeroHash, salt: zeroHash }],
    commitment: zeroHash,
    preview: '0x',
    startedAtSeconds: 100 - number,
  };
}

let next = 1;
/** A journal that no other test has used. */
const fresh = () => ({ chainId: next++, market: zeroAddress, provider: us });

test('what was put is there when the journal is opened again, oldest first', async () => {
  const name = fresh();
  const before = await openJournal(name);
  await before.putOutput(entry(1).taskId, 0, new Uint8Array([1, 2, 3]));
  await before.putEntry(entry(1));
  await before.putEntry(entry(2));
  await before.putSpeed('gpu', 7);
  before.close();
  const after = await openJournal(name);
  expect(await after.entries()).toEqual([entry(2), entry(1)]);
  expect(await after.output(entry(1).taskId, 0)).toEqual(new Uint8Array([1, 2, 3]));
  expect(await after.speed('gpu')).toBe(7);
  after.close();
});

test("forgetting a task drops its outputs and nobody else's", async () => {
  const journal = await openJournal(fresh());
  for (const number of [1, 2, 3]) {
    await journal.putEntry(entry(number));
    for (const shard of [0, 1, 70_000])
      await journal.putOutput(entry(number).taskId, shard, new Uint8Array([number]));
  }
  await journal.forget(entry(2).taskId);
  expect((await journal.entries()).map(({ metadata }) => metadata.name)).toEqual(['task 3', 'task 1']);
  for (const shard of [0, 1, 70_000]) {
    expect(await journal.output(entry(2).taskId, shard)).toBeUndefined();
    expect(await journal.output(entry(1).taskId, shard)).toEqual(new Uint8Array([1]));
    expect(await journal.output(entry(3).taskId, shard)).toEqual(new Uint8Array([3]));
  }
  journal.close();
});

test('outputs without an entry are swept away', async () => {
  const journal = await openJournal(fresh());
  await journal.putEntry(entry(1));
  for (const number of [1, 2]) await journal.putOutput(entry(number).taskId, 0, new Uint8Array([number]));
  await journal.sweep();
  expect(await journal.output(entry(1).taskId, 0)).toEqual(new Uint8Array([1]));
  expect(await journal.output(entry(2).taskId, 0)).toBeUndefined();
  journal.close();
});

test('another market or provider has another journal; what is unknown is empty', async () => {
  const name = fresh();
  const journal = await openJournal(name);
  await journal.putEntry(entry(1));
  const other = await openJournal({ ...name, provider: zeroAddress });
  expect(await other.entries()).toEqual([]);
  expect(await other.output(entry(1).taskId, 0)).toBeUndefined();
  expect(await other.speed('gpu')).toBe(0);
  journal.close();
  other.close();
});
