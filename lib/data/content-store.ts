/** Most bytes of one block. Longer data is cut into blocks of exactly this size, the last one shorter. */
export const blockBytes = 1 << 20;

/** Bytes by their digest: nothing that a store answers has to be believed, readers check the digest. */
export interface ContentStore {
  /** Stores at most 1 MiB; resolves to the raw CID (sha2-256, base32). Idempotent. */
  put(bytes: Uint8Array, signal?: AbortSignal): Promise<string>;
  /** Bytes whose sha2-256 is the CID's. Rejects with `ContentMissing` when they cannot be had. */
  get(cid: string, signal?: AbortSignal): Promise<Uint8Array>;
}

/** The bytes of a CID could not be had; the message says where it was tried and what happened. */
export class ContentMissing extends Error {
  override readonly name = 'ContentMissing';
  readonly cid: string;
  /** What happened at each source, one after another. */
  readonly reasons: string;

  constructor(cid: string, tried: readonly string[]) {
    const reasons = tried.length > 0 ? tried.join('; ') : 'no source is known';
    super(`${cid} could not be fetched: ${reasons}.`);
    this.cid = cid;
    this.reasons = reasons;
  }
}
