'use client';

import type { WorkerSnapshot } from '@opengpu/worker/snapshot';
import { useSyncExternalStore } from 'react';
import { subscribeWorker, workerSnapshot } from './tab-worker-store';

/** What this tab's worker is doing; undefined before the first start. */
export function useWorker(): WorkerSnapshot | undefined {
  return useSyncExternalStore(subscribeWorker, workerSnapshot, () => undefined);
}
