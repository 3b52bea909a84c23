import type { Metadata } from '../protocol/metadata.ts';
import type { Model } from '../protocol/task.ts';

/** A kernel that the project ships, addressed by the hash of its source. */
export interface CatalogueKernel {
  /** Folder name under `templates/`. */
  id: 'fractal' | 'photo' | 'search';
  /** The WGSL text as published. Element id = `global_invocation_id.x` over the whole task; writes `output[K*id + c]`. */
  source: string;
  sourceHash: `0x${string}`;
  wordsPerElement: number;
  /**
   * map: element i is what invocation i writes.
   * search: invocations try ranges until one writes 1 into its first word; that element is the whole output (count = 1).
   */
  execution: 'map' | 'search';
  /** Rough work of one element, in fractal-pixel units, for time estimates before a benchmark exists. */
  weight: number;
}

/**
 * What a form needs to publish: everything of the terms that follows from the parameters.
 * Inputs that `metadata.inputs` names by CID are stored by `uploadInputs(draft, store)` before publishing.
 */
export interface TaskDraft {
  kernel: CatalogueKernel;
  /** Input buffers in binding order. */
  inputs: Uint32Array[];
  count: number;
  elementsPerShard: number;
  model: Model;
  metadata: Metadata;
  /** Present for verifier tasks: ABI-encoded condition for the verifier named here. */
  verifier?: { name: 'create2Search'; data: `0x${string}` };
}

/** A catalogue template: parameters in, draft out, plus what a reader needs to show the result. */
export interface Template<Params> {
  id: CatalogueKernel['id'];
  title: string;
  /** One or two sentences for a newcomer. */
  summary: string;
  kernel: CatalogueKernel;
  defaults: Params;
  /** Suggested highest price, wei a shard. */
  defaultMaxPriceWei: bigint;
  /** Throws `BadParameter` (field, given, allowed) when a parameter is out of range. */
  draft(params: Params): TaskDraft | Promise<TaskDraft>;
}
