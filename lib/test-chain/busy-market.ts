import { readFileSync } from 'node:fs';
import {
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  hexToBytes,
  keccak256,
  stringToHex,
  toHex,
  zeroAddress,
  zeroHash,
} from 'viem';
import { z } from 'zod';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { becomeProvider } from '../market/become-provider.ts';
import { cancelTask } from '../market/cancel-task.ts';
import { cancelUnstake } from '../market/cancel-unstake.ts';
import { challengeResponse } from '../market/challenge-response.ts';
import { commitResponse } from '../market/commit-response.ts';
import { confirmOffer } from '../market/confirm-offer.ts';
import { deposit } from '../market/deposit.ts';
import { expireOffer } from '../market/expire-offer.ts';
import { offerTask } from '../market/offer-task.ts';
import { publishTask } from '../market/publish-task.ts';
import { reclaimTask } from '../market/reclaim-task.ts';
import { requestUnstake } from '../market/request-unstake.ts';
import { respond } from '../market/respond.ts';
import { respondBatch } from '../market/respond-batch.ts';
import { setCommission } from '../market/set-commission.ts';
import { setLockLimit } from '../market/set-lock-limit.ts';
import { setMarket } from '../market/set-market.ts';
import { setOperator } from '../market/set-operator.ts';
import { stake } from '../market/stake.ts';
import { unstake } from '../market/unstake.ts';
import { withdraw } from '../market/withdraw.ts';
import { withdrawOffer } from '../market/withdraw-offer.ts';
import { commitmentTree } from '../protocol/commitment-tree.ts';
import { hex } from '../protocol/golden-vectors.ts';
import { merkleRoot } from '../protocol/merkle.ts';
import { buildProof } from '../protocol/proof.ts';
import type { Response } from '../protocol/response.ts';
import { responseLeaf } from '../protocol/response-leaf.ts';
import { outputBytes, shardsOf } from '../protocol/shards.ts';
import { models, type Task, type Work } from '../protocol/task.ts';
import { taskIdOf, workHashOf } from '../protocol/task-id.ts';
import { wordsToBytes } from '../protocol/words.ts';
import { account, type TestChain } from './test-chain.ts';

/** Who plays: anvil's accounts. */
export const client = account(1);
export const provider = account(2);
export const staker = account(3);
export const rival = account(4);
export const operator = account(6);
export const keeper = account(7);
/** Anybody may be a market; this one slashes as it likes. */
export const ownMarket = account(8);
export const slashed = account(9);

/** Everybody whose money the events move. */
export const everyone: readonly Address[] = [
  zeroAddress,
  client,
  provider,
  staker,
  rival,
  operator,
  keeper,
  ownMarket,
  slashed,
];

/** A real kernel's element code, as the compiler wrote it: id * id + 0x80000001. */
const squares = z
  .object({ code: hex })
  .parse(
    JSON.parse(
      readFileSync(new URL('../../contracts/test/vectors/proofs/squares.json', import.meta.url), 'utf8'),
    ),
  );

function squareOf(id: number): number {
  return (id * id + 0x80000001) >>> 0;
}

const ether = 10n ** 18n;
const priceWei = ether / 1000n;
const metadata = stringToHex('{"name":"a task"}');
const work: Work = {
  sourceHash: keccak256('0x01'),
  codeHash: zeroHash,
  compilerVersion: 0,
  inputs: [{ root: keccak256('0x02'), words: 5 }],
};

/** Terms that open at once and end `seconds` from now. */
function terms(now: number, seconds: number, salt: bigint): Task {
  return {
    client,
    workHash: workHashOf(work),
    count: 7,
    wordsPerElement: 2,
    elementsPerShard: 2,
    model: models.indexOf('manualConfirmation'),
    minPrice: 0n,
    maxPrice: priceWei,
    bond: 4n * priceWei + 3n,
    opensAt: 0n,
    deadline: BigInt(now + seconds),
    bidding: 0,
    reveal: 0,
    ramp: 0,
    delivery: 60,
    review: 60,
    quorum: 0,
    panel: [],
    verifier: zeroAddress,
    verifierData: '0x',
    minOwnStake: 0n,
    metadataHash: keccak256(metadata),
    salt,
  };
}

