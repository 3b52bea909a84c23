import { fractalKernel, searchKernel } from '@opengpu/sdk/kernels/catalogue';
import { parseEther } from 'viem';
import { describe, expect, test } from 'vitest';
import { rival, sampleOffer, sampleRecord, us } from '../machine/sample-record.ts';
import { decide, type Facts, shardsPerTransaction } from './decide.ts';
import { defaultSettings } from './settings.ts';

const verifier = rival;
const facts: Facts = {
  nowSeconds: 1_000,
  provider: us,
  kernel: fractalKernel,
  locatedInputs: 0,
  elementsPerSecond: 100,
  gasPriceWei: 1_000_000n,
  operatorBalanceWei: parseEther('1'),
  lockableWei: parseEther('1'),
  ownStakeWei: parseEther('1'),
  promisedWei: 0n,
  knownVerifiers: [verifier],
  blockSeconds: 2,
  commitmentAgeSeconds: 1,
};
const search = { count: 1, elementsPerShard: 1, wordsPerElement: 9, verifier, bond: 0n };
const manual = sampleRecord('manualConfirmation');

test('a task worth it is taken at nine tenths of its highest price', () => {
  expect(decide(manual, facts, defaultSettings)).toEqual({
    take: true,
    model: 'manualConfirmation',
    askWei: 900_000_000_000_000n,
    netWei: 4n * 900_000_000_000_000n - (130_000n + 40n * 4_096n + 4n * (110_000n + 40n * 40n)) * 1_000_000n,
    estimateSeconds: 0.4,
  });
});

test('data for the verifier is paid for with the offer and with each answer', () => {
  const record = sampleRecord('manualConfirmation', {
    task: { verifier, verifierData: `0x${'00'.repeat(1_024)}` },
  });
  const bare = decide(manual, facts, defaultSettings);
  const long = decide(record, facts, defaultSettings);
  if (!bare.take || !long.take) throw new Error('Both are worth it.');
  expect(bare.netWei - long.netWei).toBe(5n * 41n * 1_024n * facts.gasPriceWei);
});

test('a task that names element code is passed over: planted code could convict a right answer', () => {
  const record = { ...manual, work: { ...manual.work, codeHash: `0x${'11'.repeat(32)}` as const } };
  expect(decide(record, facts, defaultSettings)).toEqual({
    take: false,
    reason: 'it names element code, which this worker cannot compare with its kernel yet',
  });
});

test('the ask is rounded up, never below the lowest price and never above the highest', () => {
  const askOf = (settings: Partial<typeof defaultSettings>, maxPrice = 1_000_000_000_000_001n) => {
    const record = sampleRecord('manualConfirmation', { task: { maxPrice } });
    const decision = decide(record, facts, { ...defaultSettings, ...settings });
    return decision.take && decision.askWei;
  };
  expect(askOf({ askPercent: 50 })).toBe(500_000_000_000_001n);
  expect(askOf({ askPercent: 10, lowestPriceWei: 950_000_000_000_000n })).toBe(950_000_000_000_000n);
  expect(askOf({ askPercent: 100 })).toBe(1_000_000_000_000_001n);
});

test('First Response is taken at the highest price; a search has no estimate', () => {
  const record = { ...sampleRecord('firstResponse', { task: search }), shards: 1 };
  expect(decide(record, { ...facts, kernel: searchKernel }, defaultSettings)).toMatchObject({
    take: true,
    model: 'firstResponse',
    askWei: record.task.maxPrice,
    estimateSeconds: 0,
  });
});

