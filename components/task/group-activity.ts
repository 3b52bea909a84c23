import type { Activity } from '@opengpu/sdk/market/state';

/** Like events of one transaction as one line. */
export interface ActivityGroup extends Omit<Activity, 'shard'> {
  /** Shards that it is about, ascending. */
  shards: number[];
}

/** Joins neighbours of the same transaction, kind, actor and task; amounts add up. Keeps the order. */
export function groupActivity(lines: readonly Activity[]): ActivityGroup[] {
  const groups: ActivityGroup[] = [];
  for (const { shard, ...line } of lines) {
    const last = groups.at(-1);
    if (last && shard !== undefined && isSame(last, line)) {
      last.shards = [...last.shards, shard].sort((a, b) => a - b);
      if (line.amountWei !== undefined) last.amountWei = (last.amountWei ?? 0n) + line.amountWei;
    } else {
      groups.push({ ...line, shards: shard === undefined ? [] : [shard] });
    }
  }
  return groups;
}

function isSame(a: Omit<Activity, 'shard'>, b: Omit<Activity, 'shard'>): boolean {
  return (
    a.at.transactionHash === b.at.transactionHash &&
    a.kind === b.kind &&
    a.actor === b.actor &&
    a.taskId === b.taskId
  );
}

/** "shard 3", "shards 3 to 7", "5 shards"; empty without any. */
export function shardsInWords(shards: readonly number[]): string {
  const [first] = shards;
  const last = shards.at(-1);
  if (first === undefined || last === undefined) return '';
  if (shards.length === 1) return `shard ${first}`;
  return last - first === shards.length - 1 ? `shards ${first} to ${last}` : `${shards.length} shards`;
}
