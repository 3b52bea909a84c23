'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { useMarket } from '@/components/market/market-provider';
import { useNow } from '@/components/market/use-now';
import { buttonClass } from '@/components/ui/button';
import { EmptyFrame } from '@/components/ui/empty-frame';
import { useWalletAddress } from '@/components/wallet/use-wallet';
import { BoardFilters } from './board-filters';
import { selectTasks } from './board-query';
import { TaskFrame } from './task-frame';
import { taskView } from './task-view';
import { useBoardQuery } from './use-board-query';

/** Frames on one sheet; more would make every fold of the log slow to paint. */
const mostFrames = 120;

/** The contact sheet: every task that the query asks for, live. */
export function Board() {
  const { state, loaded, reach } = useMarket();
  const now = useNow();
  const mine = useWalletAddress();
  const [query, change] = useBoardQuery();
  const views = useMemo(
    () => [...state.tasks.values()].map((record) => taskView(record, state, now)),
    [state, now],
  );
  const selected = selectTasks(views, query, mine);
  return (
    <div className="grid gap-6">
      <BoardFilters query={query} onChange={change} />
      <p role="status" className="sr-only">
        {loaded ? `${selected.length} tasks` : 'Reading the market'}
      </p>
      {!loaded ? (
        <EmptyFrame
          title={reach.kind === 'connecting' ? "Reading the chain's event log" : 'The board is empty for now'}
        >
          {reach.kind === 'connecting'
            ? 'Tasks appear as they are read.'
            : 'It fills as soon as the chain answers.'}
        </EmptyFrame>
      ) : selected.length === 0 ? (
        <NoTasks any={views.length > 0} />
      ) : (
        <ul className="grid gap-x-6 gap-y-8 sm:grid-cols-2 xl:grid-cols-3">
          {selected.slice(0, mostFrames).map((view) => (
            <li key={view.record.taskId} className="min-w-0">
              <TaskFrame view={view} now={now} />
            </li>
          ))}
        </ul>
      )}
      {selected.length > mostFrames ? (
        <p className="text-[14px] text-soft">
          {mostFrames} of {selected.length} tasks are shown. Narrow the search to see others.
        </p>
      ) : null}
    </div>
  );
}

function NoTasks({ any }: { any: boolean }) {
  return (
    <EmptyFrame title={any ? 'No task fits these filters' : 'Nobody has published a task yet'}>
      {any ? (
        'Show all tasks, or search for something else.'
      ) : (
        <Link href="/publish" className={buttonClass('safelight')}>
          Publish the first one
        </Link>
      )}
    </EmptyFrame>
  );
}