describe('each reason to pass a task over', () => {
  test.each<
    [string, ReturnType<typeof sampleRecord>, Partial<Facts>, Partial<typeof defaultSettings>, string]
  >([
    ['model', sampleRecord('dutchAuction'), {}, {}, 'this worker does not take part in dutchAuction'],
    ['model off', manual, {}, { models: ['firstResponse'] }, 'you switched Manual Confirmation off'],
    ['kernel', manual, { kernel: undefined }, {}, 'kernel not in the catalogue'],
    ['kernel off', manual, {}, { kernels: ['photo'] }, 'you switched the kernel fractal off'],
    [
      'words',
      sampleRecord('manualConfirmation', { task: { wordsPerElement: 2 } }),
      {},
      {},
      'its elements have 2 words, the kernel writes 1',
    ],
    [
      'search of many',
      sampleRecord('firstResponse', { task: { ...search, count: 5 } }),
      { kernel: searchKernel },
      {},
      'a search has one answer, this task asks for 5',
    ],
    ['inputs', manual, { locatedInputs: 1 }, {}, "the task's inputs can't be found"],
    [
      'verifier',
      sampleRecord('firstResponse', { task: { verifier: us } }),
      {},
      {},
      `its verifier ${us} is not one that this worker knows`,
    ],
    [
      'reclaimed',
      sampleRecord('manualConfirmation', { reclaimedWei: 1n }),
      {},
      {},
      'its escrow is reclaimed',
    ],
    ['deadline passed', manual, { nowSeconds: 2_000 }, {}, 'its deadline has passed'],
    [
      'cancelled',
      sampleRecord('firstResponse', { cancelledDeadline: 900 }),
      {},
      {},
      'its deadline has passed',
    ],
    [
      'not open',
      sampleRecord('manualConfirmation', { task: { opensAt: 1_001n } }),
      {},
      {},
      'it is not open yet',
    ],
    [
      'confirmed',
      sampleRecord('manualConfirmation', {
        confirmed: rival,
        offers: [sampleOffer(rival, 'confirmed', 1_200)],
      }),
      {},
      {},
      "another provider's offer is confirmed",
    ],
    [
      'complete',
      sampleRecord('firstResponse', { settledBy: [rival, rival, rival, rival] }),
      {},
      {},
      'every shard is answered already',
    ],
    ['shards', { ...manual, shards: 5_000 }, {}, {}, 'it has 5000 shards, this worker takes 4096'],
    [
      'output',
      sampleRecord('manualConfirmation', { task: { count: 2 ** 31, elementsPerShard: 2 ** 29 } }),
      {},
      {},
      'its output has 8192 MiB, this worker takes 256',
    ],
    [
      'inputs size',
      sampleRecord('manualConfirmation', {
        work: { ...manual.work, inputs: [{ root: '0x', words: 2 ** 27 }] },
      }),
      { locatedInputs: 1 },
      {},
      'its inputs have 512 MiB, this worker takes 256',
    ],
    [
      'upload',
      sampleRecord('manualConfirmation', {
        task: { count: 2 ** 26, elementsPerShard: 2 ** 24, delivery: 100 },
      }),
      { elementsPerSecond: 1e9 },
      {},
      'delivery period too short: 4 answers need about 134 s, it gives 100 s',
    ],
    ['price', manual, {}, { lowestPriceWei: parseEther('1') }, 'price below your lowest'],
    [
      'deadline near',
      manual,
      { elementsPerSecond: 1, nowSeconds: 1_980 },
      {},
      'deadline too near: needs about 122 s to be safe, 20 s are left',
    ],
    [
      'search deadline',
      { ...sampleRecord('firstResponse', { task: search }), shards: 1 },
      { kernel: searchKernel, nowSeconds: 1_992 },
      {},
      'deadline too near: needs about 10 s to be safe, 8 s are left',
    ],
    [
      'delivery',
      sampleRecord('manualConfirmation', { task: { delivery: 5 } }),
      {},
      {},
      'delivery period too short: 4 answers need about 6 s, it gives 5 s',
    ],
    [
      'least own stake',
      sampleRecord('manualConfirmation', { task: { minOwnStake: parseEther('1.25') } }),
      {},
      {},
      'your own stake is too small: the task asks for 0.25 ETH more',
    ],
    [
      'bond',
      manual,
      { lockableWei: parseEther('0.01') },
      {},
      'your own stake is too small: the bond needs 0.006 ETH more',
    ],
    [
      'bond beside promises',
      manual,
      { lockableWei: parseEther('0.02'), promisedWei: parseEther('0.016') },
      {},
      'your own stake is too small: the bond needs 0.012 ETH more',
    ],
    ['gas', manual, { gasPriceWei: 10_000_000_000n }, {}, 'gas would eat the reward'],
    [
      'purse',
      manual,
      { operatorBalanceWei: 1n, gasPriceWei: 1_000_000_000n },
      {},
      'the operator has too little gas: about 0.00074024 ETH needed, 0.000000000000000001 ETH there',
    ],
  ])('%s', (_, record, changedFacts, changedSettings, reason) => {
    const decision = decide(
      record,
      { ...facts, ...changedFacts },
      { ...defaultSettings, ...changedSettings },
    );
    expect(decision).toEqual({ take: false, reason });
  });
});

test('a deadline of exactly three estimates and the overhead is enough', () => {
  const near = (nowSeconds: number) =>
    decide(manual, { ...facts, elementsPerSecond: 1, nowSeconds }, defaultSettings);
  expect(near(2_000 - 122).take).toBe(true);
  expect(near(2_000 - 121).take).toBe(false);
});

test('a transaction carries about 100 KiB of answers', () => {
  expect(shardsPerTransaction(16 * 1_024)).toBe(5);
  expect(shardsPerTransaction(4)).toBe(63);
  expect(shardsPerTransaction(1_000_000)).toBe(1);
});
