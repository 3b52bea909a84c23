import type { TaskRecord } from '@opengpu/sdk/market/state';
import { statusOf } from '@opengpu/sdk/protocol/status';
import type { Address } from 'viem';
import type { JobEvent, JobModel, JobPhase } from './job-machine.ts';

/** The chain's newest block. */
export interface Tip {
  number: bigint;
  /** Unix seconds; between blocks it goes on with the clock. */
  nowSeconds: number;
  /** Unix seconds of the block itself. */
  timestamp: number;
}

/** When and where a commitment was made. */
export interface CommittedAt {
  blockNumber: bigint;
  /** Unix seconds. */
  timestamp: number;
}

/** What of a job the news is compared with. */
export interface Observed {
  model: JobModel;
  phase: JobPhase;
  committedAt?: CommittedAt;
}

/** What the market's newest state means for a job, or nothing. Pure. */
export function observe(
  job: Observed,
  record: TaskRecord,
  provider: Address,
  tip: Tip,
  commitmentAgeSeconds: number,
): JobEvent | undefined {
  return job.model === 'firstResponse'
    ? observeFirstResponse(job, record, provider, tip, commitmentAgeSeconds)
    : observeManualConfirmation(job, record, provider, tip);
}

function observeFirstResponse(
  { phase, committedAt }: Observed,
  record: TaskRecord,
  provider: Address,
  tip: Tip,
  commitmentAgeSeconds: number,
): JobEvent | undefined {
  const settled = [...record.settled.values()];
  if (settled.length >= record.shards) {
    return settled.some((shard) => shard.provider === provider)
      ? { type: 'answered' }
      : { type: 'beaten', reason: 'Another provider opened a valid answer first.' };
  }
  const status = statusOf(record, tip.nowSeconds);
  if (status.kind !== 'open' && status.kind !== 'cancelled' && status.kind !== 'notOpen') {
    return { type: 'ended', reason: 'The deadline passed before the answer was opened.' };
  }
  if (phase.at !== 'committed' || !committedAt) return undefined;
  const oldEnough = tip.timestamp >= committedAt.timestamp + commitmentAgeSeconds;
  return oldEnough && tip.number > committedAt.blockNumber ? { type: 'ripe' } : undefined;
}

function observeManualConfirmation(
  { phase }: Observed,
  record: TaskRecord,
  provider: Address,
  tip: Tip,
): JobEvent | undefined {
  const own = record.offers.get(provider);
  const status = statusOf(record, tip.nowSeconds);
  if (own?.status === 'missed') return { type: 'deliveryPassed' };
  if (own?.status === 'confirmed') {
    const answered = [...record.settled.values()].some((shard) => shard.provider === provider);
    if (status.kind === 'complete' && answered) return { type: 'answered' };
    if (status.kind === 'overdue' || status.kind === 'reclaimable') return { type: 'deliveryPassed' };
    return { type: 'confirmed' };
  }
  switch (status.kind) {
    case 'complete':
      return { type: 'beaten', reason: 'Another provider delivered every shard.' };
    case 'delivering':
    case 'overdue':
      return { type: 'beaten', reason: "The client confirmed another provider's offer." };
    case 'cancelled':
      return { type: 'ended', reason: 'The client cancelled the task.' };
    case 'closed':
    case 'reclaimable':
    case 'reclaimed':
      return { type: 'ended', reason: 'The client confirmed no offer in time.' };
    case 'review':
      return phase.at === 'computing' || phase.at === 'storing'
        ? { type: 'ended', reason: 'The deadline for offers passed before the answer was ready.' }
        : undefined;
    case 'open':
    case 'notOpen':
      return undefined;
    default:
      return status satisfies never;
  }
}