/** A search of which every salt that begins with the client's address is an answer. */
function searchTerms(chain: TestChain, now: number, seconds: number, salt: bigint): Task {
  const anyAddress = encodeAbiParameters(
    [{ type: 'address' }, { type: 'bytes32' }, { type: 'bytes20' }, { type: 'bytes20' }],
    [client, zeroHash, toHex(0, { size: 20 }), toHex(0, { size: 20 })],
  );
  return {
    ...terms(now, seconds, salt),
    count: 1,
    wordsPerElement: 9,
    elementsPerShard: 1,
    model: models.indexOf('firstResponse'),
    bond: 0n,
    delivery: 0,
    review: 0,
    verifier: chain.deployment.create2Search,
    verifierData: anyAddress,
  };
}

/** A provider's answers to every shard of a task, under one commitment. */
export function answersTo(
  taskId: Hex,
  task: Task,
  by: Address,
  outputOf: (shard: number) => Uint8Array = (shard) =>
    new Uint8Array(outputBytes(task, shard)).fill(shard + 1),
): { commitment: Hex; responses: Response[] } {
  const salt = keccak256(by);
  const outputs = Array.from({ length: shardsOf(task) }, (_, shard) => outputOf(shard));
  const roots = outputs.map((output) => merkleRoot(output));
  const leaves = roots.map((outputRoot, shard) =>
    responseLeaf({ taskId, shard, provider: by, outputRoot, salt }),
  );
  const { root, paths } = commitmentTree(leaves);
  const responses = outputs.map((output, shard) => ({
    shard,
    provider: by,
    outputRoot: roots[shard] ?? zeroHash,
    salt,
    path: paths[shard] ?? [],
    output: toHex(output),
    locator: '0x' as const,
  }));
  return { commitment: root, responses };
}

function foundSalt(shard: number): Uint8Array {
  const output = new Uint8Array(36);
  output[3] = 1;
  output.set(Buffer.from(client.slice(2), 'hex'), 4);
  output[35] = shard;
  return output;
}

