import type { LogPosition, Offer, SettledShard, TaskRecord } from '@opengpu/sdk/market/state';
import { type Model, models, type Task } from '@opengpu/sdk/protocol/task';
import { type Address, pad, zeroAddress, zeroHash } from 'viem';

/** A provider for tests. */
export const us: Address = '0x00000000000000000000000000000000000000A1';
/** Another one. */
export const rival: Address = '0x00000000000000000000000000000000000000b2';

const at: LogPosition = { blockNumber: 10n, logIndex: 0, transactionHash: zeroHash, timestamp: 1_000 };

/** A task of four shards published at 1,000 s, open until 2,000 s, with 100 s of review and 100 s of delivery. */
export function sampleRecord(
  model: Model,
  changes: { task?: Partial<Task>; offers?: Offer[]; settledBy?: Address[]; confirmed?: Address } & Partial<
    Pick<TaskRecord, 'cancelledDeadline' | 'reclaimedWei' | 'work'>
  > = {},
): TaskRecord {
  const { task, offers = [], settledBy = [], ...rest } = changes;
  return {
    taskId: pad('0x01'),
    task: { ...sampleTask, model: models.indexOf(model), ...task },
    work: { sourceHash: zeroHash, codeHash: zeroHash, compilerVersion: 0, inputs: [] },
    metadata: '0x',
    publishedAt: at,
    shards: 4,
    settled: new Map(settledBy.map((provider, shard) => [shard, sampleSettled(shard, provider)])),
    offers: new Map(offers.map((offer) => [offer.provider, offer])),
    commitments: new Map(),
    escrowWei: 0n,
    ...rest,
  };
}

/** An offer of `provider` in this state. */
export function sampleOffer(provider: Address, status: Offer['status'], deliverUntil?: number): Offer {
  return {
    provider,
    askWei: 1n,
    commitment: zeroHash,
    preview: '0x',
    status,
    at,
    ...(deliverUntil && { deliverUntil }),
  };
}

function sampleSettled(shard: number, provider: Address): SettledShard {
  return { shard, provider, outputRoot: zeroHash, priceWei: 1n, output: '0x', locator: '', at };
}

const sampleTask: Task = {
  client: zeroAddress,
  workHash: zeroHash,
  count: 40,
  wordsPerElement: 1,
  elementsPerShard: 10,
  model: 0,
  minPrice: 0n,
  maxPrice: 1_000_000_000_000_000n,
  bond: 4_000_000_000_000_000n,
  opensAt: 0n,
  deadline: 2_000n,
  bidding: 0,
  reveal: 0,
  ramp: 0,
  delivery: 100,
  review: 100,
  quorum: 0,
  panel: [],
  verifier: zeroAddress,
  verifierData: '0x',
  minOwnStake: 0n,
  metadataHash: zeroHash,
  salt: 0n,
};
