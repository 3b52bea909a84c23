import { type Address, decodeFunctionData, type Hex, keccak256, zeroAddress, zeroHash } from 'viem';
import { describe, expect, test } from 'vitest';
import { deploymentOf } from '../contracts/deployments.ts';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import type { Response } from '../protocol/response.ts';
import type { Task } from '../protocol/task.ts';
import { becomeProvider } from './become-provider.ts';
import { cancelTask } from './cancel-task.ts';
import { cancelUnstake } from './cancel-unstake.ts';
import { commitResponse } from './commit-response.ts';
import { confirmOffer } from './confirm-offer.ts';
import { deposit } from './deposit.ts';
import { expireOffer } from './expire-offer.ts';
import { offerTask } from './offer-task.ts';
import { publishTask } from './publish-task.ts';
import { putBlob } from './put-blob.ts';
import { reclaimTask } from './reclaim-task.ts';
import { requestUnstake } from './request-unstake.ts';
import { respond } from './respond.ts';
import { respondBatch } from './respond-batch.ts';
import { setCommission } from './set-commission.ts';
import { setLockLimit } from './set-lock-limit.ts';
import { setMarket } from './set-market.ts';
import { setOperator } from './set-operator.ts';
import { stake } from './stake.ts';
import { unstake } from './unstake.ts';
import { withdraw } from './withdraw.ts';
import { withdrawOffer } from './withdraw-offer.ts';

const provider: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const ether = 10n ** 18n;

const task: Task = {
  client: zeroAddress,
  workHash: zeroHash,
  count: 8,
  wordsPerElement: 1,
  elementsPerShard: 2,
  model: 1,
  minPrice: 0n,
  maxPrice: ether,
  bond: 4n * ether + 3n,
  opensAt: 0n,
  deadline: 1_800_000_000n,
  bidding: 0,
  reveal: 0,
  ramp: 0,
  delivery: 600,
  review: 600,
  quorum: 0,
  panel: [],
  verifier: zeroAddress,
  verifierData: '0x',
  minOwnStake: 0n,
  metadataHash: keccak256('0x'),
  salt: 1n,
};
const work = { sourceHash: zeroHash, codeHash: zeroHash, compilerVersion: 0, inputs: [] };
const response: Response = {
  shard: 3,
  provider,
  outputRoot: zeroHash,
  salt: zeroHash,
  path: [],
  output: '0x00000001',
  locator: '0x',
};
const terms = { task, provider };
const amountWei = ether / 4n;
const behind = { provider, amountWei, maxCommissionBps: 250 };
const working = { operator: provider, allowed: true, floatWei: ether / 100n } as const;
const becoming = {
  provider,
  stakeWei: 2n * ether,
  commissionBps: 1_000,
  lockLimitWei: ether,
  operator: zeroAddress,
  floatWei: ether / 10n,
};

/** What each action says for one input. */
const reviews: Record<string, string[]> = {
  publish: publishTask.review({ task, work, metadata: '0x' }),
  cancel: cancelTask.review({ task }),
  reclaim: reclaimTask.review({ task, escrowWei: ether }),
  commit: commitResponse.review({ ...terms, commitment: zeroHash }),
  respond: respond.review({ task, response }),
  respondBatch: respondBatch.review({ task, responses: [response, response] }),
  offer: offerTask.review({ ...terms, askWei: ether / 2n, commitment: zeroHash, preview: '0x' }),
  withdrawOffer: withdrawOffer.review(terms),
  confirm: confirmOffer.review({ ...terms, askWei: ether / 2n, openShards: 4 }),
  expire: expireOffer.review({ ...terms, openShards: 3 }),
  putBlob: putBlob.review({ data: '0x010203' }),
  deposit: deposit.review({ to: provider, amountWei }),
  withdraw: withdraw.review({ to: provider, amountWei }),
  becomeProvider: becomeProvider.review(becoming),
  stake: stake.review({ ...behind, source: 'wallet' }),
  setOperator: setOperator.review({ ...working, source: 'wallet' }),
  forbidOperator: setOperator.review({ ...working, allowed: false, floatWei: 0n, source: 'wallet' }),
  setCommission: setCommission.review({ commissionBps: 250 }),
  setLockLimit: setLockLimit.review({ lockLimitWei: ether }),
  setMarket: setMarket.review({}),
  requestUnstake: requestUnstake.review({ provider, shares: 1n, valueWei: ether }),
  cancelUnstake: cancelUnstake.review({ provider }),
  unstake: unstake.review({ provider, valueWei: ether }),
};

describe('what an action says before it is signed', () => {
  test.each(Object.entries(reviews))('%s: plain sentences', (_, lines) => {
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatch(/^[A-Z0-9].*\.$/);
      expect(line).not.toMatch(/0x|undefined|NaN|\bwei\b/);
    }
  });

  test.each([
    ['publish', '4 ETH leaves your wallet and goes into escrow: 4 shards at 1 ETH at most.'],
    ['confirm', '2 ETH comes back to your balance as the shards arrive.'],
    ['expire', '2.4 ETH of its stake for 3 open shards'],
    ['offer', '3.2 ETH of the stake is held'],
    ['respondBatch', '8 ETH of the stake stays locked'],
    ['becomeProvider', 'You keep 10 % of earnings'],
    ['stake', 'keeps 2.5 % of earnings at most'],
  ])('%s says "%s"', (name, words) => {
    expect(reviews[name]?.join(' ')).toContain(words);
  });
});

describe('what leaves the wallet', () => {
  const deployment = deploymentOf(31_337);
  if (!deployment) throw new Error('The local deployment is missing.');

  function callsOf(data: Hex): string[] {
    const { functionName, args } = decodeFunctionData({ abi: vaultAbi, data });
    if (functionName !== 'multicall') return [functionName];
    return args[0].flatMap(callsOf);
  }

  test('becoming a provider: stake and float, everything in one transaction', () => {
    const { to, data, value } = becomeProvider.request(deployment, becoming);
    expect([to, value]).toEqual([deployment.vault, 2n * ether + ether / 10n]);
    expect(callsOf(data)).toEqual(['setMarket', 'setCommission', 'setLockLimit', 'stake', 'setOperator']);
  });

  test.each(['wallet', 'balance'] as const)('staking and floats out of the %s', (source) => {
    const fromWallet = source === 'wallet';
    expect(stake.request(deployment, { ...behind, source }).value).toBe(fromWallet ? amountWei : 0n);
    expect(setOperator.request(deployment, { ...working, source }).value).toBe(
      fromWallet ? ether / 100n : 0n,
    );
  });
});
