import { type DurationPart, durationParts } from '@opengpu/sdk/protocol/duration';

const short: Record<DurationPart['unit'], string> = { day: 'd', hour: 'h', minute: 'min', second: 's' };

/** Seconds in the two largest units that matter: "2 h 5 min", "42 s"; what is over is "0 s". */
export function formatDuration(seconds: number): string {
  return durationParts(Math.max(0, seconds))
    .map(({ count, unit }) => `${count} ${short[unit]}`)
    .join(' ');
}
