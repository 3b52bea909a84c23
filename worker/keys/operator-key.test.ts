import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { privateKeyToAddress } from 'viem/accounts';
import { expect, test } from 'vitest';
import { rival, us } from '../machine/sample-record.ts';
import { ensureOperatorKey, operatorAddress, unwrapOperatorKey } from './operator-key.ts';

test('a provider has one key, however often and however written it is asked for', async () => {
  expect(await operatorAddress(us)).toBeUndefined();
  expect(await unwrapOperatorKey(us)).toBeUndefined();
  const made = await Promise.all([ensureOperatorKey(us), ensureOperatorKey(us)]);
  expect(new Set([...made, await ensureOperatorKey(us), await operatorAddress(us)]).size).toBe(1);
  const lower = us.toLowerCase() as typeof us;
  expect(await operatorAddress(lower)).toBe(made[0]);
  expect(privateKeyToAddress((await unwrapOperatorKey(us)) ?? '0x')).toBe(made[0]);
});

test('what is stored neither is the key nor gives up what wraps it', async () => {
  await ensureOperatorKey(us);
  const db = await openDB('opengpu-keys', 1);
  const kept = await db.get('keys', us);
  expect(kept.wrappingKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', kept.wrappingKey)).rejects.toThrow();
  const key = await unwrapOperatorKey(us);
  expect(Buffer.from(kept.wrapped).toString('hex')).not.toContain(key?.slice(2));

  // Moved to another provider's place, it does not open.
  await db.put('keys', { ...kept, provider: rival });
  await expect(unwrapOperatorKey(rival)).rejects.toThrow();
  db.close();
});
