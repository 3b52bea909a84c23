/**
 * Where one job stands, as the table sees it. `paid`, `lost`, `refused`, `withdrawn` and `missed` are ends.
 * `withdrawing` remembers the end that follows once the offer's hold is free.
 */
export type JobPhase =
  | { at: 'computing' }
  | { at: 'storing' }
  | { at: 'committing' }
  | { at: 'committed' }
  | { at: 'offering' }
  | { at: 'offered' }
  | { at: 'responding' }
  | { at: 'withdrawing'; because: string; end: 'lost' | 'withdrawn' }
  | { at: 'paid' }
  | { at: 'lost'; reason: string }
  | { at: 'refused'; reason: string }
  | { at: 'withdrawn' }
  | { at: 'missed' };

/** What can happen to a job. Reasons are sentences. */
export type JobEvent =
  /** Every shard is computed, checked and hashed. */
  | { type: 'computed' }
  /** The answer cannot be made: bad inputs, a refused self-check, a lost device, too slow for the deadline. */
  | { type: 'computeFailed'; reason: string }
  /** Salts, roots and outputs are on disk. */
  | { type: 'stored' }
  /** The commitment is on chain. */
  | { type: 'committed' }
  /** The commitment is old enough, and a later block exists. */
  | { type: 'ripe' }
  /** The offer is on chain. */
  | { type: 'offered' }
  /** The client confirmed this provider's offer. */
  | { type: 'confirmed' }
  /** Every shard that was open is now paid to this provider. */
  | { type: 'answered' }
  /** Somebody else was paid, or somebody else's offer was confirmed. */
  | { type: 'beaten'; reason: string }
  /** Nothing can be won any more: the task ended, was cancelled or was reclaimed. */
  | { type: 'ended'; reason: string }
  /** The offer is withdrawn; its hold is free. */
  | { type: 'freed' }
  /** The delivery period passed with shards still open. */
  | { type: 'deliveryPassed' }
  /** The chain refused a transaction in a way that trying again cannot change. */
  | { type: 'refused'; reason: string };

/** What the loop must do next for a job. */
export type JobCommand =
  | 'compute'
  | 'stopCompute'
  | 'store'
  | 'commit'
  | 'offer'
  | 'respond'
  | 'withdraw'
  | 'forget';

/** A phase and the commands that lead out of it. */
export interface Step {
  phase: JobPhase;
  commands: readonly JobCommand[];
}

/** First Response commits and opens; Manual Confirmation offers and delivers. */
export type JobModel = 'firstResponse' | 'manualConfirmation';

/** True when nothing more will happen to a job. */
export function isEnd(phase: JobPhase): boolean {
  return ['paid', 'lost', 'refused', 'withdrawn', 'missed'].includes(phase.at);
}

const stay = (phase: JobPhase): Step => ({ phase, commands: [] });
const forget = (phase: JobPhase): Step => ({ phase, commands: ['forget'] });

/** The first step of a job that the policy took. */
export function begin(): Step {
  return { phase: { at: 'computing' }, commands: ['compute'] };
}

/**
 * The table: what follows when `event` happens in `phase`. An event that a phase does not wait for changes nothing, so
 * that late or repeated news is harmless.
 */
export function step(model: JobModel, phase: JobPhase, event: JobEvent): Step {
  switch (phase.at) {
    case 'computing':
      switch (event.type) {
        case 'computed':
          return { phase: { at: 'storing' }, commands: ['store'] };
        case 'computeFailed':
          return forget({ at: 'refused', reason: event.reason });
        case 'beaten':
        case 'ended':
          return { phase: { at: 'lost', reason: event.reason }, commands: ['stopCompute', 'forget'] };
        default:
          return stay(phase);
      }
    case 'storing':
      switch (event.type) {
        case 'stored':
          return model === 'firstResponse'
            ? { phase: { at: 'committing' }, commands: ['commit'] }
            : { phase: { at: 'offering' }, commands: ['offer'] };
        case 'computeFailed':
        case 'refused':
          return forget({ at: 'refused', reason: event.reason });
        case 'beaten':
        case 'ended':
          return forget({ at: 'lost', reason: event.reason });
        default:
          return stay(phase);
      }
    case 'committing':
      switch (event.type) {
        case 'committed':
          return stay({ at: 'committed' });
        case 'refused':
          return forget({ at: 'refused', reason: event.reason });
        case 'beaten':
        case 'ended':
          return forget({ at: 'lost', reason: event.reason });
        default:
          return stay(phase);
      }
    case 'committed':
      switch (event.type) {
        case 'ripe':
          return { phase: { at: 'responding' }, commands: ['respond'] };
        case 'beaten':
        case 'ended':
          return forget({ at: 'lost', reason: event.reason });
        default:
          return stay(phase);
      }
    case 'offering':
      switch (event.type) {
        case 'offered':
          return stay({ at: 'offered' });
        case 'refused':
          return forget({ at: 'refused', reason: event.reason });
        case 'beaten':
        case 'ended':
          // The offer may be in flight: its hold is freed in any case, `withdraw` finds nothing if it never arrived.
          return withdraw(event.reason, 'lost');
        default:
          return stay(phase);
      }
    case 'offered':
      switch (event.type) {
        case 'confirmed':
          return { phase: { at: 'responding' }, commands: ['respond'] };
        case 'beaten':
          return withdraw(event.reason, 'lost');
        case 'ended':
          return withdraw(event.reason, 'withdrawn');
        default:
          return stay(phase);
      }
    case 'responding':
      switch (event.type) {
        case 'answered':
          return forget({ at: 'paid' });
        case 'beaten':
          return forget({ at: 'lost', reason: event.reason });
        case 'ended':
          return forget(
            model === 'manualConfirmation' ? { at: 'missed' } : { at: 'lost', reason: event.reason },
          );
        case 'refused':
          return forget({ at: 'refused', reason: event.reason });
        case 'deliveryPassed':
          return forget({ at: 'missed' });
        default:
          return stay(phase);
      }
    case 'withdrawing':
      switch (event.type) {
        case 'freed':
        case 'refused':
          return forget(phase.end === 'lost' ? { at: 'lost', reason: phase.because } : { at: 'withdrawn' });
        case 'confirmed':
          // The client confirmed before the withdrawal arrived: the duty stands, and the answer is still on disk.
          return { phase: { at: 'responding' }, commands: ['respond'] };
        default:
          return stay(phase);
      }
    case 'paid':
    case 'lost':
    case 'refused':
    case 'withdrawn':
    case 'missed':
      return stay(phase);
    default:
      return phase satisfies never;
  }
}

function withdraw(because: string, end: 'lost' | 'withdrawn'): Step {
  return { phase: { at: 'withdrawing', because, end }, commands: ['withdraw'] };
}
