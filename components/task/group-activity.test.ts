import type { Activity } from '@opengpu/sdk/market/state';
import { expect, test } from 'vitest';
import { groupActivity, shardsInWords } from './group-activity';

const actor = '0x0000000000000000000000000000000000000001' as const;
const line = (
  shard: number,
  transactionHash: `0x${string}`,
  kind: Activity['kind'] = 'responded',
): Activity => ({
  kind,
  actor,
  shard,
  amountWei: 10n,
  at: { blockNumber: 1n, logIndex: shard, transactionHash, timestamp: 0 },
});

test('shards paid in one transaction are one line, their amounts added', () => {
  const [group, ...rest] = groupActivity([line(5, '0xa'), line(4, '0xa'), line(3, '0xa')]);
  expect(rest).toEqual([]);
  expect(group).toMatchObject({ shards: [3, 4, 5], amountWei: 30n });
});

test('another transaction or another kind begins a new line', () => {
  expect(groupActivity([line(1, '0xa'), line(2, '0xb'), line(3, '0xb', 'missed')])).toHaveLength(3);
});

test('over minutes, answers to one task are one line though others came between', () => {
  const lines = [
    line(2, '0xc'),
    { ...line(9, '0xb'), actor: `${actor.slice(0, -1)}2` as typeof actor },
    line(1, '0xa'),
  ];
  expect(groupActivity(lines, 'minutes').map(({ shards }) => shards)).toEqual([[1, 2], [9]]);
});

test('shards in words', () => {
  expect(shardsInWords([])).toBe('');
  expect(shardsInWords([3])).toBe('shard 3');
  expect(shardsInWords([3, 4, 5])).toBe('shards 3 to 5');
  expect(shardsInWords([3, 7])).toBe('2 shards');
});
