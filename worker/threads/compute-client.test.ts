import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ComputeClient } from './compute-client.ts';
import type { FromCompute, ToCompute } from './compute-messages.ts';

/** A compute thread whose messages the test writes. */
class ScriptedThread {
  static all: ScriptedThread[] = [];
  readonly received: ToCompute[] = [];
  terminated = false;
  onmessage: ((event: { data: FromCompute }) => void) | undefined;

  constructor() {
    ScriptedThread.all.push(this);
  }

  postMessage(message: ToCompute): void {
    this.received.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: FromCompute): void {
    this.onmessage?.({ data });
  }
}

beforeEach(() => {
  ScriptedThread.all = [];
  vi.stubGlobal('Worker', ScriptedThread);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const job = { wgsl: '', inputs: [], wordsPerElement: 1, count: 1, elementsPerShard: 1 };
const listener = { onShard: () => undefined, onProgress: () => undefined };
const never = new AbortController().signal;
const turn = () => vi.advanceTimersByTimeAsync(0);
const stopped = { kind: 'aborted', reason: 'The job was stopped.' } as const;

test('a job that begins while an aborted one is still ending is not touched by its end', async () => {
  const client = new ComputeClient();
  const stop = new AbortController();
  const first = client.map(job, listener, stop.signal).catch((error: Error) => error.message);
  await turn();
  stop.abort();
  const second = client.map(job, listener, never);
  await turn();
  const [thread] = ScriptedThread.all;
  expect(thread?.received.map(({ kind }) => kind)).toEqual(['map', 'abort']);

  thread?.say({ kind: 'failed', job: 0, failure: stopped });
  expect(await first).toBe(stopped.reason);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(thread?.terminated).toBe(false);
  expect(thread?.received.at(-1)).toMatchObject({ kind: 'map', job: 1 });
  thread?.say({ kind: 'mapped', job: 1 });
  await second;
  expect(ScriptedThread.all).toHaveLength(1);
});

test('an aborted job that does not end is ended with its thread, and the next one gets a new thread', async () => {
  const client = new ComputeClient();
  const stop = new AbortController();
  const first = client.map(job, listener, stop.signal).catch((error: Error) => error.message);
  await turn();
  stop.abort();
  const second = client.map(job, listener, never);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await first).toBe(stopped.reason);
  const [hung, fresh] = ScriptedThread.all;
  expect(hung?.terminated).toBe(true);
  fresh?.say({ kind: 'mapped', job: 1 });
  await second;
});
