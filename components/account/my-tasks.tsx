'use client';

import Link from 'next/link';
import type { Address } from 'viem';
import { isLive, statusNames } from '@/components/task/task-words';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { EmptyFrame } from '@/components/ui/empty-frame';
import { Eth } from '@/components/ui/eth';
import { Section } from '@/components/ui/section';
import { TimeAgo } from '@/components/ui/time-ago';
import { useMyTasks } from './use-my-tasks';

/** What this account published. */
export function MyTasks({ client }: { client: Address }) {
  const tasks = useMyTasks(client);
  return (
    <Section title="My tasks" aside={tasks.length > 0 ? `${tasks.length}` : undefined}>
      {tasks.length === 0 ? (
        <EmptyFrame title="You have not published a task yet">
          <Link href="/publish" className={buttonClass('plain')}>
            Publish a task
          </Link>
        </EmptyFrame>
      ) : (
        <ul className="grid">
          {tasks.map(({ record, name, status, done }) => (
            <li key={record.taskId} className="grid gap-1 border-b border-line py-3">
              <span className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                <Link
                  href={`/tasks/${record.taskId}`}
                  className="min-w-0 truncate text-[15px] font-medium underline decoration-line-strong underline-offset-2"
                >
                  {name}
                </Link>
                <Badge tone={isLive(status) ? 'live' : status.kind === 'complete' ? 'fixed' : 'plain'}>
                  {statusNames[status.kind]}
                </Badge>
              </span>
              <span className="flex flex-wrap justify-between gap-x-4 text-[13px] text-soft">
                <span>
                  <span className="figure">
                    {done}/{record.shards}
                  </span>{' '}
                  shards, <Eth wei={record.escrowWei} /> left in escrow
                </span>
                <TimeAgo at={record.publishedAt.timestamp} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
