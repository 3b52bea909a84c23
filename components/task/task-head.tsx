'use client';

import { useNow } from '@/components/market/use-now';
import { Badge } from '@/components/ui/badge';
import { formatDuration } from '@/components/ui/duration';
import { Eth } from '@/components/ui/eth';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { TaskView } from './task-view';
import { isLive, modelNames, nextChange, statusNames, verificationWords } from './task-words';

/** Name, state and price of a task, with its live bar. */
export function TaskHead({ view }: { view: TaskView }) {
  const { record, name, status, model, verification, done } = view;
  const now = useNow();
  const next = nextChange(status);
  return (
    <header className="grid gap-5">
      <p className="edge">
        {modelNames[model]} / {view.kernel?.id ?? 'unknown kernel'}
      </p>
      <div className="flex flex-wrap items-end justify-between gap-x-10 gap-y-4">
        <h1 className="max-w-[24ch] text-[clamp(26px,3.4vw,42px)] leading-[1.08] font-semibold tracking-[-0.025em] wrap-anywhere">
          {name}
        </h1>
        <p className="text-[15px]">
          <Eth wei={record.task.maxPrice} className="text-[22px] font-medium" />{' '}
          <span className="text-soft">a shard at most</span>
        </p>
      </div>
      <ProgressBar done={done} total={record.shards} label="Shards answered" live={isLive(status)} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-[14px]">
        <span role="status" className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Badge
            tone={
              isLive(status)
                ? 'live'
                : status.kind === 'complete'
                  ? 'fixed'
                  : status.kind === 'overdue'
                    ? 'fault'
                    : 'plain'
            }
          >
            {statusNames[status.kind]}
          </Badge>
          <span className="figure">
            {done} of {record.shards} {record.shards === 1 ? 'shard' : 'shards'} answered
          </span>
        </span>
        {next && now > 0 ? (
          <span className="text-soft">
            {next.what} in <span className="figure">{formatDuration(next.at - now)}</span>
          </span>
        ) : null}
        <Badge
          tone={verification === 'none' ? 'plain' : 'fixed'}
          title={verificationWords[verification].sentence}
        >
          {verificationWords[verification].name}
        </Badge>
      </div>
    </header>
  );
}
