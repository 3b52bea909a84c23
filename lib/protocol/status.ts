import type { Address } from 'viem';
import { modelOf, type Task } from './task.ts';

/** What a status follows from; a `TaskRecord` has all of it. */
export interface TaskFacts {
  task: Task;
  /** Number of shards. */
  shards: number;
  settled: { readonly size: number };
  offers: ReadonlyMap<
    Address,
    { status: 'open' | 'withdrawn' | 'confirmed' | 'missed'; deliverUntil?: number }
  >;
  confirmed?: Address;
  /** Unix seconds; set by cancel. */
  cancelledDeadline?: number;
  reclaimedWei?: bigint;
}

/** Where a task stands. All times are unix seconds. */
export type TaskStatus =
  /** Published; nobody may act on it yet. */
  | { kind: 'notOpen'; opensAt: number }
  /** Providers may answer or offer; Manual Confirmation: the client may confirm too. */
  | { kind: 'open'; until: number }
  /** Manual Confirmation: no more offers; the client may still confirm one. */
  | { kind: 'review'; until: number }
  /** Manual Confirmation: the confirmed provider delivers. */
  | { kind: 'delivering'; provider: Address; until: number }
  /** Manual Confirmation: the confirmed provider missed its time; anyone may expire its offer. */
  | { kind: 'overdue'; provider: Address; since: number }
  /** Every shard is paid. */
  | { kind: 'complete' }
  /** Cancelled by its client; First Response still pays until then. */
  | { kind: 'cancelled'; until: number }
  /** Nothing can be answered any more; the escrow is free at `until`. */
  | { kind: 'closed'; until: number }
  /** Over with money left: anyone may send it back to the client. */
  | { kind: 'reclaimable'; since: number }
  /** Over, and what was left is back with the client. */
  | { kind: 'reclaimed' };

/** When nothing is paid any more and the rest may be reclaimed, unix seconds. A cancelled Manual Confirmation task ends at once. */
export function endOf(task: Task, cancelledDeadline?: number): number {
  if (cancelledDeadline !== undefined) return cancelledDeadline;
  // The market publishes no task of a model that it does not serve: two are left.
  const later = modelOf(task) === 'firstResponse' ? 0 : task.review + task.delivery;
  return Number(task.deadline) + later;
}

/** The status at `nowSeconds`, from facts and time alone. */
export function statusOf(record: TaskFacts, nowSeconds: number): TaskStatus {
  const { task, cancelledDeadline } = record;
  const end = endOf(task, cancelledDeadline);
  if (record.reclaimedWei !== undefined) return { kind: 'reclaimed' };
  if (record.settled.size >= record.shards) return { kind: 'complete' };
  if (nowSeconds >= end) return { kind: 'reclaimable', since: end };
  if (cancelledDeadline !== undefined) return { kind: 'cancelled', until: cancelledDeadline };
  if (nowSeconds < Number(task.opensAt)) return { kind: 'notOpen', opensAt: Number(task.opensAt) };
  const delivery = deliveryOf(record, nowSeconds);
  if (delivery) return delivery;
  const deadline = Number(task.deadline);
  if (nowSeconds < deadline) return { kind: 'open', until: deadline };
  const reviewEnd = deadline + task.review;
  const offered = [...record.offers.values()].some((offer) => offer.status === 'open');
  if (modelOf(task) === 'manualConfirmation' && offered && nowSeconds < reviewEnd) {
    return { kind: 'review', until: reviewEnd };
  }
  return { kind: 'closed', until: end };
}

function deliveryOf({ confirmed, offers }: TaskFacts, nowSeconds: number): TaskStatus | undefined {
  const offer = confirmed && offers.get(confirmed);
  if (!confirmed || offer?.status !== 'confirmed' || offer.deliverUntil === undefined) return undefined;
  return nowSeconds < offer.deliverUntil
    ? { kind: 'delivering', provider: confirmed, until: offer.deliverUntil }
    : { kind: 'overdue', provider: confirmed, since: offer.deliverUntil };
}
