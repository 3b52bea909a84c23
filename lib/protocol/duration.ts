const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** So many of one unit of time. */
export interface DurationPart {
  count: number;
  unit: (typeof units)[number]['unit'];
}

/** A span of seconds as its two largest units, at least one. Whole seconds, rounded down; negative spans count as their size. */
export function durationParts(seconds: number | bigint): DurationPart[] {
  let left = Math.floor(Math.abs(Number(seconds)));
  const parts: DurationPart[] = [];
  for (const { unit, seconds: size } of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push({ count, unit });
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts : [{ count: 0, unit: 'second' }];
}

/** A span of seconds in words: "1 hour 5 minutes". */
export function durationInWords(seconds: number | bigint): string {
  return durationParts(seconds)
    .map(({ count, unit }) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ');
}

/** A moment relative to another: "5 minutes ago", "in 3 seconds" or "now". Unix seconds. */
export function momentInWords(atSeconds: number | bigint, nowSeconds: number | bigint): string {
  const ahead = Number(atSeconds) - Number(nowSeconds);
  if (Math.abs(ahead) < 1) return 'now';
  return ahead > 0 ? `in ${durationInWords(ahead)}` : `${durationInWords(ahead)} ago`;
}
