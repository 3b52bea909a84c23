import { kernelByHash } from '@opengpu/sdk/kernels/catalogue';
import type { CatalogueKernel } from '@opengpu/sdk/kernels/template';
import type { MarketState, TaskRecord } from '@opengpu/sdk/market/state';
import { type ParsedMetadata, parseMetadata } from '@opengpu/sdk/protocol/metadata';
import { statusOf, type TaskStatus } from '@opengpu/sdk/protocol/status';
import { type Model, modelOf } from '@opengpu/sdk/protocol/task';
import { zeroAddress, zeroHash } from 'viem';

/** How a wrong answer is caught. */
export type Verification = 'verifier' | 'reExecution' | 'none';

/** A task with everything that a page says about it, at one moment. */
export interface TaskView {
  record: TaskRecord;
  /** The client's words, cleaned; or a plain name when they cannot be read. */
  name: string;
  parsed: ParsedMetadata;
  kernel: CatalogueKernel | undefined;
  model: Model;
  verification: Verification;
  status: TaskStatus;
  done: number;
  /** Open or confirmed offers, or providers with commitments. */
  responders: number;
  /** Wei staked behind those. */
  stakeBehindWei: bigint;
}

/** Metadata is parsed once a task: its bytes never change. */
const parsedByTask = new WeakMap<TaskRecord['task'], ParsedMetadata>();

export function metadataOf(record: TaskRecord): ParsedMetadata {
  const known = parsedByTask.get(record.task);
  if (known) return known;
  const parsed = parseMetadata(record.metadata);
  parsedByTask.set(record.task, parsed);
  return parsed;
}

function verificationOf({ task, work }: TaskRecord): Verification {
  if (task.verifier !== zeroAddress) return 'verifier';
  return work.codeHash === zeroHash ? 'none' : 'reExecution';
}

/** The view of one task at `nowSeconds`. */
export function taskView(record: TaskRecord, market: MarketState, nowSeconds: number): TaskView {
  const parsed = metadataOf(record);
  const standing = [...record.offers.values()].filter(
    ({ status }) => status === 'open' || status === 'confirmed',
  );
  const responders = new Set([...standing.map(({ provider }) => provider), ...record.commitments.keys()]);
  let stakeBehindWei = 0n;
  for (const provider of responders) stakeBehindWei += market.providers.get(provider)?.stakeWei ?? 0n;
  return {
    record,
    name: parsed.ok ? parsed.metadata.name : 'Task without a readable name',
    parsed,
    kernel: kernelByHash(record.work.sourceHash),
    model: modelOf(record.task),
    verification: verificationOf(record),
    status: statusOf(record, nowSeconds),
    done: record.settled.size,
    responders: responders.size,
    stakeBehindWei,
  };
}
