import { BaseError, HttpRequestError, LimitExceededRpcError, RpcRequestError, TimeoutError } from 'viem';

const firstSpan = 10_000n;
const mostSpan = 100_000n;

/** How many blocks to ask for at once: half as many after a node found it too much, more again while it goes well. */
export class BlockSpan {
  #blocks = firstSpan;

  get blocks(): bigint {
    return this.#blocks;
  }

  grow(): void {
    this.#blocks = this.#blocks * 2n > mostSpan ? mostSpan : this.#blocks * 2n;
  }

  /** False when there is nothing left to halve. */
  shrink(): boolean {
    if (this.#blocks === 1n) return false;
    this.#blocks /= 2n;
    return true;
  }
}

/**
 * Whether a node refused a range of blocks rather than failed: it answered with an error, timed out over the work, or
 * its gateway found the answer too large. Nodes word their limits differently, so any answered error counts.
 */
export function isRangeRefused(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false;
  const cause = error.walk(
    (one) =>
      one instanceof RpcRequestError ||
      one instanceof LimitExceededRpcError ||
      one instanceof TimeoutError ||
      (one instanceof HttpRequestError && (one.status === 400 || one.status === 413)),
  );
  return cause !== null;
}
