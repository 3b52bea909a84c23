import type { CatalogueKernel } from '@opengpu/sdk/kernels/template';
import type { Metadata } from '@opengpu/sdk/protocol/metadata';
import type { Task, Work } from '@opengpu/sdk/protocol/task';
import type { Hex } from 'viem';
import type { JournalEntry } from '../journal/journal.ts';
import type { JobModel, JobPhase } from '../machine/job-machine.ts';
import type { CommittedAt } from '../machine/observe.ts';
import type { JobState, JobView } from '../snapshot.ts';
import type { Answer } from './build-entry.ts';

/** One task in the worker's hands. The loop owns and changes it; everything durable is in the journal. */
export interface Job {
  readonly taskId: Hex;
  readonly model: JobModel;
  readonly task: Task;
  readonly work: Work;
  readonly metadata: Metadata;
  readonly kernel: CatalogueKernel;
  readonly shards: number;
  /** Wei a shard. */
  readonly askWei: bigint;
  readonly startedAtSeconds: number;
  phase: JobPhase;
  /** Elements computed, or salts tried. */
  done: number;
  /** Zero for a search. */
  total: number;
  /** Shards paid to this provider. */
  readonly paid: Set<number>;
  committedAt?: CommittedAt;
  /** Computed and not yet journalled. */
  answer?: Answer;
  /** In the journal: what opens the commitment. */
  entry?: JournalEntry;
  /** The command in progress, if any. */
  busy?: string;
  /** Ends whatever is in progress for this job. */
  readonly stop: AbortController;
  /** Ends its computation only. */
  readonly stopCompute: AbortController;
}

/** A job as a host sees it. */
export function viewOf(job: Job): JobView {
  return {
    taskId: job.taskId,
    name: job.metadata.name,
    state: stateOf(job),
    done: job.done,
    total: job.total,
    startedAtSeconds: job.startedAtSeconds,
    earnedWei: BigInt(job.paid.size) * job.askWei,
  };
}

function stateOf({ phase, askWei, paid, shards }: Job): JobState {
  switch (phase.at) {
    case 'storing':
      return { kind: 'computing' };
    case 'offering':
      return { kind: 'committing' };
    case 'offered':
    case 'withdrawing':
      return { kind: 'offered', askWei };
    case 'responding':
      return { kind: 'responding', answered: paid.size, shards };
    case 'lost':
    case 'refused':
      return { kind: phase.at, reason: phase.reason };
    case 'computing':
    case 'committing':
    case 'committed':
    case 'paid':
    case 'withdrawn':
    case 'missed':
      return { kind: phase.at };
    default:
      return phase satisfies never;
  }
}