/** Plays every action and every model of stage 1 on a fresh chain: what ends well, what is missed, cancelled and slashed. */
export async function playBusyMarket(chain: TestChain): Promise<void> {
  const { deployment, send } = chain;
  const idOf = (task: Task) => taskIdOf(deployment.chainId, deployment.market, task);
  const vaultCall = (data: Hex, value = 0n) => ({ to: deployment.vault, data, value });

  await moveMoney();
  await buildPools();
  await runManual();
  await runRace();
  await runDispute();
  await cancelBoth();
  await leavePools();
  await serveAnotherMarket();

  async function moveMoney(): Promise<void> {
    await send(client, deposit.request(deployment, { to: client, amountWei: 3n * ether }));
    await send(client, deposit.request(deployment, { to: staker, amountWei: 2n * ether }));
    await send(client, withdraw.request(deployment, { to: keeper, amountWei: ether / 3n }));
    const args = [rival, ether / 7n] as const;
    await send(client, vaultCall(encodeFunctionData({ abi: vaultAbi, functionName: 'transfer', args })));
  }

  async function buildPools(): Promise<void> {
    const shared = { commissionBps: 2_500, lockLimitWei: 10n * ether, floatWei: ether / 10n };
    await send(
      provider,
      becomeProvider.request(deployment, { ...shared, provider, stakeWei: ether, operator }),
    );
    await send(
      rival,
      becomeProvider.request(deployment, {
        ...shared,
        provider: rival,
        stakeWei: ether / 3n,
        operator: rival,
        floatWei: 0n,
      }),
    );
    const behind = { provider, maxCommissionBps: 2_500, amountWei: ether / 2n };
    await send(staker, stake.request(deployment, { ...behind, source: 'wallet' }));
    await send(staker, stake.request(deployment, { ...behind, source: 'balance' }));
    await send(provider, setCommission.request(deployment, { commissionBps: 2_000 }));
    await send(provider, setCommission.request(deployment, { commissionBps: 9_000 }));
    await send(provider, setLockLimit.request(deployment, { lockLimitWei: 5n * ether }));
    await send(
      rival,
      setOperator.request(deployment, {
        operator: keeper,
        allowed: true,
        floatWei: ether / 50n,
        source: 'balance',
      }),
    );
    await send(
      rival,
      setOperator.request(deployment, {
        operator: keeper,
        allowed: false,
        floatWei: ether / 60n,
        source: 'wallet',
      }),
    );
  }

  /** Two offers and one taken back; the first confirmed delivers one shard of four and is expired, the second all others. */
  async function runManual(): Promise<void> {
    const task = terms(await chain.now(), 600, 1n);
    const taskId = idOf(task);
    await send(client, publishTask.request(deployment, { task, work, metadata }));
    const first = answersTo(taskId, task, rival);
    const second = answersTo(taskId, task, provider);
    const preview = '0x0102';
    await send(
      rival,
      offerTask.request(deployment, {
        task,
        provider: rival,
        askWei: priceWei / 2n,
        commitment: first.commitment,
        preview,
      }),
    );
    await send(
      operator,
      offerTask.request(deployment, {
        task,
        provider,
        askWei: priceWei - 7n,
        commitment: second.commitment,
        preview,
      }),
    );
    await send(
      client,
      confirmOffer.request(deployment, { task, provider: rival, askWei: priceWei / 2n, openShards: 4 }),
    );
    const [one, ...rest] = first.responses;
    if (!one || rest.length !== 3) throw new Error('Seven elements, two a shard: four shards were expected.');
    await send(rival, respond.request(deployment, { task, response: one }));
    await chain.pass(61);
    await send(keeper, expireOffer.request(deployment, { task, provider: rival, openShards: 3 }));
    await send(
      client,
      confirmOffer.request(deployment, { task, provider, askWei: priceWei - 7n, openShards: 3 }),
    );
    await send(operator, respondBatch.request(deployment, { task, responses: second.responses.slice(1) }));

    const unwanted = terms(await chain.now(), 30, 2n);
    await send(client, publishTask.request(deployment, { task: unwanted, work, metadata }));
    const { commitment } = answersTo(idOf(unwanted), unwanted, provider);
    await send(
      operator,
      offerTask.request(deployment, { task: unwanted, provider, askWei: 0n, commitment, preview: '0x' }),
    );
    await send(operator, withdrawOffer.request(deployment, { task: unwanted, provider }));
    await chain.pass(200);
    await send(keeper, reclaimTask.request(deployment, { task: unwanted, escrowWei: 4n * priceWei }));
  }

  /** Both commit and answer; the second is too late for what the first was paid for. */
  async function runRace(): Promise<void> {
    const task = searchTerms(chain, await chain.now(), 100, 3n);
    const taskId = idOf(task);
    await send(client, publishTask.request(deployment, { task, work, metadata }));
    const ours = answersTo(taskId, task, provider, foundSalt);
    const theirs = answersTo(taskId, task, rival, foundSalt);
    await send(
      rival,
      commitResponse.request(deployment, { task, provider: rival, commitment: theirs.commitment }),
    );
    await send(operator, commitResponse.request(deployment, { task, provider, commitment: ours.commitment }));
    await chain.pass(3);
    await send(operator, respondBatch.request(deployment, { task, responses: ours.responses }));
    await send(rival, respondBatch.request(deployment, { task, responses: theirs.responses }));
    await chain.pass(100);
    await send(client, reclaimTask.request(deployment, { task, escrowWei: 0n }));
  }

  /** The rival answers one element of a provable kernel wrong; the keeper proves it. */
  async function runDispute(): Promise<void> {
    const provable: Work = { ...work, codeHash: keccak256(squares.code), compilerVersion: 1, inputs: [] };
    const task: Task = {
      ...terms(await chain.now(), 100, 6n),
      ...{ workHash: workHashOf(provable), count: 4, wordsPerElement: 1, elementsPerShard: 4 },
      ...{ model: models.indexOf('firstResponse'), delivery: 0, review: 0 },
    };
    const output = Uint32Array.from({ length: 4 }, (_, id) => squareOf(id));
    output[2] = 0;
    const { commitment, responses } = answersTo(idOf(task), task, rival, () => wordsToBytes(output));
    await send(client, publishTask.request(deployment, { task, work: provable, metadata }));
    await send(rival, commitResponse.request(deployment, { task, provider: rival, commitment }));
    await chain.pass(3);
    await send(rival, respondBatch.request(deployment, { task, responses }));
    const kernel = {
      code: hexToBytes(squares.code),
      execute: (id: number) => ({ words: Uint32Array.of(squareOf(id)), reads: [] }),
    };
    const proof = await buildProof({ task, work: provable, kernel, inputs: [], output, id: 2, word: 0 });
    const outputRoot = responses[0]?.outputRoot ?? zeroHash;
    const dispute = { task, work: provable, provider: rival, outputRoot, priceWei, proof };
    await send(keeper, challengeResponse.request(deployment, dispute));
  }

  async function cancelBoth(): Promise<void> {
    const manual = terms(await chain.now(), 600, 4n);
    await send(client, publishTask.request(deployment, { task: manual, work, metadata }));
    await send(client, cancelTask.request(deployment, { task: manual }));
    await send(client, reclaimTask.request(deployment, { task: manual, escrowWei: 4n * priceWei }));
    const race = searchTerms(chain, await chain.now(), 600, 5n);
    await send(client, publishTask.request(deployment, { task: race, work, metadata }));
    await send(client, cancelTask.request(deployment, { task: race }));
  }

  async function leavePools(): Promise<void> {
    const shares = 10n ** 22n;
    await send(staker, requestUnstake.request(deployment, { provider, shares, valueWei: 0n }));
    await send(staker, cancelUnstake.request(deployment, { provider }));
    await send(staker, requestUnstake.request(deployment, { provider, shares: shares * 3n, valueWei: 0n }));
    await send(rival, requestUnstake.request(deployment, { provider: rival, shares, valueWei: 0n }));
    await chain.pass(deployment.constants.unbondingSeconds);
    await send(staker, unstake.request(deployment, { provider, valueWei: 0n }));
    await chain.pass(deployment.constants.ticketLifeSeconds);
    // The rise of the commission counts by now, and stays in force while the next one is announced.
    await send(provider, setCommission.request(deployment, { commissionBps: 9_500 }));
    // Others hold shares, so this only announces.
    const args = [ownMarket] as const;
    await send(provider, vaultCall(encodeFunctionData({ abi: vaultAbi, functionName: 'setMarket', args })));
    await send(rival, setMarket.request(deployment, {}));
  }

  /** A market that is nobody's contract: it slashes held bonds and tails, and penalises, until own shares under a ticket burn. */
  async function serveAnotherMarket(): Promise<void> {
    const id = keccak256('0x03');
    const calls = [
      encodeFunctionData({ abi: vaultAbi, functionName: 'setMarket', args: [ownMarket] }),
      encodeFunctionData({ abi: vaultAbi, functionName: 'setLockLimit', args: [ether] }),
      encodeFunctionData({ abi: vaultAbi, functionName: 'stake', args: [slashed, ether, ownMarket, 10_000] }),
    ];
    await send(
      slashed,
      vaultCall(encodeFunctionData({ abi: vaultAbi, functionName: 'multicall', args: [calls] }), ether),
    );
    const openEscrow = encodeFunctionData({ abi: vaultAbi, functionName: 'openEscrow', args: [id] });
    await send(ownMarket, vaultCall(openEscrow, ether));
    await hold(ether / 5n);
    const settlement = {
      taskId: id,
      provider: slashed,
      worker: slashed,
      price: ether / 100n,
      client,
      refund: ether / 200n,
      held: ether / 10n,
      bond: ether / 10n + 5n,
      minOwnStake: 0n,
    };
    const settle = encodeFunctionData({ abi: vaultAbi, functionName: 'settle', args: [settlement] });
    const { blockNumber } = await send(ownMarket, vaultCall(settle));
    const settledAt = (await chain.client.getBlock({ blockNumber })).timestamp;
    await slash(ether / 10n, ether / 100n, settledAt);
    await slash(ether / 20n, 0n, 0n);
    const shares = 82n * 10n ** 22n;
    await send(slashed, requestUnstake.request(deployment, { provider: slashed, shares, valueWei: 0n }));
    const penalise = [slashed, keeper, ether / 20n, ether / 20n] as const;
    await send(
      ownMarket,
      vaultCall(encodeFunctionData({ abi: vaultAbi, functionName: 'penalise', args: penalise })),
    );
    const close = encodeFunctionData({ abi: vaultAbi, functionName: 'closeEscrow', args: [id, ownMarket] });
    await send(ownMarket, vaultCall(close));

    async function hold(amount: bigint): Promise<void> {
      const args = [slashed, slashed, amount, 0n] as const;
      await send(ownMarket, vaultCall(encodeFunctionData({ abi: vaultAbi, functionName: 'hold', args })));
    }

    async function slash(bond: bigint, price: bigint, at: bigint): Promise<void> {
      const args = [slashed, client, keeper, bond, price, at] as const;
      await send(ownMarket, vaultCall(encodeFunctionData({ abi: vaultAbi, functionName: 'slash', args })));
    }
  }
}
