'use client';

import type { Activity, TaskRecord } from '@opengpu/sdk/market/state';
import { useMemo, useState } from 'react';
import { useMarket } from '@/components/market/market-provider';
import { AccountName } from '@/components/ui/account-name';
import { Button } from '@/components/ui/button';
import { Eth } from '@/components/ui/eth';
import { TimeAgo } from '@/components/ui/time-ago';
import { TransactionHash } from '@/components/ui/transaction-hash';
import { activityWords } from './activity-words';
import { groupActivity, shardsInWords } from './group-activity';
import type { TaskView } from './task-view';

const firstLines = 12;

/** Every event of a task, newest first, with its transaction and block. */
export function Timeline({ view }: { view: TaskView }) {
  const { state } = useMarket();
  const [all, setAll] = useState(false);
  const lines = useMemo(
    () => groupActivity(linesOf(view.record, state.activity)),
    [view.record, state.activity],
  );
  const shown = all ? lines : lines.slice(0, firstLines);
  return (
    <div className="grid gap-3">
      <ol className="grid" aria-label="Events, newest first">
        {shown.map((line) => (
          <li
            key={`${line.at.blockNumber}-${line.at.logIndex}`}
            className="grid gap-1 border-b border-line py-2.5 text-[14px]"
          >
            <span className="flex flex-wrap items-center gap-x-1.5">
              <AccountName address={line.actor} />
              <span>{activityWords[line.kind]}</span>
              {line.amountWei !== undefined ? <Eth wei={line.amountWei} /> : null}
              {line.shards.length > 0 && view.record.shards > 1 ? (
                <span className="text-soft">{shardsInWords(line.shards)}</span>
              ) : null}
            </span>
            <span className="flex flex-wrap items-center justify-between gap-x-3 text-[13px] text-soft">
              <span>
                Block <span className="figure">{line.at.blockNumber.toString()}</span>,{' '}
                <TimeAgo at={line.at.timestamp} />
              </span>
              <TransactionHash hash={line.at.transactionHash} />
            </span>
          </li>
        ))}
      </ol>
      {lines.length > firstLines && !all ? (
        <Button small className="justify-self-start" onClick={() => setAll(true)}>
          Show all {lines.length} lines
        </Button>
      ) : null}
    </div>
  );
}

/**
 * Activity keeps the newest events of the whole market; what the record itself remembers (answers, offers, publishing)
 * is added where they have already left it.
 */
function linesOf(record: TaskRecord, activity: readonly Activity[]): Activity[] {
  const { taskId } = record;
  const lines = new Map<string, Activity>();
  const add = (line: Activity) => lines.set(`${line.at.blockNumber}-${line.at.logIndex}`, line);
  add({ kind: 'published', at: record.publishedAt, taskId, actor: record.task.client });
  for (const { provider, at, askWei } of record.offers.values()) {
    add({ kind: 'offered', at, taskId, actor: provider, amountWei: askWei });
  }
  for (const { provider, at, priceWei, shard } of record.settled.values()) {
    add({ kind: 'responded', at, taskId, actor: provider, amountWei: priceWei, shard });
  }
  for (const line of activity) if (line.taskId === taskId) add(line);
  return [...lines.values()].sort(
    (a, b) => Number(b.at.blockNumber - a.at.blockNumber) || b.at.logIndex - a.at.logIndex,
  );
}
