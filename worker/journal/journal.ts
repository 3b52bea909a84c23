import type { Metadata } from '@opengpu/sdk/protocol/metadata';
import type { Task, Work } from '@opengpu/sdk/protocol/task';
import type { Hex } from 'viem';
import type { JobModel } from '../machine/job-machine.ts';

/** Everything that opening a commitment needs, written before the commitment is sent. */
export interface JournalEntry {
  taskId: Hex;
  model: JobModel;
  task: Task;
  work: Work;
  metadata: Metadata;
  /** Wei a shard. */
  askWei: bigint;
  /** The answered shards, with what each leaf was made of. */
  shards: readonly { shard: number; root: Hex; salt: Hex }[];
  /** Root of the commitment tree over the shards' leaves, in order. */
  commitment: Hex;
  preview: Hex;
  startedAtSeconds: number;
}

/** Keeps answers through a crash. Every write is on disk when its promise resolves. */
export interface Journal {
  /** All entries, oldest first. */
  entries(): Promise<JournalEntry[]>;
  putOutput(taskId: Hex, shard: number, bytes: Uint8Array): Promise<void>;
  output(taskId: Hex, shard: number): Promise<Uint8Array | undefined>;
  putEntry(entry: JournalEntry): Promise<void>;
  /** Drops outputs that no entry speaks of: those of computations that were cut off. */
  sweep(): Promise<void>;
  /** Drops an entry and its outputs. */
  forget(taskId: Hex): Promise<void>;
  /** Speed remembered under a key, 0 when there is none. */
  speed(key: string): Promise<number>;
  putSpeed(key: string, elementsPerSecond: number): Promise<void>;
  close(): void;
}
