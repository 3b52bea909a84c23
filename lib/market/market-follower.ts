import type { Client, Hex } from 'viem';
import { getBlock } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { BlockSpan, isRangeRefused } from './block-span.ts';
import { fetchLogs } from './fetch-logs.ts';
import { emptyMarket, reduce } from './reduce.ts';
import type { Checkpoint } from './store.ts';

interface Head {
  number: bigint;
  hash: Hex;
  parentHash: Hex;
}

/** Checkpoints to fall back to when blocks are replaced. */
const mostCheckpoints = 64;

/** Folds the event log step by step and notices when the chain replaced blocks that are folded already. */
export class MarketFollower {
  readonly #client: Client;
  readonly #deployment: Deployment;
  readonly #span = new BlockSpan();
  /** Oldest first; empty: nothing is folded. */
  #checkpoints: readonly Checkpoint[];

  constructor(client: Client, deployment: Deployment, saved: Checkpoint | undefined) {
    this.#client = client;
    this.#deployment = deployment;
    this.#checkpoints = saved ? [saved] : [];
  }

  /** Folds one more range of blocks, if there is one; returns what is folded now and the chain's head. Throws viem's errors. */
  async step(): Promise<{ checkpoint: Checkpoint; head: bigint }> {
    const head = await getBlock(this.#client, { blockTag: 'latest' });
    await this.#dropReplaced(head);
    const tip = this.#checkpoints.at(-1);
    if (tip && tip.state.block >= head.number) return { checkpoint: tip, head: head.number };
    const checkpoint = await this.#foldNext(tip, head);
    this.#checkpoints = [...this.#checkpoints, checkpoint].slice(-mostCheckpoints);
    return { checkpoint, head: head.number };
  }

  /** Forgets checkpoints whose block the chain no longer has. */
  async #dropReplaced(head: Head): Promise<void> {
    for (;;) {
      const tip = this.#checkpoints.at(-1);
      if (!tip || (await this.#isCanonical(tip, head))) return;
      this.#checkpoints = this.#checkpoints.slice(0, -1);
    }
  }

  async #isCanonical({ state: { block }, blockHash }: Checkpoint, head: Head): Promise<boolean> {
    if (block > head.number) return false;
    if (block === head.number) return blockHash === head.hash;
    if (block + 1n === head.number) return blockHash === head.parentHash;
    return blockHash === (await getBlock(this.#client, { blockNumber: block })).hash;
  }

  /** Should blocks be replaced while this runs, the next step finds the checkpoint's hash gone. */
  async #foldNext(tip: Checkpoint | undefined, head: Head): Promise<Checkpoint> {
    const state = tip?.state ?? emptyMarket();
    const from = tip ? state.block + 1n : this.#deployment.fromBlock;
    for (;;) {
      const last = from + this.#span.blocks - 1n;
      const to = last < head.number ? last : head.number;
      try {
        const [logs, { hash }] = await Promise.all([
          from > to ? [] : fetchLogs(this.#client, this.#deployment, from, to),
          to === head.number ? head : getBlock(this.#client, { blockNumber: to }),
        ]);
        this.#span.grow();
        return { state: reduce(state, logs, to), blockHash: hash };
      } catch (error) {
        // A node that failed is asked for less the next time too.
        if (!this.#span.shrink() || !isRangeRefused(error)) throw error;
      }
    }
  }
}
