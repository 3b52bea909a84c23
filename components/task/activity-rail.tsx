'use client';

import { useMarket } from '@/components/market/market-provider';
import { AccountName } from '@/components/ui/account-name';
import { Eth } from '@/components/ui/eth';
import { TimeAgo } from '@/components/ui/time-ago';
import { activityWords } from './activity-words';
import { groupActivity } from './group-activity';
import { TaskLink } from './task-link';

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
