import type { Address, Hex } from 'viem';

/** What a worker is doing, as data for any host: the tab's page, a terminal line, JSON lines, tests. */
export interface WorkerSnapshot {
  status: WorkerStatus;
  provider: Address;
  operator: Address;
  /** Name of the GPU adapter, once known. */
  adapter?: string;
  /** Jobs in hand and the last fifty ended ones, newest first. */
  jobs: readonly JobView[];
  /** Tasks passed over, with the reason in words, newest first, at most fifty. */
  declined: readonly { taskId: Hex; name: string; reason: string; atSeconds: number }[];
  /** Newest last, at most five hundred lines. */
  log: readonly LogLine[];
  earnedWei: bigint;
  gasSpentWei: bigint;
  /** The operator's own balance for gas. */
  operatorBalanceWei: bigint;
}

/** The worker as a whole. */
export type WorkerStatus =
  | { kind: 'starting' }
  | { kind: 'waiting'; why: 'anotherTabWorks' }
  | { kind: 'watching' }
  | { kind: 'working' }
  | { kind: 'paused' }
  | { kind: 'stopping' }
  | { kind: 'stopped' }
  /** Takes nothing new until this is over, then goes on by itself; `reason` is a sentence that says what to do. */
  | { kind: 'held'; cause: 'noRpc' | 'noGas' | 'notAllowed'; reason: string }
  /** Has ended and cannot go on; `reason` is a sentence that says what to do. */
  | { kind: 'failed'; cause: 'noGpu' | 'wrongChain' | 'other'; reason: string };

/** One task in the worker's hands. */
export interface JobView {
  taskId: Hex;
  name: string;
  state: JobState;
  /** Elements computed so far and in all (search: salts tried; total unknown = 0). */
  done: number;
  total: number;
  startedAtSeconds: number;
  earnedWei: bigint;
}

/** Where a job stands. `paid`, `lost`, `refused`, `withdrawn` and `missed` are ends. */
export type JobState =
  | { kind: 'computing' }
  | { kind: 'committing' }
  /** Committed; opened after the least age. */
  | { kind: 'committed' }
  | { kind: 'offered'; askWei: bigint }
  | { kind: 'responding'; answered: number; shards: number }
  | { kind: 'paid' }
  | { kind: 'lost'; reason: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'withdrawn' }
  | { kind: 'missed' };

/** One line of the log that can be copied. */
export interface LogLine {
  atSeconds: number;
  level: 'info' | 'warn' | 'error';
  text: string;
  transactionHash?: Hex;
}
