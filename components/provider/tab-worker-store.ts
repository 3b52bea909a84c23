import type { TabWorker, TabWorkerOptions } from '@opengpu/worker/hosts/browser/tab-worker';
import type { WorkerSnapshot } from '@opengpu/worker/snapshot';

/** The worker of this tab: it goes on while the visitor looks at other pages. */
let worker: TabWorker | undefined;
let leave: (() => void) | undefined;
let starting = false;
/** What the visitor wants; the worker says "paused" only once nothing that it promised is left to deliver. */
let paused = false;
const listeners = new Set<() => void>();

function tell() {
  for (const listener of listeners) listener();
}

/** Starts the worker; its code loads now, not before. Does nothing while one runs. */
export async function startWorker(options: TabWorkerOptions): Promise<void> {
  if (starting || (worker && !hasEnded(worker.snapshot()))) return;
  starting = true;
  try {
    const { startTabWorker } = await import('@opengpu/worker/hosts/browser/tab-worker');
    leave?.();
    worker = startTabWorker(options);
    leave = worker.subscribe(tell);
    paused = false;
  } finally {
    starting = false;
    tell();
  }
}

/** Takes no new tasks, or takes them again. */
export function setWorkerPaused(wanted: boolean): void {
  paused = wanted;
  if (wanted) worker?.pause();
  else worker?.resume();
  tell();
}

/** Whether the visitor paused it. */
export function isWorkerPaused(): boolean {
  return paused;
}

/** Ends the worker; resolves when nothing runs any more. */
export async function stopWorker(): Promise<void> {
  await worker?.stop();
}

/** What it is doing; undefined before the first start. */
export function workerSnapshot(): WorkerSnapshot | undefined {
  return worker?.snapshot();
}

export function subscribeWorker(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True once nothing runs any more. */
export function hasEnded({ status }: WorkerSnapshot): boolean {
  return status.kind === 'stopped' || status.kind === 'failed';
}
