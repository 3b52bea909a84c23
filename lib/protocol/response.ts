import type { Address, Hex } from 'viem';

/** A provider's answer to one shard, exactly as the contract's struct. */
export interface Response {
  shard: number;
  provider: Address;
  /** Merkle root of the shard's output. */
  outputRoot: Hex;
  /** Opens the commitment. */
  salt: Hex;
  /** From the response's leaf to the committed root; empty when the leaf itself was committed. */
  path: readonly Hex[];
  /** The output's words, big-endian, at most 16 KiB; else '0x'. */
  output: Hex;
  /** UTF-8 JSON of a `Locator` for a larger output; '0x' when `output` is given. */
  locator: Hex;
}
