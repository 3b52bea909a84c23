import { bytesToWords } from '@opengpu/sdk/protocol/words';
import { bytesToHex, type Hex, hexToBytes } from 'viem';
import { asGpuFailure, type GpuFailure } from '../gpu/failure.ts';
import { ComputeClient } from '../threads/compute-client.ts';

/** A map whose inputs are big-endian hex, for crossing from the test into the page. */
export interface PageJob {
  wgsl: string;
  inputs: Hex[];
  wordsPerElement: number;
  count: number;
  elementsPerShard: number;
  /** Abort once the first chunk is done. */
  abortEarly?: boolean;
}

/** What became of it. */
export interface PageOutcome {
  shards: { shard: number; root: Hex; bytes: Hex }[];
  chunks: number;
  failure?: GpuFailure;
}

declare global {
  interface Window {
    compute: { open(): Promise<string>; map(job: PageJob): Promise<PageOutcome>; chunks(): number };
  }
}

const client = new ComputeClient();
let chunks = 0;

window.compute = {
  open: () => client.open(),
  chunks: () => chunks,
  async map({ inputs, abortEarly, ...job }) {
    chunks = 0;
    const stop = new AbortController();
    const shards: PageOutcome['shards'] = [];
    try {
      await client.map(
        { ...job, inputs: inputs.map((input) => bytesToWords(hexToBytes(input))) },
        {
          onShard: ({ shard, root, bytes }) => shards.push({ shard, root, bytes: bytesToHex(bytes) }),
          onProgress() {
            chunks += 1;
            if (abortEarly) stop.abort();
          },
        },
        stop.signal,
      );
      return { shards, chunks };
    } catch (error) {
      return { shards, chunks, failure: asGpuFailure(error) };
    }
  },
};
