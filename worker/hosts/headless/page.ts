import type { Hex } from 'viem';
import { startTabWorker, type TabWorker, type TabWorkerOptions } from '../browser/tab-worker.ts';
import { stringifySnapshot } from './snapshot-json.ts';

declare global {
  interface Window {
    /** Put here by the host: takes each snapshot as JSON. */
    opengpuReport(snapshot: string): void;
    /** What the host calls. */
    opengpu: { start(options: TabWorkerOptions, key: Hex): void; stop(): Promise<void> };
  }
}

let worker: TabWorker | undefined;

window.opengpu = {
  start(options, key) {
    const started = startTabWorker(options, key);
    worker = started;
    started.subscribe(() => window.opengpuReport(stringifySnapshot(started.snapshot())));
  },
  async stop() {
    await worker?.stop();
  },
};
