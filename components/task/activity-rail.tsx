'use client';

import type { MarketState } from '@opengpu/sdk/market/state';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMarket } from '@/components/market/market-provider';
import { AccountName } from '@/components/ui/account-name';
import { Eth } from '@/components/ui/eth';
import { TimeAgo } from '@/components/ui/time-ago';
import { activityWords } from './activity-words';
import { type ActivityGroup, groupActivity, shardsInWords } from './group-activity';
import { metadataOf } from './task-view';

const mostLines = 16;
const mostEvents = 200;

/** What just happened on the market, newest first. */
export function ActivityRail() {
  const { state, loaded } = useMarket();
  const lines = groupActivity(state.activity.slice(0, mostEvents), 'minutes').slice(0, mostLines);
  if (lines.length === 0) {
    return (
      <p className="text-[14px] text-soft">
        {loaded ? 'Nothing has happened on this market yet.' : 'Not read yet.'}
      </p>
    );
  }
  return (
    <ol className="grid grid-cols-[minmax(0,1fr)]">
      {lines.map((line) => (
        <li
          key={`${line.at.blockNumber}-${line.at.logIndex}`}
          className="grid grid-cols-[minmax(0,1fr)] gap-0.5 border-b border-line py-2.5 text-[14px]"
        >
          <span className="flex flex-wrap items-center gap-x-1.5">
            <AccountName address={line.actor} />
            <span>{activityWords[line.kind]}</span>
            {line.amountWei !== undefined ? <Eth wei={line.amountWei} /> : null}
          </span>
          <span className="flex items-baseline justify-between gap-3 text-[13px] text-soft">
            <TaskLink line={line} state={state} />
            <TimeAgo at={line.at.timestamp} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function TaskLink({ line, state }: { line: ActivityGroup; state: MarketState }): ReactNode {
  const record = line.taskId && state.tasks.get(line.taskId);
  if (!record) return <span />;
  const parsed = metadataOf(record);
  return (
    <Link
      href={`/tasks/${record.taskId}`}
      className="min-w-0 truncate underline decoration-line-strong underline-offset-2 hover:text-ink"
    >
      {parsed.ok ? parsed.metadata.name : record.taskId.slice(0, 10)}
      {line.shards.length === 0 || record.shards === 1 ? '' : `, ${shardsInWords(line.shards)}`}
    </Link>
  );
}
