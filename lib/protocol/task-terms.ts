import { type Address, type Hex, keccak256, zeroAddress, zeroHash } from 'viem';
import type { Deployment } from '../contracts/deployment.ts';
import type { TaskDraft } from '../kernels/template.ts';
import { amountInWords } from './amount.ts';
import { BadTerm } from './bad-term.ts';
import { durationInWords } from './duration.ts';
import { merkleRootOfLarge } from './merkle.ts';
import { encodeMetadata } from './metadata.ts';
import { shardsOf } from './shards.ts';
import { type Input, modelOf, models, type Task, type Work } from './task.ts';
import { workHashOf } from './task-id.ts';
import { wordsToBytes } from './words.ts';

/** A bond is at least this many times the highest price, which is the default; under First Response it may be zero. */
export const leastBondFactor = 4n;
/** A bond is at most this many times the highest price. */
export const mostBondFactor = 20n;
/** From publishing to a task's end, seconds. */
export const mostLifeSeconds = 30 * 86_400;

/** What a client chooses beside the draft. Moments: unix seconds; periods: seconds; amounts: wei. */
export interface TermsInput {
  draft: TaskDraft;
  client: Address;
  deployment: Deployment;
  nowSeconds: number;
  maxPriceWei: bigint;
  /** Default: four times the highest price; nothing under First Response, where no duty can be missed. */
  bondWei?: bigint;
  opensAtSeconds?: number;
  deadlineSeconds: number;
  /** Manual Confirmation only, as is delivery. */
  reviewSeconds?: number;
  deliverySeconds?: number;
  minOwnStakeWei?: bigint;
  /** Tells apart tasks that are alike in all else; random by default. */
  salt?: bigint;
}

/** What `publish` takes. */
export interface TaskTerms {
  task: Task;
  work: Work;
  metadata: Hex;
}

/** Builds the terms of a task from a draft, prices and times. Throws `BadTerm` where the market would refuse them. */
export async function taskTerms(input: TermsInput): Promise<TaskTerms> {
  const { draft, deployment, maxPriceWei } = input;
  const manual = draft.model === 'manualConfirmation';
  const metadata = encodeMetadata(draft.metadata);
  const work: Work = {
    sourceHash: draft.kernel.sourceHash,
    codeHash: zeroHash,
    compilerVersion: 0,
    inputs: await Promise.all(draft.inputs.map(inputOf)),
  };
  const task: Task = {
    client: input.client,
    workHash: workHashOf(work),
    count: draft.count,
    wordsPerElement: draft.kernel.wordsPerElement,
    elementsPerShard: draft.elementsPerShard,
    model: models.indexOf(draft.model),
    minPrice: 0n,
    maxPrice: maxPriceWei,
    bond: input.bondWei ?? (draft.model === 'firstResponse' ? 0n : leastBondFactor * maxPriceWei),
    opensAt: BigInt(input.opensAtSeconds ?? 0),
    deadline: BigInt(Math.floor(input.deadlineSeconds)),
    bidding: 0,
    reveal: 0,
    ramp: 0,
    delivery: manual ? Math.floor(input.deliverySeconds ?? 0) : 0,
    review: manual ? Math.floor(input.reviewSeconds ?? 0) : 0,
    quorum: 0,
    panel: [],
    verifier: draft.verifier ? deployment[draft.verifier.name] : zeroAddress,
    verifierData: draft.verifier?.data ?? '0x',
    minOwnStake: input.minOwnStakeWei ?? 0n,
    metadataHash: keccak256(metadata),
    salt: input.salt ?? randomSalt(),
  };
  checkMoney(task);
  checkTimes(task, input);
  return { task, work, metadata };
}

async function inputOf(words: Uint32Array): Promise<Input> {
  return { root: await merkleRootOfLarge(wordsToBytes(words)), words: words.length };
}

function randomSalt(): bigint {
  return crypto.getRandomValues(new BigUint64Array(4)).reduce((salt, part) => (salt << 64n) | part, 0n);
}

function checkMoney(task: Task): void {
  if (task.count < 1 || task.elementsPerShard < 1 || task.elementsPerShard > task.count) {
    throw new BadTerm('shards', 'A task has at least one element, and a shard at most as many as the task.');
  }
  if (task.maxPrice < 1n) throw new BadTerm('maxPrice', 'The highest price must be above zero.');
  if (task.maxPrice * BigInt(shardsOf(task)) >= 2n ** 96n) {
    throw new BadTerm('maxPrice', 'The highest price is more ETH than exists.');
  }
  if (task.minOwnStake < 0n || task.minOwnStake >= 2n ** 96n) {
    throw new BadTerm(
      'minOwnStake',
      'The own stake asked of providers must be an amount of ETH that exists.',
    );
  }
  if (modelOf(task) === 'firstResponse' && task.bond === 0n) return;
  const least = leastBondFactor * task.maxPrice;
  const most = mostBondFactor * task.maxPrice;
  if (task.bond < least || task.bond > most) {
    throw new BadTerm(
      'bond',
      `The bond is ${amountInWords(task.bond)}; with this price it must be between ${amountInWords(least)} and ${amountInWords(most)}.`,
    );
  }
}

function checkTimes(task: Task, { deployment, nowSeconds }: TermsInput): void {
  const least = deployment.constants.leastPeriodSeconds;
  const now = Math.floor(nowSeconds);
  const opens = Math.max(now, Number(task.opensAt));
  const deadline = Number(task.deadline);
  if (deadline <= now) throw new BadTerm('deadline', 'The deadline is in the past.');
  if (deadline < opens + least) {
    throw new BadTerm(
      'deadline',
      `The deadline must be at least ${durationInWords(least)} after the task opens.`,
    );
  }
  if (modelOf(task) === 'manualConfirmation') {
    if (task.review < least) {
      throw new BadTerm('review', `The time to review offers must be at least ${durationInWords(least)}.`);
    }
    if (task.delivery < least) {
      throw new BadTerm('delivery', `The time to deliver must be at least ${durationInWords(least)}.`);
    }
  }
  if (deadline + task.review + task.delivery > now + mostLifeSeconds) {
    throw new BadTerm('deadline', `A task must be over within ${durationInWords(mostLifeSeconds)}.`);
  }
}
