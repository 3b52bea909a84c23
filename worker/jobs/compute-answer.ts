import { readLocator, type Sources } from '@opengpu/sdk/data/locate';
import { misfit } from '@opengpu/sdk/kernels/misfit';
import { runnable } from '@opengpu/sdk/kernels/runnable';
import type { Address } from 'viem';
import type { Compute, ShardOutput } from '../compute.ts';
import { GpuError } from '../gpu/failure.ts';
import type { Journal } from '../journal/journal.ts';
import type { Answer } from './build-entry.ts';
import { findMismatch, references } from './check-output.ts';
import type { Job } from './job.ts';
import { previewOf } from './preview-of.ts';

/** What computing needs of the worker around it. */
export interface ComputeParts {
  compute: Compute;
  journal: Journal;
  sources: Sources;
  provider: Address;
  /** Seconds left until the answer must be ready. */
  secondsLeft(job: Job): number;
  onProgress(job: Job, done: number, elementsPerSecond: number): void;
}

/** The answer cannot be made; the message is the reason, a sentence. */
export class Unanswerable extends Error {
  override readonly name = 'Unanswerable';
}

/** Chunks after which a measured speed counts. */
const chunksToTrust = 4;
/** Runs of elements that are computed again by hand, over all shards. */
const runsChecked = 4;
/** How often a lost GPU is tried again. */
const retries = 2;
/** Salts that one element of the search kernel tries. */
const triesPerElement = 256;
/** Inputs that take longer are given up: their sources are the client's choice, and may be slow on purpose. Milliseconds. */
const mostFetchMilliseconds = 180_000;
/** Left over for hashing, checking and the transaction. */
const progressMarginSeconds = 2;

/**
 * Computes every shard of a job, checks a sample by hand and puts the outputs into the journal. Throws `Unanswerable`, or
 * the signal's reason.
 */
export async function computeAnswer(job: Job, parts: ComputeParts, signal: AbortSignal): Promise<Answer> {
  const inputs = await readInputs(job, parts, signal);
  const unfit = misfit(job.kernel, inputs, job.task);
  if (unfit) throw new Unanswerable(unfit);
  for (let attempt = 0; ; attempt++) {
    try {
      const shards =
        job.kernel.execution === 'search'
          ? await search(job, inputs, parts, signal)
          : await map(job, inputs, parts, signal);
      const outputs = new Map(shards.map(({ shard, bytes }) => [shard, bytes]));
      return {
        taskId: job.taskId,
        model: job.model,
        task: job.task,
        work: job.work,
        metadata: job.metadata,
        askWei: job.askWei,
        startedAtSeconds: job.startedAtSeconds,
        preview: job.model === 'manualConfirmation' ? previewOf(job.task, job.metadata, outputs) : '0x',
        shards: shards.map(({ shard, root }) => ({ shard, root })),
      };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GpuError)) throw error;
      const { kind, reason } = error.failure;
      const again = kind === 'deviceLost' || kind === 'hung' || kind === 'outOfMemory';
      if (!again || attempt >= retries) throw new Unanswerable(reason);
    }
  }
}

async function readInputs(job: Job, { sources }: ComputeParts, signal: AbortSignal): Promise<Uint32Array[]> {
  const fetching = AbortSignal.any([signal, AbortSignal.timeout(mostFetchMilliseconds)]);
  return await Promise.all(
    job.work.inputs.map(async (expected, index) => {
      const locator = job.metadata.inputs[index];
      if (!locator) throw new Unanswerable(`Input ${index} of the task has no locator.`);
      try {
        return await readLocator(locator, sources, expected, fetching);
      } catch (error) {
        signal.throwIfAborted();
        const why = error instanceof Error ? error.message : String(error);
        throw new Unanswerable(`The task's inputs can't be found: ${why}`);
      }
    }),
  );
}

async function map(
  job: Job,
  inputs: readonly Uint32Array[],
  { compute, journal, secondsLeft, onProgress }: ComputeParts,
  signal: AbortSignal,
): Promise<ShardOutput[]> {
  const { count, elementsPerShard, wordsPerElement } = job.task;
  const shards: ShardOutput[] = [];
  const writes: Promise<void>[] = [];
  const tooSlow = new AbortController();
  let chunks = 0;
  let verdict: Unanswerable | undefined;
  const listener = {
    onShard(output: ShardOutput) {
      shards.push(output);
      const write = journal.putOutput(job.taskId, output.shard, output.bytes);
      write.catch(() => tooSlow.abort());
      writes.push(write);
    },
    onProgress(done: number, elementsPerSecond: number) {
      onProgress(job, done, elementsPerSecond);
      const needs = (count - done) / elementsPerSecond;
      const left = secondsLeft(job);
      if (++chunks < chunksToTrust || needs + progressMarginSeconds < left) return;
      verdict ??= new Unanswerable(
        `Deadline too near: needs about ${Math.ceil(needs)} s more, ${Math.max(0, Math.floor(left))} s are left.`,
      );
      tooSlow.abort();
    },
  };
  try {
    await compute.map(
      { wgsl: runnable(job.kernel.source), inputs, wordsPerElement, count, elementsPerShard },
      listener,
      AbortSignal.any([signal, tooSlow.signal]),
    );
  } catch (error) {
    if (verdict) throw verdict;
    throw error;
  }
  await Promise.all(writes);
  const sampled = sample(shards);
  for (const { shard, bytes } of sampled) {
    const computed = { start: shard * elementsPerShard, bytes, wordsPerElement };
    const mismatch = findMismatch(
      references[job.kernel.id],
      inputs,
      computed,
      Math.ceil(runsChecked / sampled.length),
    );
    if (mismatch) throw new Unanswerable(mismatch);
  }
  return shards;
}

async function search(
  job: Job,
  inputs: readonly Uint32Array[],
  { compute, journal, secondsLeft, onProgress }: ComputeParts,
  signal: AbortSignal,
): Promise<ShardOutput[]> {
  const { wordsPerElement } = job.task;
  // Providers start at random places, so that a race is not the same work done twice.
  const firstId = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const outOfTime = new AbortController();
  try {
    const { id, root, bytes } = await compute.search(
      { wgsl: runnable(job.kernel.source), inputs, wordsPerElement, firstId },
      (tried, elementsPerSecond) => {
        onProgress(job, tried * triesPerElement, elementsPerSecond);
        if (secondsLeft(job) <= 0) outOfTime.abort();
      },
      AbortSignal.any([signal, outOfTime.signal]),
    );
    const mismatch = findMismatch(
      references[job.kernel.id],
      inputs,
      { start: id, bytes, wordsPerElement },
      1,
    );
    if (mismatch) throw new Unanswerable(mismatch);
    await journal.putOutput(job.taskId, 0, bytes);
    return [{ shard: 0, root, bytes }];
  } catch (error) {
    if (outOfTime.signal.aborted && !signal.aborted) {
      throw new Unanswerable('Nothing was found before the deadline.');
    }
    throw error;
  }
}

/** One shard of four, at least one and at most four, spread over all. */
function sample(shards: readonly ShardOutput[]): ShardOutput[] {
  const step = Math.max(1, Math.ceil(shards.length / 4));
  return shards.filter((_, index) => index % step === 0);
}
