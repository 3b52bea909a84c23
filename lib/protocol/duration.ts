const units = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3_600 },
  { name: 'minute', seconds: 60 },
  { name: 'second', seconds: 1 },
];

/** A span of seconds in words, its two largest units: "1 hour 5 minutes". Whole seconds, rounded down; negative spans count as their size. */
export function durationInWords(seconds: number | bigint): string {
  let left = Math.floor(Math.abs(Number(seconds)));
  const parts: string[] = [];
  for (const unit of units) {
    const count = Math.floor(left / unit.seconds);
    left -= count * unit.seconds;
    if (count > 0) parts.push(`${count} ${unit.name}${count === 1 ? '' : 's'}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts.join(' ') : '0 seconds';
}

/** A moment relative to another: "5 minutes ago", "in 3 seconds" or "now". Unix seconds. */
export function momentInWords(atSeconds: number | bigint, nowSeconds: number | bigint): string {
  const ahead = Number(atSeconds) - Number(nowSeconds);
  if (Math.abs(ahead) < 1) return 'now';
  return ahead > 0 ? `in ${durationInWords(ahead)}` : `${durationInWords(ahead)} ago`;
}
