import type { Hex } from 'viem';
import type { FromHash, ToHash } from './compute-messages.ts';

/** A buffer as the chain sees it. */
export interface HashedWords {
  root: Hex;
  bytes: Uint8Array;
}

/** Hashes on a thread of its own, so that the GPU goes on meanwhile. */
export class HashClient {
  readonly #thread = new Worker(new URL('./hash-thread.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, { resolve(hashed: HashedWords): void; reject(error: Error): void }>();
  #next = 0;

  constructor() {
    this.#thread.onmessage = ({ data }: MessageEvent<FromHash>) => {
      const waiting = this.#waiting.get(data.ticket);
      this.#waiting.delete(data.ticket);
      if (data.error) waiting?.reject(new Error(data.error));
      else waiting?.resolve({ root: data.root, bytes: data.bytes });
    };
    this.#thread.onerror = (event) => {
      for (const waiting of this.#waiting.values())
        waiting.reject(new Error(`Hashing stopped: ${event.message}`));
      this.#waiting.clear();
    };
  }

  /** Root and big-endian bytes of `words`, which move to the other thread. */
  hash(words: Uint32Array): Promise<HashedWords> {
    const ticket = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ticket, { resolve, reject });
      this.#thread.postMessage({ ticket, words } satisfies ToHash, [words.buffer]);
    });
  }
}
