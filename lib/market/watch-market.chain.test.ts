import { createClient, custom, type EIP1193RequestFn, HttpRequestError, http, RpcRequestError } from 'viem';
import { foundry } from 'viem/chains';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { account, startTestChain, type TestChain } from '../test-chain/test-chain.ts';
import { deposit } from './deposit.ts';
import { setMarket } from './set-market.ts';
import { stake } from './stake.ts';
import type { MarketState } from './state.ts';
import { type MarketStore, memoryStore } from './store.ts';
import { vaultMulticall } from './vault-multicall.ts';
import { watchMarket } from './watch-market.ts';
import type { WatchStatus } from './watch-status.ts';

let chain: TestChain;
let stop: AbortController;
let watches: Promise<void>[];

const payer = account(1);

beforeEach(async () => {
  chain = await startTestChain();
  stop = new AbortController();
  watches = [];
});

afterEach(async () => {
  stop.abort();
  await Promise.all(watches);
  await chain.stop();
});

interface RpcRequest {
  method: string;
  params?: unknown;
}

/** A node between the watcher and anvil, which the test can make worse. */
function nodeOf(spoil: (request: RpcRequest, answer: () => Promise<unknown>) => Promise<unknown>) {
  const anvil = http(chain.rpcUrl, { retryCount: 0 })({ chain: foundry });
  const requests: RpcRequest[] = [];
  const request: EIP1193RequestFn = (given: RpcRequest) => {
    requests.push(given);
    return spoil(given, () => anvil.request(given)) as never;
  };
  const client = createClient({ chain: foundry, transport: custom({ request }, { retryCount: 0 }) });
  return { client, requests };
}

const honest = (_: RpcRequest, answer: () => Promise<unknown>) => answer();

function watch(node: ReturnType<typeof nodeOf>, store: MarketStore = memoryStore(), signal = stop.signal) {
  const states: MarketState[] = [];
  const statuses: WatchStatus[] = [];
  const ended = watchMarket({
    client: node.client,
    deployment: chain.deployment,
    store,
    signal,
    pollMs: 20,
    onState: (state) => states.push(state),
    onStatus: (status) => statuses.push(status),
  });
  watches.push(ended);
  return {
    states,
    statuses,
    ended,
    balance: () => states.at(-1)?.balances.get(payer) ?? 0n,
    kinds: () => statuses.map(({ kind }) => kind),
  };
}

/** Until what is checked holds; the machine may be busy. */
function eventually(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 20_000, interval: 10 });
}

async function pay(amountWei: bigint): Promise<void> {
  await chain.send(payer, deposit.request(chain.deployment, { to: payer, amountWei }));
}

