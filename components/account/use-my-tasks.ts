'use client';

import { type Address, isAddressEqual } from 'viem';
import { useMarket } from '@/components/market/market-provider';
import { useNow } from '@/components/market/use-now';
import { type TaskView, taskView } from '@/components/task/task-view';

/** The tasks that an account published, newest first. */
export function useMyTasks(client: Address): TaskView[] {
  const { state } = useMarket();
  const now = useNow();
  return [...state.tasks.values()]
    .filter(({ task }) => isAddressEqual(task.client, client))
    .map((record) => taskView(record, state, now))
    .sort((a, b) => Number(b.record.publishedAt.blockNumber - a.record.publishedAt.blockNumber));
}
