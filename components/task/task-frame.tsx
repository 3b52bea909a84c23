import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { formatDuration } from '@/components/ui/duration';
import { Eth } from '@/components/ui/eth';
import { ProgressBar } from '@/components/ui/progress-bar';
import { TaskPlate } from './task-plate';
import type { TaskView } from './task-view';
import { isLive, modelNames, nextChange, statusNames, verificationWords } from './task-words';

/** One frame of the contact sheet. */
export function TaskFrame({ view, now }: { view: TaskView; now: number }) {
  const { record, name, model, verification, status, done, responders } = view;
  const next = nextChange(status);
  const live = isLive(status);
  return (
    <article className="group relative grid gap-3">
      <div className="flex items-baseline justify-between gap-3">
        <span className="edge truncate">{modelNames[model]}</span>
        <span className="edge">{record.taskId.slice(2, 8)}</span>
      </div>
      <div className="relative aspect-[4/3] overflow-hidden rounded-sm border border-line bg-unexposed outline-offset-4 group-hover:border-line-strong">
        <TaskPlate view={view} />
        {live ? null : (
          <span className="absolute bottom-0 left-0 bg-sheet px-2 py-1 text-[12px] text-ink">
            {statusNames[status.kind]}
          </span>
        )}
      </div>
      <ProgressBar done={done} total={record.shards} label={`Shards answered of ${name}`} live={live} />
      <div className="grid gap-2">
        <h3 className="text-[16px] leading-6 font-semibold wrap-anywhere">
          <Link href={`/tasks/${record.taskId}`} className="after:absolute after:inset-0">
            {name}
          </Link>
        </h3>
        <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-[14px]">
          <span>
            <Eth wei={record.task.maxPrice} className="font-medium" />{' '}
            <span className="text-soft">a shard</span>
          </span>
          <span className="figure text-[13px] text-soft">
            {done}/{record.shards} {record.shards === 1 ? 'shard' : 'shards'}
          </span>
        </p>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-[13px] text-soft">
          <Badge
            tone={verification === 'none' ? 'plain' : 'fixed'}
            title={verificationWords[verification].sentence}
          >
            {verificationWords[verification].name}
          </Badge>
          {next && now > 0 ? (
            <span className="whitespace-nowrap">
              {next.what} in {formatDuration(next.at - now)}
            </span>
          ) : null}
          <span className="whitespace-nowrap">{respondersInWords(view, responders)}</span>
        </p>
      </div>
    </article>
  );
}

function respondersInWords({ model, status, stakeBehindWei }: TaskView, responders: number) {
  if (responders === 0) {
    const yet = isLive(status) ? ' yet' : '';
    return model === 'manualConfirmation' ? `no offers${yet}` : `no commitments${yet}`;
  }
  const noun = model === 'manualConfirmation' ? 'offer' : 'racing provider';
  return (
    <>
      {responders} {noun}
      {responders === 1 ? '' : 's'}, <Eth wei={stakeBehindWei} /> staked
    </>
  );
}