describe('watchMarket', () => {
  test('folds the past, follows the head, and says that it is live', async () => {
    await pay(5n);
    const seen = watch(nodeOf(honest));
    await eventually(() => expect(seen.balance()).toBe(5n));
    await pay(7n);
    await eventually(() => expect(seen.balance()).toBe(12n));
    const head = await chain.client.getBlockNumber();
    await eventually(() => expect(seen.statuses.at(-1)).toEqual({ kind: 'live', block: head }));
    expect(new Set(seen.kinds())).toEqual(new Set(['live']));
  });

  test('asks for fewer blocks when the node refuses a range, and says how far it is', async () => {
    for (let paid = 0; paid < 10; paid++) await pay(1n);
    const node = nodeOf(async (request, answer) => {
      if (request.method === 'eth_getLogs') {
        const [{ fromBlock, toBlock }] = request.params as [{ fromBlock: string; toBlock: string }];
        if (Number(toBlock) - Number(fromBlock) >= 3) {
          throw new RpcRequestError({
            body: {},
            url: '',
            error: { code: -32005, message: 'too many blocks' },
          });
        }
      }
      return answer();
    });
    const seen = watch(node);
    await eventually(() => expect(seen.balance()).toBe(10n));
    await eventually(() => expect(seen.kinds().at(-1)).toBe('live'));
    expect(seen.kinds().filter((kind) => kind === 'syncing').length).toBeGreaterThan(2);
    expect(seen.kinds()).not.toContain('unreachable');
  });

  test('asks for the times of blocks that the node does not write into logs', async () => {
    const market = chain.deployment.market;
    await pay(10n);
    const staking = stake.request(chain.deployment, {
      provider: payer,
      amountWei: 10n,
      maxCommissionBps: 10_000,
      source: 'balance',
    });
    const { data } = setMarket.request(chain.deployment, {});
    await chain.send(payer, vaultMulticall(chain.deployment, [data, staking.data], 0n));
    const { timestamp } = await chain.client.getBlock();
    const node = nodeOf(async (request, answer) => {
      const given = await answer();
      if (request.method !== 'eth_getLogs') return given;
      return (given as object[]).map((log) => ({ ...log, blockTimestamp: undefined }));
    });
    const seen = watch(node);
    await eventually(() => expect(seen.states.at(-1)?.providers.get(payer)?.market).toBe(market));
    expect(seen.states.at(-1)?.activity.map(({ at }) => at.timestamp)).toEqual([Number(timestamp)]);
  });

  test('survives a node that goes away, says so, and misses nothing', async () => {
    let down = false;
    const node = nodeOf((request, answer) => {
      if (down) throw new HttpRequestError({ url: '', details: `connection refused: ${request.method}` });
      return answer();
    });
    const seen = watch(node);
    await eventually(() => expect(seen.kinds()).toEqual(['live']));
    down = true;
    await eventually(() => expect(seen.kinds()).toContain('unreachable'));
    await pay(9n);
    const gone = seen.statuses.find((status) => status.kind === 'unreachable');
    expect(gone).toMatchObject({
      reason: 'The node does not answer. Check the connection; nothing is lost.',
    });
    expect(gone?.kind === 'unreachable' && gone.retryAt >= gone.since).toBe(true);
    down = false;
    await eventually(() => expect(seen.balance()).toBe(9n));
    await eventually(() => expect(seen.kinds().at(-1)).toBe('live'));
  });

  test('folds again when blocks are replaced, also when the chain became shorter', async () => {
    await pay(1n);
    const id = await chain.client.snapshot();
    const seen = watch(nodeOf(honest));
    await eventually(() => expect(seen.balance()).toBe(1n));
    await pay(10n);
    await pay(20n);
    await pay(40n);
    await eventually(() => expect(seen.balance()).toBe(71n));
    await chain.client.revert({ id });
    await eventually(() => expect(seen.balance()).toBe(1n));
    await pay(100n);
    await eventually(() => expect(seen.balance()).toBe(101n));
    expect(seen.states.at(-1)?.activity).toEqual([]);
  });

  test.each([1, 2, 5])(
    'folds again when the last block is replaced and %d more follow at once',
    async (more) => {
      const id = await chain.client.snapshot();
      let frozen = false;
      let head: unknown;
      const node = nodeOf(async (request, answer) => {
        const asksHead =
          request.method === 'eth_getBlockByNumber' && JSON.stringify(request.params).includes('latest');
        if (asksHead && !frozen) head = await answer();
        return asksHead ? head : answer();
      });
      const seen = watch(node);
      await pay(10n);
      await eventually(() => expect(seen.balance()).toBe(10n));
      frozen = true;
      await chain.client.revert({ id });
      for (let paid = 0; paid <= more; paid++) await pay(100n);
      frozen = false;
      await eventually(() => expect(seen.balance()).toBe(100n * BigInt(more + 1)));
    },
  );

  test('goes on from a stored checkpoint without asking for what is in it', async () => {
    const store = memoryStore();
    await pay(3n);
    const first = watch(nodeOf(honest), store);
    await eventually(async () => expect((await store.load())?.state.balances.get(payer)).toBe(3n));
    const saved = (await store.load())?.state.block ?? 0n;
    stop.abort();
    await first.ended;
    stop = new AbortController();
    await pay(4n);
    const node = nodeOf(honest);
    const second = watch(node, store);
    await eventually(() => expect(second.balance()).toBe(7n));
    const ranges = node.requests.filter(({ method }) => method === 'eth_getLogs');
    for (const { params } of ranges) {
      const [{ fromBlock }] = params as [{ fromBlock: string }];
      expect(BigInt(fromBlock)).toBeGreaterThan(saved);
    }
  });

  test('does not trust a checkpoint of another chain', async () => {
    const store = memoryStore();
    await pay(3n);
    const first = watch(nodeOf(honest), store);
    await eventually(() => expect(first.balance()).toBe(3n));
    stop.abort();
    await first.ended;
    await chain.stop();
    chain = await startTestChain();
    stop = new AbortController();
    const second = watch(nodeOf(honest), store);
    await eventually(() => expect(second.kinds()).toContain('live'));
    expect(second.balance()).toBe(0n);
  });

  test('says when the node serves another chain, and goes on when it no longer does', async () => {
    let chainId = '0x1';
    const node = nodeOf((request, answer) =>
      request.method === 'eth_chainId' ? Promise.resolve(chainId) : answer(),
    );
    const seen = watch(node);
    await eventually(() =>
      expect(seen.statuses).toEqual([{ kind: 'wrongChain', expected: foundry.id, actual: 1 }]),
    );
    expect(seen.states).toEqual([]);
    chainId = '0x7a69';
    await eventually(() => expect(seen.kinds()).toEqual(['wrongChain', 'live']));
  });

  test('says when the contracts are not there', async () => {
    const node = nodeOf((request, answer) =>
      request.method === 'eth_getCode' ? Promise.resolve('0x') : answer(),
    );
    const seen = watch(node);
    await eventually(() => expect(seen.kinds()).toEqual(['notDeployed']));
    expect(seen.states).toEqual([]);
  });

  test('says nothing more once it is stopped, and ends', async () => {
    const seen = watch(nodeOf(honest));
    await eventually(() => expect(seen.kinds()).toEqual(['live']));
    stop.abort();
    await seen.ended;
    const { length } = seen.states;
    await pay(1n);
    expect(seen.states).toHaveLength(length);
  });

  test('passes on what its own callbacks throw', async () => {
    const failing = watchMarket({
      client: nodeOf(honest).client,
      deployment: chain.deployment,
      store: memoryStore(),
      signal: stop.signal,
      onState: () => {
        throw new Error('a bug in the reader');
      },
      onStatus: () => {},
    });
    await expect(failing).rejects.toThrow('a bug in the reader');
  });
});
