import type { JobModel, JobPhase, Step } from './job-machine.ts';

/** What the chain itself says, at start, about an answer that the journal holds. */
export interface ChainFacts {
  /** Shards still open. */
  openShards: number;
  /** Whether any shard was paid to this provider. */
  paidToUs: boolean;
  /** First Response: this very commitment is live. */
  committed: boolean;
  /** Manual Confirmation: this provider's offer. */
  offer: 'none' | 'open' | 'withdrawn' | 'confirmed' | 'missed';
  /** Nothing can be answered any more. */
  ended: boolean;
}

/** Where a journalled job goes on after a restart, and with which command: never twice what the chain has already. */
export function resume(model: JobModel, facts: ChainFacts): Step {
  return model === 'firstResponse' ? resumeFirstResponse(facts) : resumeManualConfirmation(facts);
}

const ends = (phase: JobPhase): Step => ({ phase, commands: ['forget'] });

function resumeFirstResponse({ openShards, paidToUs, committed, ended }: ChainFacts): Step {
  if (openShards === 0) {
    return ends(
      paidToUs
        ? { at: 'paid' }
        : { at: 'lost', reason: 'Another provider was paid while this worker was away.' },
    );
  }
  if (ended) return ends({ at: 'lost', reason: 'The deadline passed while this worker was away.' });
  if (committed) return { phase: { at: 'committed' }, commands: [] };
  return { phase: { at: 'committing' }, commands: ['commit'] };
}

function resumeManualConfirmation({ openShards, offer, ended }: ChainFacts): Step {
  switch (offer) {
    case 'none':
      return ended || openShards === 0
        ? ends({ at: 'lost', reason: 'The time for offers passed while this worker was away.' })
        : { phase: { at: 'offering' }, commands: ['offer'] };
    case 'open':
      // If the task is over, the loop's next look withdraws the offer.
      return { phase: { at: 'offered' }, commands: [] };
    case 'confirmed':
      if (openShards === 0) return ends({ at: 'paid' });
      return ended ? ends({ at: 'missed' }) : { phase: { at: 'responding' }, commands: ['respond'] };
    case 'withdrawn':
      return ends({ at: 'withdrawn' });
    case 'missed':
      return ends({ at: 'missed' });
    default:
      return offer satisfies never;
  }
}
