import type { TaskStatus } from '@opengpu/sdk/protocol/status';
import type { Model } from '@opengpu/sdk/protocol/task';
import type { Verification } from './task-view';

/** The competition models, as people read them. */
export const modelNames: Record<Model, string> = {
  firstResponse: 'First Response',
  manualConfirmation: 'Manual Confirmation',
  dutchAuction: 'Dutch Auction',
  sealedBidAuction: 'Sealed-Bid Auction',
  consensus: 'Consensus',
};

/** How a wrong answer is caught: a short name and a sentence. */
export const verificationWords: Record<Verification, { name: string; sentence: string }> = {
  verifier: {
    name: 'Verified on chain',
    sentence:
      'A verifier contract judges every answer in the transaction that pays it; a wrong one cannot be paid.',
  },
  reExecution: {
    name: 'Provable',
    sentence: 'Anyone can prove one wrong element on chain and have the provider slashed.',
  },
  none: {
    name: 'Judged by the client',
    sentence: 'The client compares previews and confirms one offer; the chain does not check the result.',
  },
};

/** A status in one or two words. */
export const statusNames: Record<TaskStatus['kind'], string> = {
  notOpen: 'Not open yet',
  open: 'Open',
  review: 'In review',
  delivering: 'Being delivered',
  overdue: 'Delivery missed',
  complete: 'Complete',
  cancelled: 'Cancelled',
  closed: 'Closed',
  reclaimable: 'Ended',
  reclaimed: 'Ended, refunded',
};

/** Unix seconds at which the status changes by itself, and what happens then. */
export function nextChange(status: TaskStatus): { at: number; what: string } | undefined {
  switch (status.kind) {
    case 'notOpen':
      return { at: status.opensAt, what: 'opens' };
    case 'open':
      return { at: status.until, what: 'closes' };
    case 'review':
      return { at: status.until, what: 'review ends' };
    case 'delivering':
      return { at: status.until, what: 'delivery due' };
    case 'cancelled':
    case 'closed':
      return { at: status.until, what: 'refund free' };
    case 'overdue':
    case 'complete':
    case 'reclaimable':
    case 'reclaimed':
      return undefined;
    default:
      return status satisfies never;
  }
}

/** True while something can still be answered. */
export function isLive(status: TaskStatus): boolean {
  return (
    status.kind === 'open' ||
    status.kind === 'review' ||
    status.kind === 'delivering' ||
    status.kind === 'notOpen'
  );
}
