import type { MapJob } from '../compute.ts';
import { ChunkPacer } from './chunk-pacer.ts';
import { withErrorScopes } from './device.ts';
import type { PipelineCache } from './kernel-pipeline.ts';
import { KernelSession } from './kernel-session.ts';

/** Output words read back at once: small shards are computed together, so that a fast GPU is not kept waiting. */
const spanWords = 4 * 1024 * 1024;

/** What a map tells while it runs. */
export interface MapEvents {
  /** Words of one finished shard. */
  onShard(shard: number, words: Uint32Array): void;
  onChunk(done: number, elementsPerSecond: number): void;
}

/** Computes every element of a task in chunks of 50 to 80 ms. Throws `GpuError`, or the signal's reason between chunks. */
export async function runMap(
  device: GPUDevice,
  pipelines: PipelineCache,
  job: MapJob,
  events: MapEvents,
  signal: AbortSignal,
): Promise<void> {
  const kernel = await pipelines.get(job.wgsl, job.inputs.length);
  signal.throwIfAborted();
  const shardWords = job.elementsPerShard * job.wordsPerElement;
  const spanElements = Math.min(
    job.count,
    job.elementsPerShard * Math.max(1, Math.floor(spanWords / shardWords)),
  );
  const pacer = new ChunkPacer(kernel.workgroupSize, spanElements);
  let busyMilliseconds = 0;
  await withErrorScopes(device, async () => {
    const session = new KernelSession(device, kernel, job, spanElements);
    try {
      for (let base = 0; base < job.count; base += spanElements) {
        const end = Math.min(job.count, base + spanElements);
        for (let first = base; first < end; ) {
          signal.throwIfAborted();
          const next = Math.min(end, first + pacer.elements);
          const started = performance.now();
          await session.dispatch(first, next, base);
          const took = performance.now() - started;
          busyMilliseconds += took;
          pacer.took(next - first, took);
          first = next;
          events.onChunk(first, (first / busyMilliseconds) * 1_000);
        }
        const words = await session.read(end - base);
        for (let start = base; start < end; start += job.elementsPerShard) {
          const stop = Math.min(end, start + job.elementsPerShard);
          const part = words.slice((start - base) * job.wordsPerElement, (stop - base) * job.wordsPerElement);
          events.onShard(start / job.elementsPerShard, part);
        }
      }
    } finally {
      session.destroy();
    }
  });
}
