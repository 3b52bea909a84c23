import 'fake-indexeddb/auto';
import { memoryStore } from '@opengpu/sdk/data/memory-store';
import { catalogue } from '@opengpu/sdk/kernels/catalogue';
import { fractalReference } from '@opengpu/sdk/kernels/templates/fractal/reference';
import { fractalTemplate } from '@opengpu/sdk/kernels/templates/fractal/template';
import { searchReference } from '@opengpu/sdk/kernels/templates/search/reference';
import { searchTemplate } from '@opengpu/sdk/kernels/templates/search/template';
import { merkleRoot, merkleRootOfLarge } from '@opengpu/sdk/protocol/merkle';
import { wordsToBytes } from '@opengpu/sdk/protocol/words';
import { BaseError, zeroAddress } from 'viem';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sleep } from './chain/retry.ts';
import { OutOfGas, TxRefused } from './chain/tx-refused.ts';
import type { Compute } from './compute.ts';
import { deployment, SimulatedMarket } from './integration/simulated-market.ts';
import { openJournal } from './journal/indexed-journal.ts';
import { rival, us } from './machine/sample-record.ts';
import { defaultSettings } from './policy/settings.ts';
import { speedKey } from './policy/speed.ts';
import type { WorkerSnapshot } from './snapshot.ts';
import { StatusBoard } from './status-board.ts';
import { WorkerLoop } from './worker-loop.ts';

// Real time, on a busy machine; the worker's own time is simulated.
vi.setConfig({ testTimeout: 60_000 });

