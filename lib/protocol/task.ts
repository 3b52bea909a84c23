import type { Address, Hex } from 'viem';

/** Competition models in the order of the contract's enum. */
export const models = [
  'firstResponse',
  'manualConfirmation',
  'dutchAuction',
  'sealedBidAuction',
  'consensus',
] as const;
/** How providers compete for the shards of a task. */
export type Model = (typeof models)[number];

/** The competition model of a task. Throws on a number that the contract does not know. */
export function modelOf(task: Pick<Task, 'model'>): Model {
  const model = models[task.model];
  if (model === undefined) throw new Error(`Model ${task.model} of ${models.length} does not exist.`);
  return model;
}

/** One read-only buffer of a kernel: Merkle root (leaves of 32 words) and length in 32-bit words. */
export interface Input {
  root: Hex;
  words: number;
}

/** What is to be computed; its hash is `Task.workHash`. */
export interface Work {
  /** keccak256 of the kernel's WGSL source, UTF-8. */
  sourceHash: Hex;
  /** keccak256 of the element code, zero when the kernel is not provable. */
  codeHash: Hex;
  compilerVersion: number;
  inputs: readonly Input[];
}

/** The terms of a task, exactly as the contract's struct decodes in viem. Times: unix seconds; periods: seconds. */
export interface Task {
  client: Address;
  workHash: Hex;
  count: number;
  wordsPerElement: number;
  elementsPerShard: number;
  /** Index into `models`. */
  model: number;
  /** Wei a shard. */
  minPrice: bigint;
  maxPrice: bigint;
  /** Wei a response puts at risk. */
  bond: bigint;
  opensAt: bigint;
  deadline: bigint;
  bidding: number;
  reveal: number;
  ramp: number;
  delivery: number;
  review: number;
  quorum: number;
  panel: readonly Address[];
  verifier: Address;
  verifierData: Hex;
  /** Wei of own stake a provider must have. */
  minOwnStake: bigint;
  metadataHash: Hex;
  salt: bigint;
}
