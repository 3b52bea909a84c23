import type { Hex } from 'viem';
import type { MarketState } from './state.ts';

/** A market as of one block, with that block's hash to tell whether the chain still has it. */
export interface Checkpoint {
  state: MarketState;
  blockHash: Hex;
}

/** Where a reader keeps its last checkpoint, so that it need not fold the whole log again. One store a deployment. */
export interface MarketStore {
  load(): Promise<Checkpoint | undefined>;
  save(checkpoint: Checkpoint): Promise<void>;
}

/** Forgets when the process ends. */
export function memoryStore(): MarketStore {
  let kept: Checkpoint | undefined;
  return {
    load: async () => kept,
    save: async (checkpoint) => {
      kept = checkpoint;
    },
  };
}
