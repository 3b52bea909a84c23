import type { SearchJob } from '../compute.ts';
import { ChunkPacer } from './chunk-pacer.ts';
import { withErrorScopes } from './device.ts';
import type { PipelineCache } from './kernel-pipeline.ts';
import { KernelSession } from './kernel-session.ts';

/** Output of one range at most, words: every element of it is read back. */
const rangeWords = 4 * 1024 * 1024;
const idSpace = 2 ** 32;

/** Tries range after range from `firstId` on until an element's first word is 1; returns that id and its words. */
export async function runSearch(
  device: GPUDevice,
  pipelines: PipelineCache,
  job: SearchJob,
  onChunk: (tried: number, elementsPerSecond: number) => void,
  signal: AbortSignal,
): Promise<{ id: number; words: Uint32Array }> {
  const kernel = await pipelines.get(job.wgsl, job.inputs.length);
  signal.throwIfAborted();
  const capacity = Math.floor(rangeWords / job.wordsPerElement);
  const pacer = new ChunkPacer(kernel.workgroupSize, capacity, kernel.workgroupSize);
  let busyMilliseconds = 0;
  let tried = 0;
  return await withErrorScopes(device, async () => {
    const session = new KernelSession(device, kernel, job, capacity);
    try {
      for (let first = job.firstId % idSpace; ; ) {
        signal.throwIfAborted();
        // An id has 32 bits: a range ends where they do, and the next one starts at zero.
        const end = Math.min(first + pacer.elements, idSpace - 1);
        const started = performance.now();
        await session.dispatch(first, end, first);
        const words = await session.read(end - first);
        const took = performance.now() - started;
        busyMilliseconds += took;
        pacer.took(end - first, took);
        tried += end - first;
        onChunk(tried, (tried / busyMilliseconds) * 1_000);
        for (let index = 0; index < words.length; index += job.wordsPerElement) {
          if (words[index] === 1) {
            const id = first + index / job.wordsPerElement;
            return { id, words: words.slice(index, index + job.wordsPerElement) };
          }
        }
        first = end >= idSpace - 1 ? 0 : end;
      }
    } finally {
      session.destroy();
    }
  });
}
