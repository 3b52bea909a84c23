'use client';

import type { Hex } from 'viem';
import { useMarket } from '@/components/market/market-provider';
import { useNow } from '@/components/market/use-now';
import { type TaskView, taskView } from './task-view';

/** A task as a page needs it. */
export type TaskLookup = { kind: 'loading' } | { kind: 'missing' } | { kind: 'found'; view: TaskView };

/** The task with this id, at the chain's time of now. */
export function useTask(taskId: Hex): TaskLookup {
  const { state, loaded } = useMarket();
  const now = useNow();
  const record = state.tasks.get(taskId.toLowerCase() as Hex);
  if (record) return { kind: 'found', view: taskView(record, state, now) };
  return loaded ? { kind: 'missing' } : { kind: 'loading' };
}
