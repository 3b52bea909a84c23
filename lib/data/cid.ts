import { CID } from 'multiformats/cid';
import { create } from 'multiformats/hashes/digest';

const rawCode = 0x55;
const sha256Code = 0x12;

/** sha2-256 of `bytes` (32 bytes), by WebCrypto. */
export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  // A copy where the bytes lie in shared memory: WebCrypto takes none of that.
  const own = bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice();
  return new Uint8Array(await crypto.subtle.digest('SHA-256', own as Uint8Array<ArrayBuffer>));
}

/** The CIDv1 (raw, base32) of a sha2-256 digest of 32 bytes. */
export function cidOfDigest(digest: Uint8Array): string {
  return CID.createV1(rawCode, create(sha256Code, digest)).toString();
}

/** The CIDv1 (raw, sha2-256, base32) of `bytes`. */
export async function cidOf(bytes: Uint8Array): Promise<string> {
  return cidOfDigest(await sha256(bytes));
}

/** The 32 digest bytes of a CID. Throws an `Error` for anything but a version 1 raw sha2-256 CID. */
export function digestOfCid(cid: string): Uint8Array {
  if (cid.length > 128) throw new Error('A CID has at most 128 characters.');
  let parsed: CID;
  try {
    parsed = CID.parse(cid);
  } catch {
    throw new Error(`"${cid}" is no CID.`);
  }
  const { version, code, multihash } = parsed;
  if (version !== 1 || code !== rawCode || multihash.code !== sha256Code || multihash.digest.length !== 32) {
    throw new Error(`${cid} is not a version 1 raw CID with sha2-256.`);
  }
  return multihash.digest;
}

/** True when the sha2-256 of `bytes` is `digest`. */
export async function matchesDigest(bytes: Uint8Array, digest: Uint8Array): Promise<boolean> {
  const actual = await sha256(bytes);
  return digest.length === actual.length && actual.every((byte, index) => byte === digest[index]);
}
