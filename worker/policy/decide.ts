import type { CatalogueKernel } from '@opengpu/sdk/kernels/template';
import type { TaskRecord } from '@opengpu/sdk/market/state';
import { models } from '@opengpu/sdk/protocol/task';
import { type Address, formatEther, isAddressEqual, size, zeroAddress, zeroHash } from 'viem';
import type { JobModel } from '../machine/job-machine.ts';
import { firstResponseGas, manualConfirmationGas } from './gas-estimate.ts';
import type { WorkerSettings } from './settings.ts';

/** Everything beside the task that a decision depends on, gathered by the loop. */
export interface Facts {
  nowSeconds: number;
  provider: Address;
  /** Catalogue kernel with the task's source hash, if there is one. */
  kernel: CatalogueKernel | undefined;
  /** How many of the task's input buffers the metadata says where to find. */
  locatedInputs: number;
  /** Measured or estimated speed of the kernel on this machine; 0 = unknown. */
  elementsPerSecond: number;
  /** Wei a unit of gas, at the current base fee and a small tip. */
  gasPriceWei: bigint;
  operatorBalanceWei: bigint;
  /** Wei that may still be locked in the provider's pool. */
  lockableWei: bigint;
  /** Wei of the provider's own stake. */
  ownStakeWei: bigint;
  /** Wei that offers already made will lock when they are confirmed. */
  promisedWei: bigint;
  /** Verifiers whose verdict this worker trusts. */
  knownVerifiers: readonly Address[];
  /** Seconds between blocks. */
  blockSeconds: number;
  /** Least age of a commitment, seconds. */
  commitmentAgeSeconds: number;
}

/** A job worth doing, or the reason why not, as words that complete "passed over: …". */
export type Decision =
  | { take: true; model: JobModel; askWei: bigint; netWei: bigint; estimateSeconds: number }
  | { take: false; reason: string };

/** How many times the estimate must fit before the deadline. */
const safetyFactor = 3;
/** A search has no size: it is worth starting with this much time left, seconds. */
const leastSearchSeconds = 5;
const mostInlineBytes = 16 * 1024;
/** What fits a tab's memory and journal without harm. */
const mostBytes = 256 * 1024 * 1024;
const mostShards = 4_096;
/** Bytes a second that outputs above the inline size are assumed to be stored with. */
const uploadBytesPerSecond = 2 * 1024 * 1024;

