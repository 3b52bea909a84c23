import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type Address, bytesToHex, getAddress, type Hex, hexToBytes } from 'viem';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';

/** A private key at rest: only this browser profile can unwrap it, and its wrapping key cannot be read out. */
interface WrappedKey {
  provider: Address;
  operator: Address;
  wrappingKey: CryptoKey;
  nonce: Uint8Array<ArrayBuffer>;
  wrapped: ArrayBuffer;
}

interface Schema extends DBSchema {
  keys: { key: Address; value: WrappedKey };
}

/** Makes an operator key for a provider in this browser, unless there is one; resolves to its address. */
export async function ensureOperatorKey(provider: Address): Promise<Address> {
  const known = await operatorAddress(provider);
  if (known) return known;
  const key = generatePrivateKey();
  const operator = privateKeyToAddress(key);
  const wrappingKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const wrapped = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: label(provider) },
    wrappingKey,
    new Uint8Array(hexToBytes(key)),
  );
  return await withKeys(async (db) => {
    const tx = db.transaction('keys', 'readwrite', { durability: 'strict' });
    // Another tab may have been faster: the first key stays, it may be registered already.
    const first = await tx.store.get(getAddress(provider));
    if (!first) await tx.store.put({ provider: getAddress(provider), operator, wrappingKey, nonce, wrapped });
    await tx.done;
    return first?.operator ?? operator;
  });
}

/** The operator that this browser holds for a provider, if it holds one. */
export async function operatorAddress(provider: Address): Promise<Address | undefined> {
  return await withKeys(async (db) => (await db.get('keys', getAddress(provider)))?.operator);
}

/** The operator's private key, for the signer thread only. */
export async function unwrapOperatorKey(provider: Address): Promise<Hex | undefined> {
  const kept = await withKeys((db) => db.get('keys', getAddress(provider)));
  if (!kept) return undefined;
  const key = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: kept.nonce, additionalData: label(provider) },
    kept.wrappingKey,
    kept.wrapped,
  );
  return bytesToHex(new Uint8Array(key));
}

async function withKeys<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const db = await openDB<Schema>('opengpu-keys', 1, {
    upgrade(database) {
      database.createObjectStore('keys', { keyPath: 'provider' });
    },
  });
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** A wrapped key that was moved to another provider's place does not open. */
function label(provider: Address): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(getAddress(provider));
}
