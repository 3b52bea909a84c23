import type { TabWorker, TabWorkerOptions } from '@opengpu/worker/hosts/browser/tab-worker';
import type { WorkerSnapshot } from '@opengpu/worker/snapshot';

/** The worker of this tab: it goes on while the visitor looks at other pages. */
let worker: TabWorker | undefined;
let leave: (() => void) | undefined;
let starting = false;
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
  } finally {
    starting = false;
    tell();
  }
}

/** The worker that was started last in this tab. */
export function currentWorker(): TabWorker | undefined {
  return worker;
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
