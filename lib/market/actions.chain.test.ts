import { bytesToHex, encodeAbiParameters, keccak256, stringToHex, toHex, zeroHash } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TaskDraft } from '../kernels/template.ts';
import { explainError } from '../protocol/errors.ts';
import { taskIdOf } from '../protocol/task-id.ts';
import { type TermsInput, taskTerms } from '../protocol/task-terms.ts';
import { answersTo } from '../test-chain/busy-market.ts';
import { account, startTestChain, type TestChain } from '../test-chain/test-chain.ts';
import { becomeProvider } from './become-provider.ts';
import { commitResponse } from './commit-response.ts';
import { confirmOffer } from './confirm-offer.ts';
import { offerTask } from './offer-task.ts';
import { publishTask } from './publish-task.ts';
import { putBlob } from './put-blob.ts';
import { readBalance } from './read-balance.ts';
import { readBlob } from './read-blob.ts';
import { isCommitmentTo, readCommitments } from './read-commitments.ts';
import { readIsOperator } from './read-is-operator.ts';
import { readProvider } from './read-providers.ts';
import { readTasks } from './read-tasks.ts';
import { reclaimTask } from './reclaim-task.ts';
import { respond } from './respond.ts';
import type { TxCall } from './tx-action.ts';
import { withdraw } from './withdraw.ts';

let chain: TestChain;

const client = account(1);
const provider = account(2);
const operator = account(6);
const ether = 10n ** 18n;
const priceWei = ether / 1_000n;

const draft: TaskDraft = {
  kernel: {
    id: 'fractal',
    source: 'a kernel',
    sourceHash: keccak256(stringToHex('a kernel')),
    wordsPerElement: 1,
    execution: 'map',
    weight: 1,
  },
  inputs: [Uint32Array.of(1, 2, 3)],
  count: 8,
  elementsPerShard: 4,
  model: 'manualConfirmation',
  metadata: {
    name: 'A picture',
    result: { kind: 'words' },
    inputs: [{ inline: '0x000000010000000200000003' }],
  },
};

const search: TaskDraft = {
  ...draft,
  kernel: { ...draft.kernel, id: 'search', wordsPerElement: 9, execution: 'search' },
  count: 1,
  elementsPerShard: 1,
  model: 'firstResponse',
  verifier: {
    name: 'create2Search',
    data: encodeAbiParameters(
      [{ type: 'address' }, { type: 'bytes32' }, { type: 'bytes20' }, { type: 'bytes20' }],
      [client, zeroHash, toHex(0, { size: 20 }), toHex(0, { size: 20 })],
    ),
  },
};

beforeAll(async () => {
  chain = await startTestChain();
  const terms = {
    provider,
    operator,
    stakeWei: ether,
    commissionBps: 10_000,
    lockLimitWei: ether,
    floatWei: ether / 10n,
  };
  await chain.send(provider, becomeProvider.request(chain.deployment, terms));
});

afterAll(() => chain?.stop());

/** Terms at the chain's time; the next block is a second later. */
async function termsOf(change: Partial<TermsInput> = {}) {
  const now = (await chain.now()) + 1;
  return taskTerms({
    draft,
    client,
    deployment: chain.deployment,
    nowSeconds: now,
    maxPriceWei: priceWei,
    deadlineSeconds: now + 600,
    reviewSeconds: 60,
    deliverySeconds: 60,
    ...change,
  });
}

/** What somebody is told whose call reverts. */
async function refusal(from: `0x${string}`, call: TxCall): Promise<string> {
  const sent = chain.client.call({ account: from, ...call });
  return sent.then(() => 'nothing: it went through', explainError);
}

describe('the terms that the SDK makes are the ones that the market takes', () => {
  test.each([
    ['by default', {}],
    ['with the least bond', { bondWei: 4n * priceWei }],
    ['with the greatest bond', { bondWei: 20n * priceWei }],
    ['with the shortest periods', { reviewSeconds: 5, deliverySeconds: 5 }],
    ['with own stake', { minOwnStakeWei: ether }],
    ['as a search', { draft: search }],
    ['as a search that is confirmed by hand', { draft: { ...search, model: 'manualConfirmation' } }],
  ] satisfies [string, Partial<TermsInput>][])('%s', async (_, change) => {
    const terms = await termsOf(change);
    await chain.send(client, publishTask.request(chain.deployment, terms));
    const taskId = taskIdOf(chain.deployment.chainId, chain.deployment.market, terms.task);
    const [onChain] = await readTasks(chain.client, chain.deployment, [taskId]);
    expect(onChain).toMatchObject({
      openedAt: await chain.now(),
      escrowWei: publishTask.request(chain.deployment, terms).value,
    });
  });

  test.each([
    ['nearest', 5],
    ['farthest', 30 * 86_400 - 120],
  ])('at the %s deadline', async (_, seconds) => {
    const now = (await chain.now()) + 10;
    const terms = await termsOf({ nowSeconds: now, deadlineSeconds: now + seconds });
    await chain.client.setNextBlockTimestamp({ timestamp: BigInt(now) });
    await chain.send(client, publishTask.request(chain.deployment, terms));
    expect(await chain.now()).toBe(now);
  });
});

