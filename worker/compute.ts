import type { Hex } from 'viem';

/** A kernel ready for the GPU: what really runs (never the client's own text) and its inputs, words. */
export interface KernelRun {
  wgsl: string;
  inputs: readonly Uint32Array[];
  wordsPerElement: number;
}

/** Every element of a task, shard by shard. */
export interface MapJob extends KernelRun {
  count: number;
  elementsPerShard: number;
}

/** Ranges of ids, until one element's first word is 1. */
export interface SearchJob extends KernelRun {
  /** First id to try, 0 to 2^32 − 1; goes on in a circle. */
  firstId: number;
}

/** One computed shard: its Merkle root and its words, big-endian. */
export interface ShardOutput {
  shard: number;
  root: Hex;
  bytes: Uint8Array;
}

/** What a search found. */
export interface SearchHit {
  id: number;
  root: Hex;
  bytes: Uint8Array;
}

/** News from a map in progress. */
export interface MapListener {
  onShard(output: ShardOutput): void;
  /** Elements done so far and the speed measured, elements a second. */
  onProgress(done: number, elementsPerSecond: number): void;
}

/** Where jobs are computed, one at a time: a thread with a GPU, or a test's own. Failures are `GpuError`. */
export interface Compute {
  /** Opens the device and names it. Throws `GpuError` (noGpu). */
  open(): Promise<string>;
  map(job: MapJob, listener: MapListener, signal: AbortSignal): Promise<void>;
  /** `onProgress` tells elements tried so far. Ends by a hit or by the signal. */
  search(
    job: SearchJob,
    onProgress: (tried: number, elementsPerSecond: number) => void,
    signal: AbortSignal,
  ): Promise<SearchHit>;
  close(): Promise<void>;
}
