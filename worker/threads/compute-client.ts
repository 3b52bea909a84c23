import type { Compute, MapJob, MapListener, SearchHit, SearchJob } from '../compute.ts';
import { GpuError, type GpuFailure } from '../gpu/failure.ts';
import type { FromCompute, ToCompute } from './compute-messages.ts';

/** A chunk takes some 65 ms and a compilation at most 30 s; after this much silence the thread is killed, milliseconds. */
const silenceMilliseconds = 45_000;
/** How long an aborted job may take to end by itself before the thread is killed, milliseconds. */
const abortMilliseconds = 2_000;

type Listener = (message: FromCompute) => void;

/** The compute thread as seen by its owner: hears its heartbeat, kills and replaces it when it is silent. */
export class ComputeClient implements Compute {
  #thread: Worker | undefined;
  #listener: Listener | undefined;
  #onCrash: ((failure: GpuFailure) => void) | undefined;
  #jobs = 0;
  /** The exchange before the next one, whatever became of it. */
  #last: Promise<void> = Promise.resolve();

  async open(): Promise<string> {
    let adapter = '';
    await this.#exchange({ kind: 'open' }, new AbortController().signal, (message) => {
      if (message.kind !== 'opened') return false;
      adapter = message.adapter;
      return true;
    });
    return adapter;
  }

  async map(map: MapJob, listener: MapListener, signal: AbortSignal): Promise<void> {
    const job = this.#jobs++;
    await this.#exchange({ kind: 'map', job, map }, signal, (message) => {
      if (message.kind === 'progress') listener.onProgress(message.done, message.elementsPerSecond);
      if (message.kind === 'shard') listener.onShard(message);
      return message.kind === 'mapped';
    });
  }

  async search(
    search: SearchJob,
    onProgress: (tried: number, elementsPerSecond: number) => void,
    signal: AbortSignal,
  ): Promise<SearchHit> {
    const job = this.#jobs++;
    let hit: SearchHit | undefined;
    await this.#exchange({ kind: 'search', job, search }, signal, (message) => {
      if (message.kind === 'progress') onProgress(message.done, message.elementsPerSecond);
      if (message.kind === 'found') hit = { id: message.id, root: message.root, bytes: message.bytes };
      return message.kind === 'found';
    });
    if (!hit) throw new GpuError({ kind: 'other', reason: 'The search ended without an answer.' });
    return hit;
  }

  async close(): Promise<void> {
    this.#kill({ kind: 'aborted', reason: 'The worker was stopped.' });
  }

  /** Exchanges take turns: an aborted job may take a moment to end, and its end must not be mistaken for the next one's. */
  #exchange(request: ToCompute, signal: AbortSignal, take: (message: FromCompute) => boolean): Promise<void> {
    const turn = this.#last.then(() => this.#run(request, signal, take));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Sends one job and resolves when `take` says that its last message has come. Rejects with `GpuError` or the signal's reason. */
  async #run(
    request: ToCompute,
    signal: AbortSignal,
    take: (message: FromCompute) => boolean,
  ): Promise<void> {
    signal.throwIfAborted();
    const thread = this.#start();
    const job = 'job' in request ? request.job : -1;
    let silence: ReturnType<typeof setTimeout> | undefined;
    let grace: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        this.#kill({ kind: 'hung', reason: `The GPU was silent for ${silenceMilliseconds / 1_000} s.` });
      }, silenceMilliseconds);
    };
    const onAbort = () => {
      thread.postMessage({ kind: 'abort', job } satisfies ToCompute);
      grace = setTimeout(
        () => this.#kill({ kind: 'aborted', reason: 'The job was stopped.' }),
        abortMilliseconds,
      );
    };
    try {
      await new Promise<void>((resolve, reject) => {
        this.#onCrash = (failure) => reject(new GpuError(failure));
        this.#listener = (message) => {
          if ('job' in message && message.job !== job) return;
          heard();
          if (message.kind === 'failed') reject(new GpuError(message.failure));
          else if (take(message)) resolve();
        };
        heard();
        signal.addEventListener('abort', onAbort, { once: true });
        thread.postMessage(request);
      });
    } finally {
      clearTimeout(silence);
      clearTimeout(grace);
      signal.removeEventListener('abort', onAbort);
      this.#listener = undefined;
      this.#onCrash = undefined;
    }
  }

  #start(): Worker {
    if (this.#thread) return this.#thread;
    const thread = new Worker(new URL('./compute-thread.ts', import.meta.url), { type: 'module' });
    thread.onmessage = ({ data }: MessageEvent<FromCompute>) => this.#listener?.(data);
    thread.onerror = (event) =>
      this.#kill({ kind: 'other', reason: `The compute thread failed: ${event.message}` });
    this.#thread = thread;
    return thread;
  }

  #kill(failure: GpuFailure): void {
    this.#thread?.terminate();
    this.#thread = undefined;
    this.#onCrash?.(failure);
  }
}
