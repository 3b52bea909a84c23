import type { Hex } from 'viem';
import type { MapJob, SearchJob } from '../compute.ts';
import type { GpuFailure } from '../gpu/failure.ts';

/** To the compute thread. One job at a time; `job` numbers it. */
export type ToCompute =
  | { kind: 'open' }
  | { kind: 'map'; job: number; map: MapJob }
  | { kind: 'search'; job: number; search: SearchJob }
  | { kind: 'abort'; job: number };

/** From the compute thread. Every message is also its heartbeat. */
export type FromCompute =
  | { kind: 'opened'; adapter: string }
  | { kind: 'failed'; job: number; failure: GpuFailure }
  | { kind: 'progress'; job: number; done: number; elementsPerSecond: number }
  | { kind: 'shard'; job: number; shard: number; root: Hex; bytes: Uint8Array }
  | { kind: 'found'; job: number; id: number; root: Hex; bytes: Uint8Array }
  | { kind: 'mapped'; job: number };

/** To the hash thread: words to be turned into big-endian bytes and their Merkle root. */
export interface ToHash {
  ticket: number;
  words: Uint32Array;
}

/** From the hash thread. `error` is set instead of a result when hashing failed. */
export interface FromHash {
  ticket: number;
  root: Hex;
  bytes: Uint8Array;
  error?: string;
}
