import type { Activity } from '@opengpu/sdk/market/state';

/** Like events as one line. */
export interface ActivityGroup extends Omit<Activity, 'shard'> {
  /** Shards that it is about, ascending. */
  shards: number[];
}

/** Seconds that events of different transactions may lie apart and still be one line. */
const closeSeconds = 120;

/**
 * Joins answers of the same actor to the same task, newest first as given: those of one transaction, or with `span`
 * "minutes" those of the last few. Amounts add up; a line stands where its newest event does.
 */
export function groupActivity(
  lines: readonly Activity[],
  span: 'transaction' | 'minutes' = 'transaction',
): ActivityGroup[] {
  const groups: ActivityGroup[] = [];
  for (const { shard, ...line } of lines) {
    const group = shard === undefined ? undefined : groups.find((known) => isLike(known, line, span));
    if (group && shard !== undefined) {
      group.shards = [...group.shards, shard].sort((a, b) => a - b);
      if (line.amountWei !== undefined) group.amountWei = (group.amountWei ?? 0n) + line.amountWei;
    } else {
      groups.push({ ...line, shards: shard === undefined ? [] : [shard] });
    }
  }
  return groups;
}

function isLike(
  a: Omit<Activity, 'shard'>,
  b: Omit<Activity, 'shard'>,
  span: 'transaction' | 'minutes',
): boolean {
  if (a.kind !== b.kind || a.actor !== b.actor || a.taskId !== b.taskId) return false;
  return span === 'transaction'
    ? a.at.transactionHash === b.at.transactionHash
    : a.at.timestamp - b.at.timestamp <= closeSeconds;
}

/** "shard 3", "shards 3 to 7", "5 shards"; empty without any. */
export function shardsInWords(shards: readonly number[]): string {
  const [first] = shards;
  const last = shards.at(-1);
  if (first === undefined || last === undefined) return '';
  if (shards.length === 1) return `shard ${first}`;
  return last - first === shards.length - 1 ? `shards ${first} to ${last}` : `${shards.length} shards`;
}
