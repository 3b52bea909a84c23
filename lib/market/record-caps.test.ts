import { zeroHash } from 'viem';
import { expect, test } from 'vitest';
import type { MarketLog } from './market-log.ts';
import { emptyMarket, reduce } from './reduce.ts';

const provider = '0x00000000000000000000000000000000000000a1';

test('Attack: misses beyond the counter, in tasks published to oneself', () => {
  const missed = (logIndex: number): MarketLog => ({
    eventName: 'Missed',
    args: { taskId: zeroHash, provider, keeper: provider, missedShards: 2 ** 32 - 1, penalty: 0n },
    at: { blockNumber: 1n, logIndex, transactionHash: zeroHash, timestamp: 1_800_000_000 },
  });
  const state = reduce(emptyMarket(), [missed(0), missed(1)]);
  expect(state.providers.get(provider)?.missed).toBe(2 ** 32 - 1);
});
