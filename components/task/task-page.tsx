'use client';

import Link from 'next/link';
import type { Hex } from 'viem';
import { useMarket } from '@/components/market/market-provider';
import { EmptyFrame } from '@/components/ui/empty-frame';
import { Section } from '@/components/ui/section';
import { Offers } from './offers';
import { Racers } from './racers';
import { TaskActions } from './task-actions';
import { TaskHead } from './task-head';
import { TaskResult } from './task-result';
import { TaskTerms } from './task-terms';
import { Timeline } from './timeline';
import { useTask } from './use-task';

/** Everything about one task, live. */
export function TaskPage({ taskId }: { taskId: Hex }) {
  const lookup = useTask(taskId);
  const { reach } = useMarket();
  switch (lookup.kind) {
    case 'loading':
      return (
        <EmptyFrame
          heading
          title={
            reach.kind === 'connecting'
              ? 'Looking for this task in the event log'
              : 'This task cannot be read now'
          }
        >
          <span className="font-mono break-all">{taskId}</span>
        </EmptyFrame>
      );
    case 'missing':
      return (
        <EmptyFrame heading title="There is no task with this id on this market">
          <p className="font-mono break-all">{taskId}</p>
          <p>
            It may be on another chain, or still waiting for a block. This page shows it as soon as it is
            published.{' '}
            <Link href="/" className="underline underline-offset-2">
              See the board
            </Link>
          </p>
        </EmptyFrame>
      );
    case 'found': {
      const { view } = lookup;
      return (
        <div className="grid gap-10">
          <TaskHead view={view} />
          <TaskActions view={view} />
          <div className="grid gap-x-12 gap-y-12 lg:grid-cols-[minmax(0,1fr)_380px]">
            <div className="grid min-w-0 content-start gap-12">
              {/* Until an offer is confirmed, the choice is what the page is about; after that, the result is. */}
              {view.model === 'manualConfirmation' && view.done === 0 ? <Offers view={view} /> : null}
              <TaskResult view={view} />
              {view.model === 'firstResponse' ? <Racers view={view} /> : null}
              {view.model === 'manualConfirmation' && view.done > 0 ? <Offers view={view} /> : null}
            </div>
            <div className="grid min-w-0 content-start gap-12">
              <Section title="Terms">
                <TaskTerms view={view} />
              </Section>
              <Section title="Timeline">
                <Timeline view={view} />
              </Section>
            </div>
          </div>
        </div>
      );
    }
    default:
      return lookup satisfies never;
  }
}
