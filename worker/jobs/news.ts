import { formatEther } from 'viem';
import type { LogLine } from '../snapshot.ts';
import type { Job } from './job.ts';

/** What entering its present phase says to a reader of the log, if it is worth a line. */
export function newsOf({
  phase,
  metadata: { name },
  paid,
  askWei,
}: Job): Pick<LogLine, 'level' | 'text'> | undefined {
  switch (phase.at) {
    case 'paid':
      return { level: 'info', text: `Paid ${formatEther(BigInt(paid.size) * askWei)} ETH for ${name}.` };
    case 'lost':
      return { level: 'info', text: `Lost ${name}: ${phase.reason}` };
    case 'refused':
      return { level: 'warn', text: `Gave up ${name}: ${phase.reason}` };
    case 'withdrawing':
      return { level: 'info', text: `Withdrawing the offer for ${name}: ${phase.because}` };
    case 'withdrawn':
      return { level: 'info', text: `The offer for ${name} is withdrawn.` };
    case 'missed':
      return { level: 'error', text: `Missed the delivery of ${name}: part of the bond is lost.` };
    case 'computing':
    case 'storing':
    case 'committing':
    case 'committed':
    case 'offering':
    case 'offered':
    case 'responding':
      return undefined;
    default:
      return phase satisfies never;
  }
}
