import type { JobState, JobView } from '@opengpu/worker/snapshot';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Eth } from '@/components/ui/eth';
import { ProgressBar } from '@/components/ui/progress-bar';
import { TimeAgo } from '@/components/ui/time-ago';

/** Jobs in hand and those that ended, newest first. */
export function JobList({ jobs }: { jobs: readonly JobView[] }) {
  if (jobs.length === 0) return <p className="text-[14px] text-soft">No job yet.</p>;
  return (
    <ul className="grid">
      {jobs.map((job) => (
        <li key={`${job.taskId}-${job.startedAtSeconds}`} className="grid gap-2 border-b border-line py-3">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <Link
              href={`/tasks/${job.taskId}`}
              className="min-w-0 truncate text-[15px] font-medium underline decoration-line-strong underline-offset-2"
            >
              {job.name}
            </Link>
            <Badge tone={tones[job.state.kind]}>{stateWords(job.state)}</Badge>
          </div>
          {isRunning(job.state) ? (
            <ProgressBar done={job.done} total={job.total} label={`Progress of ${job.name}`} />
          ) : null}
          <p className="flex flex-wrap justify-between gap-x-4 text-[13px] text-soft">
            <span className="figure">
              {job.total > 0
                ? `${job.done.toLocaleString('en')} of ${job.total.toLocaleString('en')} elements`
                : `${job.done.toLocaleString('en')} salts tried`}
            </span>
            <span>
              {job.earnedWei > 0n ? (
                <>
                  earned <Eth wei={job.earnedWei} />,{' '}
                </>
              ) : null}
              begun <TimeAgo at={job.startedAtSeconds} />
            </span>
          </p>
          {'reason' in job.state ? <p className="text-[13px] text-soft">{job.state.reason}</p> : null}
        </li>
      ))}
    </ul>
  );
}

const tones: Record<JobState['kind'], 'plain' | 'live' | 'fixed' | 'fault'> = {
  computing: 'live',
  committing: 'live',
  committed: 'live',
  offered: 'live',
  responding: 'live',
  paid: 'fixed',
  lost: 'plain',
  refused: 'plain',
  withdrawn: 'plain',
  missed: 'fault',
};

function isRunning({ kind }: JobState): boolean {
  return kind === 'computing' || kind === 'committing' || kind === 'committed' || kind === 'responding';
}

function stateWords(state: JobState): string {
  switch (state.kind) {
    case 'computing':
      return 'Computing';
    case 'committing':
      return 'Committing';
    case 'committed':
      return 'Committed';
    case 'offered':
      return 'Offered';
    case 'responding':
      return `Answering ${state.answered} of ${state.shards}`;
    case 'paid':
      return 'Paid';
    case 'lost':
      return 'Lost';
    case 'refused':
      return 'Refused';
    case 'withdrawn':
      return 'Withdrawn';
    case 'missed':
      return 'Missed';
    default:
      return state satisfies never;
  }
}
