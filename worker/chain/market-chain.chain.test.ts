import { fetchLogs } from '@opengpu/sdk/market/fetch-logs';
import { emptyMarket, reduce } from '@opengpu/sdk/market/reduce';
import type { MarketState } from '@opengpu/sdk/market/state';
import { operator, playBusyMarket, provider, rival, staker } from '@opengpu/sdk/test-chain/busy-market';
import { startTestChain, type TestChain } from '@opengpu/sdk/test-chain/test-chain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MarketChain, marketChain } from './market-chain.ts';

let chain: TestChain;
let reads: MarketChain;
let state: MarketState;
const { signal } = new AbortController();

beforeAll(async () => {
  chain = await startTestChain();
  await playBusyMarket(chain);
  const { client, deployment } = chain;
  reads = marketChain(client, deployment, () => undefined);
  state = reduce(
    emptyMarket(),
    await fetchLogs(client, deployment, deployment.fromBlock, await client.getBlockNumber()),
  );
});
afterAll(() => chain?.stop());

test('open shards and offers are those of the event log', async () => {
  for (const { taskId, shards, settled, offers } of state.tasks.values()) {
    const open = Array.from({ length: shards }, (_, shard) => shard).filter((shard) => !settled.has(shard));
    expect(await reads.openShards(taskId, shards, signal)).toEqual(open);
    for (const by of [provider, rival, staker]) {
      const offer = offers.get(by);
      expect((await reads.offer(taskId, by, signal)).status).toBe(offer?.status ?? 'none');
    }
  }
});

test('a commitment that was never made is not found', async () => {
  for (const { taskId, commitments } of state.tasks.values()) {
    for (const by of commitments.keys())
      expect(await reads.commitment(taskId, by, taskId, signal)).toBeUndefined();
  }
});

test('a pool is read with its market, and who may work for it', async () => {
  const pool = await reads.pool(provider, signal);
  expect(pool.market).toBe(state.providers.get(provider)?.market);
  const allowed = state.providers.get(provider)?.operators.has(operator) ?? false;
  expect(await reads.mayWork(provider, operator, signal)).toBe(allowed);
  expect(await reads.mayWork(provider, provider, signal)).toBe(true);
  expect(await reads.mayWork(provider, staker, signal)).toBe(false);
});
