'use client';

import { reclaimTask } from '@opengpu/sdk/market/reclaim-task';
import Link from 'next/link';
import type { Address } from 'viem';
import { TransactionButton } from '@/components/tx/transaction-button';
import { Eth } from '@/components/ui/eth';
import { Section } from '@/components/ui/section';
import { useMyTasks } from './use-my-tasks';

/** Ended tasks with money left in escrow, each with its button. */
export function Refunds({ client }: { client: Address }) {
  const ready = useMyTasks(client).filter(
    ({ status, record }) => status.kind === 'reclaimable' && record.escrowWei > 0n,
  );
  if (ready.length === 0) return null;
  return (
    <Section title="Refunds ready" aside={`${ready.length} ${ready.length === 1 ? 'task' : 'tasks'}`}>
      <ul className="grid">
        {ready.map(({ record, name }) => (
          <li
            key={record.taskId}
            className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-3"
          >
            <span className="grid min-w-0">
              <Link
                href={`/tasks/${record.taskId}`}
                className="truncate text-[15px] underline decoration-line-strong underline-offset-2"
              >
                {name}
              </Link>
              <Eth wei={record.escrowWei} className="text-[14px] text-soft" />
            </span>
            <TransactionButton
              small
              action={reclaimTask}
              input={() => ({ task: record.task, escrowWei: record.escrowWei })}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
