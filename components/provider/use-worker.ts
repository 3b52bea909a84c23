'use client';

import type { WorkerSnapshot } from '@opengpu/worker/snapshot';
import { useSyncExternalStore } from 'react';
import { isWorkerPaused, subscribeWorker, workerSnapshot } from './tab-worker-store';

/** What this tab's worker is doing; undefined before the first start. */
export function useWorker(): WorkerSnapshot | undefined {
  return useSyncExternalStore(subscribeWorker, workerSnapshot, () => undefined);
}

/** Whether the visitor paused it. */
export function useWorkerPaused(): boolean {
  return useSyncExternalStore(subscribeWorker, isWorkerPaused, () => false);
}
