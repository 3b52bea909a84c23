import { keccak256, stringToHex, zeroAddress } from 'viem';
import { describe, expect, test } from 'vitest';
import type { Deployment } from '../contracts/deployment.ts';
import type { TaskDraft } from '../kernels/template.ts';
import { BadTerm } from './bad-term.ts';
import { merkleRoot } from './merkle.ts';
import { encodeMetadata } from './metadata.ts';
import { workHashOf } from './task-id.ts';
import { type TermsInput, taskTerms } from './task-terms.ts';
import { wordsToBytes } from './words.ts';

const client = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const now = 1_800_000_000;
const priceWei = 10n ** 15n;

const deployment: Deployment = {
  chainId: 31_337,
  vault: zeroAddress,
  fraudProof: zeroAddress,
  market: zeroAddress,
  blobs: zeroAddress,
  lens: zeroAddress,
  create2Search: client,
  fromBlock: 0n,
  constants: {
    windowSeconds: 600,
    unbondingSeconds: 1_800,
    ticketLifeSeconds: 3_600,
    commitmentAgeSeconds: 1,
    leastPeriodSeconds: 5,
    cancelNoticeSeconds: 30,
  },
};

const source = 'a kernel';
const draft: TaskDraft = {
  kernel: {
    id: 'fractal',
    source,
    sourceHash: keccak256(stringToHex(source)),
    wordsPerElement: 1,
    execution: 'map',
    weight: 1,
  },
  inputs: [Uint32Array.of(1, 2, 3), new Uint32Array(100).fill(9)],
  count: 64,
  elementsPerShard: 16,
  model: 'manualConfirmation',
  metadata: { name: 'A picture', result: { kind: 'words' }, inputs: [] },
};

const good: TermsInput = {
  draft,
  client,
  deployment,
  nowSeconds: now,
  maxPriceWei: priceWei,
  deadlineSeconds: now + 600,
  reviewSeconds: 60,
  deliverySeconds: 30,
};

test('everything of the terms follows from the draft, the prices and the times', async () => {
  const { task, work, metadata } = await taskTerms({ ...good, salt: 7n });
  expect(metadata).toBe(encodeMetadata(draft.metadata));
  expect(work.sourceHash).toBe(draft.kernel.sourceHash);
  expect(work.inputs).toEqual(
    draft.inputs.map((words) => ({ root: merkleRoot(wordsToBytes(words)), words: words.length })),
  );
  expect(task).toMatchObject({
    client,
    workHash: workHashOf(work),
    metadataHash: keccak256(metadata),
    count: 64,
    elementsPerShard: 16,
    model: 1,
    maxPrice: priceWei,
    bond: 4n * priceWei,
    deadline: BigInt(now + 600),
    review: 60,
    delivery: 30,
    verifier: zeroAddress,
    salt: 7n,
  });
});

test('a verifier is looked up in the deployment, and needs no bond and no periods', async () => {
  const search: TaskDraft = {
    ...draft,
    model: 'firstResponse',
    verifier: { name: 'create2Search', data: '0x1234' },
  };
  const { task } = await taskTerms({ ...good, draft: search });
  expect(task).toMatchObject({
    model: 0,
    verifier: deployment.create2Search,
    verifierData: '0x1234',
    bond: 0n,
    review: 0,
    delivery: 0,
  });
});

test('two tasks that are alike differ in their salt', async () => {
  const [one, other] = await Promise.all([taskTerms(good), taskTerms(good)]);
  expect(one.task.salt).not.toBe(other.task.salt);
});

describe('refuses what the market would refuse, naming the field', () => {
  const refused: [string, Partial<TermsInput>, BadTerm['field'], string][] = [
    ['a deadline in the past', { deadlineSeconds: now - 1 }, 'deadline', 'in the past'],
    ['a deadline now', { deadlineSeconds: now }, 'deadline', 'in the past'],
    ['a deadline too near', { deadlineSeconds: now + 4 }, 'deadline', 'at least 5 seconds'],
    ['a deadline before it opens', { opensAtSeconds: now + 599 }, 'deadline', 'after the task opens'],
    ['a deadline too far', { deadlineSeconds: now + 30 * 86_400 }, 'deadline', 'within 30 days'],
    ['no time to review', { reviewSeconds: 4 }, 'review', 'at least 5 seconds'],
    ['no time to deliver', { deliverySeconds: undefined }, 'delivery', 'at least 5 seconds'],
    ['a price of nothing', { maxPriceWei: 0n }, 'maxPrice', 'above zero'],
    ['a negative price', { maxPriceWei: -1n }, 'maxPrice', 'above zero'],
    ['a huge price', { maxPriceWei: 2n ** 95n }, 'maxPrice', 'than exists'],
    ['a bond too small', { bondWei: 4n * priceWei - 1n }, 'bond', 'between 0.004 ETH and 0.02 ETH'],
    ['a bond too large', { bondWei: 20n * priceWei + 1n }, 'bond', 'between 0.004 ETH and 0.02 ETH'],
    [
      'an offer that would be free',
      { bondWei: 0n, draft: { ...draft, verifier: { name: 'create2Search', data: '0x12' } } },
      'bond',
      'between',
    ],
    ['a negative own stake', { minOwnStakeWei: -1n }, 'minOwnStake', 'own stake'],
    ['no elements', { draft: { ...draft, count: 0 } }, 'shards', 'at least one element'],
    [
      'shards larger than the task',
      { draft: { ...draft, elementsPerShard: 65 } },
      'shards',
      'at most as many',
    ],
  ];
  test.each(refused)('%s', async (_, change, field, words) => {
    const error = await taskTerms({ ...good, ...change }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadTerm);
    expect(error).toMatchObject({ field, message: expect.stringContaining(words) });
  });
});