describe('reads', () => {
  test('bytes that were put on chain, by their digest', async () => {
    const data = bytesToHex(Uint8Array.from({ length: 1_000 }, (_, index) => index % 256));
    expect(await readBlob(chain.client, chain.deployment, keccak256(data))).toBeUndefined();
    await chain.send(client, putBlob.request(chain.deployment, { data }));
    expect(await readBlob(chain.client, chain.deployment, keccak256(data))).toBe(data);
  });

  test('who may work, with what', async () => {
    expect(await readIsOperator(chain.client, chain.deployment, provider, operator)).toBe(true);
    expect(await readIsOperator(chain.client, chain.deployment, provider, client)).toBe(false);
    expect(await readProvider(chain.client, chain.deployment, provider)).toMatchObject({
      market: chain.deployment.market,
      stakeWei: ether,
      lockableWei: ether,
    });
    expect(await readBalance(chain.client, chain.deployment, provider)).toBe(0n);
  });

  test('live commitments, by the part of the root that the chain keeps', async () => {
    const { task, work, metadata } = await termsOf({ draft: search });
    await chain.send(client, publishTask.request(chain.deployment, { task, work, metadata }));
    const commitment = keccak256('0x07');
    await chain.send(operator, commitResponse.request(chain.deployment, { task, provider, commitment }));
    const taskId = taskIdOf(chain.deployment.chainId, chain.deployment.market, task);
    const live = await readCommitments(chain.client, chain.deployment, taskId, provider);
    expect(live).toHaveLength(1);
    expect(live.map((one) => [isCommitmentTo(one, commitment), isCommitmentTo(one, zeroHash)])).toEqual([
      [true, false],
    ]);
    expect(live[0]?.committedAt).toBe(await chain.now());
  });
});

describe('what the chain refuses is told in words', () => {
  test('before the end, in the wrong hands, twice', async () => {
    const { task, work, metadata } = await termsOf({ deadlineSeconds: (await chain.now()) + 3_600 });
    expect(await refusal(provider, publishTask.request(chain.deployment, { task, work, metadata }))).toBe(
      'Only the client of this task can do that.',
    );
    expect(await refusal(client, reclaimTask.request(chain.deployment, { task, escrowWei: 0n }))).toBe(
      'No such task was published on this market.',
    );
    await chain.send(client, publishTask.request(chain.deployment, { task, work, metadata }));
    expect(await refusal(client, publishTask.request(chain.deployment, { task, work, metadata }))).toBe(
      'This task is published already.',
    );
    expect(await refusal(client, reclaimTask.request(chain.deployment, { task, escrowWei: 0n }))).toMatch(
      /^The task ends in 1 hour \d+ minutes?; what is left can be reclaimed then\.$/,
    );
    const taskId = taskIdOf(chain.deployment.chainId, chain.deployment.market, task);
    const { commitment, responses } = answersTo(taskId, task, provider);
    const offer = { task, provider, askWei: priceWei * 2n, commitment, preview: '0x' as const };
    expect(await refusal(operator, offerTask.request(chain.deployment, offer))).toBe(
      'The ask of 0.002 ETH is above the highest price, 0.001 ETH.',
    );
    expect(await refusal(client, offerTask.request(chain.deployment, offer))).toBe(
      'This key is not allowed to work for the provider. The owner can allow it.',
    );
    const [response] = responses;
    if (!response) throw new Error('Eight elements make two shards.');
    expect(await refusal(operator, respond.request(chain.deployment, { task, response }))).toBe(
      'The offer of this provider is not confirmed.',
    );
    expect(
      await refusal(
        client,
        confirmOffer.request(chain.deployment, { task, provider, askWei: 1n, openShards: 2 }),
      ),
    ).toBe('This provider has no open offer for the task.');
  });

  test('more than the stake carries', async () => {
    const { task, work, metadata } = await termsOf({ maxPriceWei: ether, bondWei: 20n * ether });
    await chain.send(client, publishTask.request(chain.deployment, { task, work, metadata }));
    const offer = { task, provider, askWei: 1n, commitment: zeroHash, preview: '0x' as const };
    expect(await refusal(operator, offerTask.request(chain.deployment, offer))).toBe(
      'The stake is too small: 8 ETH would be locked beside 0 ETH, and the limit is 1 ETH.',
    );
  });

  test('more than there is', async () => {
    const tooMuch = withdraw.request(chain.deployment, { to: client, amountWei: 3n * ether });
    expect(await refusal(client, tooMuch)).toBe('The balance in the vault is 0 ETH, too little for 3 ETH.');
    const nothing = withdraw.request(chain.deployment, { to: client, amountWei: 0n });
    expect(await refusal(client, nothing)).toBe('The amount must be above zero.');
    const stranger = '0x00000000000000000000000000000000000000aa';
    const { value, ...call } = publishTask.request(chain.deployment, await termsOf());
    expect(value).toBeGreaterThan(0n);
    const sent = chain.client.sendTransaction({
      account: account(9),
      ...call,
      value: 10n ** 30n,
      to: stranger,
    });
    await expect(sent.catch(explainError)).resolves.toBe(
      'The wallet has too little ETH for the amount and the gas.',
    );
  });

  test('a node that is not there', async () => {
    const gone = await startTestChain();
    await gone.stop();
    const read = readBalance(gone.client, gone.deployment, client);
    await expect(read.catch(explainError)).resolves.toMatch(/^The node does not answer/);
  });
});
