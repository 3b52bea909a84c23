import { runnable } from '@opengpu/sdk/kernels/runnable';
import type { TaskDraft } from '@opengpu/sdk/kernels/template';
import { fractalTemplate } from '@opengpu/sdk/kernels/templates/fractal/template';
import { photoTemplate } from '@opengpu/sdk/kernels/templates/photo/template';
import type { Compute } from '../compute.ts';
import { asGpuFailure } from '../gpu/failure.ts';
import type { Journal } from '../journal/journal.ts';
import { speedKey } from '../policy/speed.ts';

/** A kernel is tried for about this long, milliseconds. */
const trialMilliseconds = 300;
const side = 256;

/**
 * Measures each map kernel whose speed on this adapter is not remembered yet, on its template's own example; a search has no
 * size to be estimated. Failures leave a speed unknown: the first chunks of a real job then tell.
 */
export async function benchmark(
  compute: Compute,
  journal: Journal,
  adapter: string,
  signal: AbortSignal,
): Promise<void> {
  for (const { kernel, example } of examples) {
    const key = speedKey(adapter, kernel);
    if ((await journal.speed(key)) > 0) continue;
    const speed = await measure(compute, await example(), signal);
    if (speed > 0) await journal.putSpeed(key, speed);
  }
}

const examples = [
  {
    kernel: fractalTemplate.kernel,
    example: () => fractalTemplate.draft({ ...fractalTemplate.defaults, size: side }),
  },
  {
    kernel: photoTemplate.kernel,
    example: () => photoTemplate.draft({ ...photoTemplate.defaults, picture: noise() }),
  },
];

async function measure(compute: Compute, draft: TaskDraft, signal: AbortSignal): Promise<number> {
  const enough = new AbortController();
  const started = performance.now();
  let speed = 0;
  const { kernel, inputs, count, elementsPerShard } = draft;
  const job = {
    wgsl: runnable(kernel.source),
    wordsPerElement: kernel.wordsPerElement,
    inputs,
    count,
    elementsPerShard,
  };
  const listener = {
    onShard: () => undefined,
    onProgress(_: number, elementsPerSecond: number) {
      speed = elementsPerSecond;
      if (performance.now() - started > trialMilliseconds) enough.abort();
    },
  };
  try {
    await compute.map(job, listener, AbortSignal.any([signal, enough.signal]));
  } catch (error) {
    signal.throwIfAborted();
    if (asGpuFailure(error).kind !== 'aborted') return 0;
  }
  return speed;
}

function noise() {
  const words = Uint32Array.from({ length: side * side }, (_, index) => Math.imul(index + 1, 0x9e3779b1));
  return { width: side, height: side, words };
}