// Compiling WASM takes real time, which the simulated clock does not wait for.
beforeAll(async () => {
  await merkleRootOfLarge(new Uint8Array(4));
});
beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets time pass on the test's clock; IndexedDB's own steps take real turns of the event loop. */
async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 50) {
    await vi.advanceTimersByTimeAsync(50);
    for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

const adapter = 'a simulated GPU';

/** A GPU that takes a second for anything and answers as the references do. */
const compute: Compute = {
  open: async () => adapter,
  close: async () => undefined,
  async map({ inputs, count, elementsPerShard }, { onShard, onProgress }, signal) {
    await sleep(1_000, signal);
    for (let start = 0; start < count; start += elementsPerShard) {
      const words = fractalReference(
        inputs[0] ?? new Uint32Array(),
        start,
        Math.min(elementsPerShard, count - start),
      );
      const bytes = wordsToBytes(words);
      onShard({ shard: start / elementsPerShard, root: merkleRoot(bytes), bytes });
    }
    onProgress(count, 1_000);
  },
  async search({ inputs, firstId }, _, signal) {
    await sleep(1_000, signal);
    const bytes = wordsToBytes(searchReference(inputs[0] ?? new Uint32Array(), firstId, 1));
    return { id: firstId, root: merkleRoot(bytes), bytes };
  },
};

let homes = 1;

/** A worker on a market; started again under the same `home`, it has the same journal. */
async function start(market: SimulatedMarket, home: number) {
  const stop = new AbortController();
  let snapshot: WorkerSnapshot | undefined;
  const board = new StatusBoard(us, zeroAddress, (next) => {
    snapshot = next;
  });
  const opening = openJournal({ chainId: home, market: deployment.market, provider: us });
  await pass(50);
  const journal = await opening;
  // Measured before, so that no benchmark is run.
  const measured = Promise.all(catalogue.map((kernel) => journal.putSpeed(speedKey(adapter, kernel), 1)));
  await pass(50);
  await measured;
  const loop = new WorkerLoop({
    deployment,
    provider: us,
    operator: zeroAddress,
    settings: defaultSettings,
    chain: market.chain,
    sender: market.sender,
    follow: market.follow,
    connectionLost: () => undefined,
    compute,
    journal,
    sources: {},
    outputs: { store: memoryStore(), url: 'http://127.0.0.1' },
    board,
  });
  const ended = loop.run(stop.signal);
  return {
    state: () => snapshot?.jobs[0]?.state,
    snapshot: () => snapshot,
    async kill() {
      stop.abort();
      await pass(50);
      await ended;
    },
  };
}

async function search() {
  // The first hexadecimal digit only: one salt in sixteen fits, an element tries 256.
  const goal = { kind: 'prefix', prefix: '7' } as const;
  const draft = await searchTemplate.draft({ ...searchTemplate.defaults, client: rival, goal });
  return new SimulatedMarket({ draft, client: rival, deadlineSeconds: 60 });
}

async function fractal() {
  const draft = await fractalTemplate.draft({ ...fractalTemplate.defaults, size: 256 });
  const result = { kind: 'image', width: 4, height: 2, layout: 'rows' } as const;
  const small = { ...draft, count: 8, elementsPerShard: 4, metadata: { ...draft.metadata, result } };
  return new SimulatedMarket({ draft: small, client: rival, deadlineSeconds: 30 });
}

describe('First Response', () => {
  test('commits once, waits, opens, is paid', async () => {
    const market = await search();
    const worker = await start(market, homes++);
    await pass(8_000);
    expect(market.calls).toEqual(['commit', 'respond']);
    expect(worker.state()).toEqual({ kind: 'paid' });
    expect(worker.snapshot()?.earnedWei).toBe(market.record.task.maxPrice);
    await worker.kill();
    expect(worker.snapshot()?.status).toEqual({ kind: 'stopped' });
  });

  test('killed at any moment and started again, it commits once and is paid once', {
    timeout: 60_000,
  }, async () => {
    for (let moment = 0; moment <= 6_000; moment += 300) {
      const market = await search();
      const home = homes++;
      const first = await start(market, home);
      await pass(moment);
      await first.kill();
      const second = await start(market, home);
      await pass(8_000);
      expect(market.calls, `killed after ${moment} ms`).toEqual(['commit', 'respond']);
      expect(market.record.settled.get(0)?.provider).toBe(us);
      await second.kill();
    }
  });

  test('a race lost while computing or after committing costs nothing more', async () => {
    for (const moment of [500, 2_300]) {
      const market = await search();
      const worker = await start(market, homes++);
      await pass(moment);
      const before = market.calls.length;
      market.rivalAnswers(rival);
      await pass(4_000);
      expect(worker.state()).toEqual({
        kind: 'lost',
        reason: 'Another provider opened a valid answer first.',
      });
      expect(market.calls.length).toBe(before);
      await worker.kill();
    }
  });
});

describe('Manual Confirmation', () => {
  test('killed at any moment and started again, it offers once and answers every shard once', {
    timeout: 60_000,
  }, async () => {
    for (let moment = 0; moment <= 9_000; moment += 600) {
      const market = await fractal();
      const home = homes++;
      const first = await start(market, home);
      const confirming = setInterval(() => {
        if (market.record.offers.get(us)?.status === 'open') market.confirm(us);
      }, 1_500);
      await pass(moment);
      await first.kill();
      const second = await start(market, home);
      await pass(10_000);
      clearInterval(confirming);
      const answers = market.calls.filter((call) => call !== 'respondMany');
      expect(answers, `killed after ${moment} ms`).toEqual(['offer', 'respond', 'respond']);
      await second.kill();
    }
  });

  test("another's confirmation frees the hold", async () => {
    const market = await fractal();
    const worker = await start(market, homes++);
    await pass(5_000);
    expect(worker.state()).toEqual({ kind: 'offered', askWei: 900_000_000_000_000n });
    market.rivalOffers(rival);
    market.confirm(rival);
    await pass(4_000);
    expect(market.calls).toEqual(['offer', 'withdrawOffer']);
    expect(worker.state()).toEqual({
      kind: 'lost',
      reason: "The client confirmed another provider's offer.",
    });
    await worker.kill();
  });

  test('a client that never confirms gets the offer taken back when its time is over', async () => {
    const market = await fractal();
    const worker = await start(market, homes++);
    await pass(100_000);
    expect(market.calls).toEqual(['offer', 'withdrawOffer']);
    expect(worker.state()).toEqual({ kind: 'withdrawn' });
    await worker.kill();
  });

  test('a promise is kept although gas or the chain fail for a while', async () => {
    for (const failure of [new OutOfGas('no gas'), new Error('the content store is away')]) {
      const market = await fractal();
      const worker = await start(market, homes++);
      await pass(5_000);
      market.failNext = () => failure;
      market.confirm(us);
      await pass(8_000);
      expect(worker.state()).toEqual({ kind: 'paid' });
      expect(worker.snapshot()?.log.map(({ text }) => text)).toContainEqual(
        expect.stringContaining(failure.message),
      );
      await worker.kill();
    }
  });

  test('a promise is kept although the node answers with errors for a while', async () => {
    const market = await fractal();
    const worker = await start(market, homes++);
    await pass(5_000);
    market.confirm(us);
    const stumble = new BaseError('header not found');
    vi.spyOn(market.chain, 'block').mockRejectedValueOnce(stumble);
    vi.spyOn(market.chain, 'openShards').mockRejectedValueOnce(stumble);
    await pass(8_000);
    expect(worker.state()).toEqual({ kind: 'paid' });
    await worker.kill();
  });

  test('a confirmation that crosses the withdrawal is a duty, and is kept', async () => {
    const market = await fractal();
    const worker = await start(market, homes++);
    await pass(5_000);
    market.failNext = () => {
      market.confirm(us);
      return new TxRefused('The offer is confirmed.');
    };
    market.rivalOffers(rival);
    market.confirm(rival);
    await pass(8_000);
    expect(market.calls).toEqual(['offer', 'respondMany', 'respond', 'respond']);
    expect(worker.state()).toEqual({ kind: 'paid' });
    await worker.kill();
  });

  test('an offer whose answer is lost is taken back', async () => {
    const market = await fractal();
    const first = await start(market, homes++);
    await pass(5_000);
    await first.kill();
    const elsewhere = await start(market, homes++);
    await pass(3_000);
    expect(market.calls).toEqual(['offer', 'withdrawOffer']);
    await elsewhere.kill();
  });
});
