import fc from 'fast-check';
import type { Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import {
  everyone,
  operator,
  ownMarket,
  playBusyMarket,
  provider,
  rival,
  slashed,
  staker,
} from '../test-chain/busy-market.ts';
import { startTestChain, type TestChain } from '../test-chain/test-chain.ts';
import { commissionAt } from './commission.ts';
import { fetchLogs } from './fetch-logs.ts';
import { liveOffers } from './live-offers.ts';
import type { MarketLog } from './market-log.ts';
import { readOffers } from './read-offers.ts';
import { readProviders } from './read-providers.ts';
import { readShards } from './read-shards.ts';
import { readTasks } from './read-tasks.ts';
import { readTicket } from './read-ticket.ts';
import { emptyMarket, reduce } from './reduce.ts';
import type { MarketState } from './state.ts';
import { tailAt } from './tail.ts';

let chain: TestChain;
let logs: MarketLog[];
let state: MarketState;

beforeAll(async () => {
  chain = await startTestChain();
  await playBusyMarket(chain);
  logs = await fetchLogs(chain.client, chain.deployment, 0n, await chain.client.getBlockNumber());
  state = reduce(emptyMarket(), logs);
});

afterAll(() => chain?.stop());

const pools = [provider, rival, slashed];

/** What the folded state must say of a provider at `now`, in the shape of the chain's answer. */
function folded(of: (typeof pools)[number], now: number) {
  const pool = state.providers.get(of);
  if (!pool) throw new Error(`${of} is not in the state.`);
  return {
    market: pool.market,
    stakeWei: pool.stakeWei,
    shares: pool.shares,
    ownFreeShares: pool.ownShares - (pool.tickets.get(of)?.shares ?? 0n),
    requestedShares: [...pool.tickets.values()].reduce((sum, { shares }) => sum + shares, 0n),
    heldWei: pool.heldWei,
    tailWei: tailAt(pool, now, chain.deployment.constants.windowSeconds),
    lockLimitWei: pool.lockLimitWei,
    commissionBps: commissionAt(pool, now),
    balanceWei: state.balances.get(of) ?? 0n,
    settled: pool.settled,
    missed: pool.missed,
    slashed: pool.slashed,
    responseSeconds: pool.responseSeconds,
    earnedWei: pool.earnedWei,
  };
}

describe('the event log rebuilds the state (I11)', () => {
  test('the scenario raises every event', () => {
    const events = [...vaultAbi, ...marketAbi].filter(({ type }) => type === 'event').map(({ name }) => name);
    expect(new Set(logs.map(({ eventName }) => eventName))).toEqual(new Set(events));
  });

  test('every balance, and together they are what the vault holds beside pools and escrows', async () => {
    for (const account of everyone) {
      const onChain = await chain.client.readContract({
        address: chain.deployment.vault,
        abi: vaultAbi,
        functionName: 'balanceOf',
        args: [account],
      });
      expect(state.balances.get(account) ?? 0n, account).toBe(onChain);
    }
    const balances = [...state.balances.values()].reduce((sum, wei) => sum + wei, 0n);
    const stakes = [...state.providers.values()].reduce((sum, { stakeWei }) => sum + stakeWei, 0n);
    const escrows = [...state.tasks.values()].reduce((sum, { escrowWei }) => sum + escrowWei, 0n);
    const held = await chain.client.getBalance({ address: chain.deployment.vault });
    expect(balances + stakes + escrows).toBe(held);
  });

  test('every pool and record, then and after the tails lapsed', async () => {
    for (const wait of [1, 700, 1_300]) {
      await chain.pass(wait);
      const now = await chain.now();
      const onChain = await readProviders(chain.client, chain.deployment, pools);
      for (const [index, pool] of pools.entries()) expect(onChain[index]).toMatchObject(folded(pool, now));
    }
    expect([...state.providers.values()].some(({ tails }) => tails.size > 0)).toBe(true);
  });

  test('every stake, ticket and operator', async () => {
    for (const pool of pools) {
      for (const account of everyone) {
        const shares = await chain.client.readContract({
          address: chain.deployment.vault,
          abi: vaultAbi,
          functionName: 'sharesOf',
          args: [pool, account],
        });
        expect(state.stakes.get(pool)?.get(account) ?? 0n).toBe(shares);
        const ticket = await readTicket(chain.client, chain.deployment, pool, account);
        expect(state.providers.get(pool)?.tickets.get(account)).toEqual(ticket);
      }
    }
    expect(state.stakes.get(provider)?.get(staker)).toBeGreaterThan(0n);
    expect(state.providers.get(provider)?.operators).toEqual(new Set([operator]));
    expect(state.providers.get(rival)?.operators).toEqual(new Set([rival]));
    expect(state.providers.get(provider)?.nextMarket?.market).toBe(ownMarket);
  });

  test('every task, shard and offer', async () => {
    const taskIds = [...state.tasks.keys()];
    expect(taskIds).toHaveLength(6);
    for (const onChain of await readTasks(chain.client, chain.deployment, taskIds)) {
      const record = state.tasks.get(onChain.taskId);
      if (!record) throw new Error(`${onChain.taskId} is not in the state.`);
      const { escrowWei, confirmed, cancelledDeadline } = record;
      expect({ escrowWei, confirmed, cancelledDeadline }).toEqual({
        escrowWei: onChain.escrowWei,
        confirmed: onChain.confirmed,
        cancelledDeadline: onChain.cancelledDeadline,
      });
      expect(record.publishedAt.timestamp).toBe(onChain.openedAt);
      expect(record.reclaimedWei !== undefined).toBe(onChain.reclaimed);
      expect(liveOffers(record)).toBe(onChain.liveOffers);
      await expectShards(onChain.taskId);
      for (const offer of await readOffers(chain.client, chain.deployment, onChain.taskId, [
        provider,
        rival,
      ])) {
        const known = record.offers.get(offer.provider);
        expect(known?.status ?? 'none').toBe(offer.status);
        if (!known) continue;
        expect([known.askWei, known.confirmedAt]).toEqual([offer.askWei, offer.confirmedAt]);
        expect(known.commitment).toBe(offer.commitment);
      }
    }
  });

  async function expectShards(taskId: Hex): Promise<void> {
    const record = state.tasks.get(taskId);
    const shards = await readShards(chain.client, chain.deployment, taskId, 0, record?.shards ?? 0);
    for (const [index, shard] of shards.entries()) {
      const settled = record?.settled.get(index);
      expect(settled?.at.timestamp).toBe(shard.kind === 'open' ? undefined : shard.settledAt);
      expect(settled?.slashed !== undefined).toBe(shard.kind === 'slashed');
    }
  }
});

describe('folding', () => {
  test('in any chunks gives the same state', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(logs.length), { maxLength: 8 }), (cuts) => {
        const edges = [0, ...cuts.toSorted((one, other) => one - other), logs.length];
        const chunked = edges.reduce(
          (before, edge, index) => reduce(before, logs.slice(edge, edges[index + 1] ?? logs.length)),
          emptyMarket(),
        );
        expect(chunked).toEqual(state);
      }),
      { numRuns: 50 },
    );
  });

  test('leaves the state that it starts from as it was', () => {
    for (const cut of logs.keys()) {
      const before = reduce(emptyMarket(), logs.slice(0, cut));
      const copy = structuredClone(before);
      reduce(before, logs.slice(cut));
      expect(before).toEqual(copy);
    }
  });

  test('tells the newest activity first', () => {
    const places = state.activity.map(({ at }) => at.blockNumber * 1_000n + BigInt(at.logIndex));
    expect(places).toEqual(places.toSorted((one, other) => Number(other - one)));
    expect(new Set(state.activity.map(({ kind }) => kind))).toEqual(
      new Set([
        'published',
        'committed',
        'offered',
        'confirmed',
        'responded',
        'missed',
        'cancelled',
        'reclaimed',
        'staked',
        'unstaked',
        'slashed',
      ]),
    );
  });
});