/** Whether to work on a task, and at what price. Pure. */
export function decide(record: TaskRecord, facts: Facts, settings: WorkerSettings): Decision {
  const { task } = record;
  const model = models[task.model];
  if (model !== 'firstResponse' && model !== 'manualConfirmation') {
    return pass(`this worker does not take part in ${model ?? 'unknown models'}`);
  }
  if (!settings.models.includes(model)) return pass(`you switched ${modelNames[model]} off`);
  const { kernel } = facts;
  if (!kernel) return pass('kernel not in the catalogue');
  if (!settings.kernels.includes(kernel.id)) return pass(`you switched the kernel ${kernel.id} off`);
  if (kernel.wordsPerElement !== task.wordsPerElement) {
    return pass(
      `its elements have ${task.wordsPerElement} words, the kernel writes ${kernel.wordsPerElement}`,
    );
  }
  // Whoever names element code can challenge an answer with it, and this worker does not check that it is the kernel's.
  if (record.work.codeHash !== zeroHash) {
    return pass('it names element code, which this worker cannot compare with its kernel yet');
  }
  if (kernel.execution === 'search' && task.count !== 1) {
    return pass(`a search has one answer, this task asks for ${task.count}`);
  }
  if (facts.locatedInputs !== record.work.inputs.length) return pass("the task's inputs can't be found");
  if (
    task.verifier !== zeroAddress &&
    !facts.knownVerifiers.some((known) => isAddressEqual(known, task.verifier))
  ) {
    return pass(`its verifier ${task.verifier} is not one that this worker knows`);
  }
  if (record.reclaimedWei !== undefined) return pass('its escrow is reclaimed');
  const deadline = record.cancelledDeadline ?? Number(task.deadline);
  if (facts.nowSeconds >= deadline) return pass('its deadline has passed');
  if (facts.nowSeconds < Number(task.opensAt)) return pass('it is not open yet');
  if (model === 'manualConfirmation' && record.confirmed !== undefined) {
    return pass("another provider's offer is confirmed");
  }
  if (record.shards > mostShards)
    return pass(`it has ${record.shards} shards, this worker takes ${mostShards}`);
  const taskBytes = 4 * task.count * task.wordsPerElement;
  const inputBytes = record.work.inputs.reduce((sum, { words }) => sum + 4 * words, 0);
  if (taskBytes > mostBytes)
    return pass(`its output has ${mebibytes(taskBytes)} MiB, this worker takes ${mebibytes(mostBytes)}`);
  if (inputBytes > mostBytes)
    return pass(`its inputs have ${mebibytes(inputBytes)} MiB, this worker takes ${mebibytes(mostBytes)}`);
  const openShards = record.shards - record.settled.size;
  if (openShards <= 0) return pass('every shard is answered already');

  const askWei = model === 'firstResponse' ? task.maxPrice : ask(task.maxPrice, settings);
  if (task.maxPrice < settings.lowestPriceWei) return pass('price below your lowest');

  const secondsLeft = deadline - facts.nowSeconds;
  const estimateSeconds = estimate(kernel, task.count, facts.elementsPerSecond);
  const overheadSeconds =
    model === 'firstResponse' ? facts.commitmentAgeSeconds + 2 * facts.blockSeconds : facts.blockSeconds;
  const neededSeconds = Math.max(
    estimateSeconds * safetyFactor,
    kernel.execution === 'search' ? leastSearchSeconds : 0,
  );
  if (neededSeconds + overheadSeconds > secondsLeft) {
    const needs = Math.ceil(neededSeconds + overheadSeconds);
    const left = Math.max(0, Math.floor(secondsLeft));
    return pass(`deadline too near: needs about ${needs} s to be safe, ${left} s are left`);
  }

  const bytesPerShard = 4 * task.wordsPerElement * task.elementsPerShard;
  const inlineBytes = bytesPerShard <= mostInlineBytes ? bytesPerShard : 512;
  if (model === 'manualConfirmation') {
    const blocks = Math.ceil(openShards / shardsPerTransaction(inlineBytes)) + 2;
    const uploadSeconds = bytesPerShard > mostInlineBytes ? taskBytes / uploadBytesPerSecond : 0;
    const deliverySeconds = Math.ceil(blocks * facts.blockSeconds + uploadSeconds);
    if (deliverySeconds > task.delivery) {
      return pass(
        `delivery period too short: ${openShards} answers need about ${deliverySeconds} s, it gives ${task.delivery} s`,
      );
    }
  }

  if (facts.ownStakeWei < task.minOwnStake) {
    const missing = formatEther(task.minOwnStake - facts.ownStakeWei);
    return pass(`your own stake is too small: the task asks for ${missing} ETH more`);
  }
  const bondWei = task.bond * BigInt(openShards);
  const freeWei = facts.lockableWei > facts.promisedWei ? facts.lockableWei - facts.promisedWei : 0n;
  if (bondWei > freeWei) {
    return pass(`your own stake is too small: the bond needs ${formatEther(bondWei - freeWei)} ETH more`);
  }

  const gas =
    model === 'firstResponse'
      ? firstResponseGas(openShards, inlineBytes, size(task.verifierData))
      : manualConfirmationGas(openShards, inlineBytes, size(task.verifierData));
  const gasWei = gas * facts.gasPriceWei;
  const netWei = askWei * BigInt(openShards) - gasWei;
  if (netWei <= 0n) return pass('gas would eat the reward');
  if (facts.operatorBalanceWei < gasWei) {
    return pass(
      `the operator has too little gas: about ${formatEther(gasWei)} ETH needed, ${formatEther(facts.operatorBalanceWei)} ETH there`,
    );
  }
  return { take: true, model, askWei, netWei, estimateSeconds };
}

/** How many inline answers of `bytes` fit one transaction of about 100 KiB of calldata. */
export function shardsPerTransaction(bytes: number): number {
  const overheadBytes = 1_600;
  return Math.max(1, Math.floor((100 * 1024) / (bytes + overheadBytes)));
}

const modelNames: Record<JobModel, string> = {
  firstResponse: 'First Response',
  manualConfirmation: 'Manual Confirmation',
};

function pass(reason: string): Decision {
  return { take: false, reason };
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}

/** Rounded up to a whole wei, never above the task's highest price. */
function ask(maxPriceWei: bigint, settings: WorkerSettings): bigint {
  const wanted = (maxPriceWei * BigInt(Math.round(settings.askPercent)) + 99n) / 100n;
  const least = wanted > settings.lowestPriceWei ? wanted : settings.lowestPriceWei;
  return least < maxPriceWei ? least : maxPriceWei;
}

/** Seconds for the whole task; zero for a search and where nothing is known yet (the first chunks then tell). */
function estimate(kernel: CatalogueKernel, count: number, elementsPerSecond: number): number {
  if (kernel.execution === 'search' || elementsPerSecond <= 0) return 0;
  return count / elementsPerSecond;
}
