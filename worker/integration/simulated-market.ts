import { deploymentOf } from '@opengpu/sdk/contracts/deployments';
import { marketAbi } from '@opengpu/sdk/contracts/generated/market-abi';
import type { TaskDraft } from '@opengpu/sdk/kernels/template';
import { emptyMarket } from '@opengpu/sdk/market/reduce';
import type { MarketState, Offer, SettledShard, TaskRecord } from '@opengpu/sdk/market/state';
import type { TxCall } from '@opengpu/sdk/market/tx-action';
import { merkleRoot } from '@opengpu/sdk/protocol/merkle';
import { encodeMetadata } from '@opengpu/sdk/protocol/metadata';
import { wordsToBytes } from '@opengpu/sdk/protocol/words';
import {
  type Address,
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  type Hex,
  type Log,
  parseEther,
  zeroAddress,
  zeroHash,
} from 'viem';
import type { MarketChain } from '../chain/market-chain.ts';
import { abortable, sleep } from '../chain/retry.ts';
import type { CommittedAt } from '../machine/observe.ts';
import { sampleRecord, us } from '../machine/sample-record.ts';

const found = deploymentOf(31_337);
if (!found) throw new Error('There is no deployment for the local chain.');
/** Where the simulated market is. */
export const deployment = found;

const blockMilliseconds = 1_000;

/** What a simulated task is made of. */
export interface SimulatedTask {
  draft: TaskDraft;
  client: Address;
  deadlineSeconds: number;
}

/**
 * One task on a chain with a block a second, in memory and on the test's clock, with the market's rules as far as one
 * provider meets them. A transaction that was sent is mined even if its sender is gone.
 */
export class SimulatedMarket {
  /** Names of the market's functions that were called, in order. */
  readonly calls: string[] = [];
  readonly #record: TaskRecord;
  readonly #listeners = new Set<() => void>();
  readonly #settled = new Map<number, SettledShard>();
  readonly #offers = new Map<Address, Offer>();
  readonly #commitments = new Map<Hex, CommittedAt>();
  readonly #origin = Date.now();
  #confirmed: Address | undefined;
  #pending = 0;
  /** What happens instead of the next transaction; its result is thrown. */
  failNext: (() => Error) | undefined;

  constructor({ draft, client, deadlineSeconds }: SimulatedTask) {
    const { kernel, inputs, model, count, elementsPerShard, metadata, verifier } = draft;
    const base = sampleRecord(model, {
      work: {
        sourceHash: kernel.sourceHash,
        codeHash: zeroHash,
        compilerVersion: 0,
        inputs: inputs.map((words) => ({ root: merkleRoot(wordsToBytes(words)), words: words.length })),
      },
      task: {
        client,
        count,
        elementsPerShard,
        wordsPerElement: kernel.wordsPerElement,
        deadline: BigInt(this.#timestamp() + deadlineSeconds),
        bond: 0n,
        delivery: 60,
        review: 60,
        verifier: verifier ? deployment[verifier.name] : zeroAddress,
        verifierData: verifier?.data ?? '0x',
      },
    });
    this.#record = {
      ...base,
      shards: Math.ceil(count / elementsPerShard),
      metadata: encodeMetadata(metadata),
    };
  }

  get record(): TaskRecord {
    return {
      ...this.#record,
      settled: new Map(this.#settled),
      offers: new Map(this.#offers),
      ...(this.#confirmed && { confirmed: this.#confirmed }),
    };
  }

  /** The client confirms an offer, as of the next block. */
  confirm(provider: Address): void {
    const offer = this.#offers.get(provider);
    if (!offer) throw new Error('There is no such offer.');
    this.#confirmed = provider;
    this.#offers.set(provider, {
      ...offer,
      status: 'confirmed',
      deliverUntil: this.#timestamp() + this.#record.task.delivery,
    });
    this.#tell();
  }

  /** Another provider offers. */
  rivalOffers(provider: Address): void {
    this.#offers.set(provider, { ...this.#offer(), provider });
    this.#tell();
  }

  /** Another provider is paid for every shard. */
  rivalAnswers(provider: Address): void {
    for (let shard = 0; shard < this.#record.shards; shard++) this.#settle(shard, provider);
    this.#tell();
  }

  readonly chain: MarketChain = {
    chainId: async () => deployment.chainId,
    block: async () => ({ number: BigInt(this.#block()), timestamp: this.#timestamp(), gasPriceWei: 1n }),
    balanceWei: async () => parseEther('1'),
    mayWork: async () => true,
    pool: async () => ({
      market: deployment.market,
      lockableWei: parseEther('1'),
      ownStakeWei: parseEther('1'),
    }),
    openShards: async () =>
      Array.from({ length: this.#record.shards }, (_, shard) => shard).filter(
        (shard) => !this.#settled.has(shard),
      ),
    commitment: async (_, __, commitment) => this.#commitments.get(commitment),
    offer: async () => ({ status: this.#offers.get(us)?.status ?? 'none', commitment: zeroHash }),
    verifies: async () => true,
  };

  readonly sender = {
    send: async ({ data }: TxCall, signal: AbortSignal): Promise<{ transactionHash: Hex; logs: Log[] }> => {
      const fail = this.failNext;
      this.failNext = undefined;
      if (fail) throw fail();
      this.#pending += 1;
      const mined = new Promise<Log[]>((resolve) =>
        setTimeout(() => {
          this.#pending -= 1;
          const paid = this.#execute(data);
          this.#tell();
          resolve(paid.map((shard) => this.#responded(shard)));
        }, blockMilliseconds),
      );
      return { transactionHash: zeroHash, logs: await abortable(mined, signal) };
    },
    settle: async (signal: AbortSignal): Promise<void> => {
      while (this.#pending > 0) await sleep(100, signal);
    },
  };

  follow = (onState: (state: MarketState, live: boolean) => void, signal: AbortSignal): void => {
    const tell = () => {
      const { record } = this;
      onState(
        { ...emptyMarket(), block: BigInt(this.#block()), tasks: new Map([[record.taskId, record]]) },
        true,
      );
    };
    this.#listeners.add(tell);
    signal.addEventListener('abort', () => this.#listeners.delete(tell));
    queueMicrotask(tell);
  };

  /** Returns the shards that were paid. */
  #execute(data: Hex): number[] {
    const { functionName, args } = decodeFunctionData({ abi: marketAbi, data });
    this.calls.push(functionName);
    switch (functionName) {
      case 'commit':
        this.#commitments.set(args[2], { blockNumber: BigInt(this.#block()), timestamp: this.#timestamp() });
        return [];
      case 'offer':
        if (this.#offers.has(us)) throw new Error('OfferExists');
        this.#offers.set(us, { ...this.#offer(), askWei: args[2], commitment: args[3], preview: args[4] });
        return [];
      case 'withdrawOffer':
        this.#offers.set(us, { ...(this.#offers.get(us) ?? this.#offer()), status: 'withdrawn' });
        return [];
      case 'respond':
        this.#settle(args[1].shard, us);
        return [args[1].shard];
      case 'respondMany': {
        const open = args[1].map(({ shard }) => shard).filter((shard) => !this.#settled.has(shard));
        for (const shard of open) {
          this.calls.push('respond');
          this.#settle(shard, us);
        }
        return open;
      }
      default:
        throw new Error(`${functionName} is not simulated.`);
    }
  }

  #responded(shard: number): Log {
    const { taskId, task } = this.#record;
    const [topic, ...indexed] = encodeEventTopics({
      abi: marketAbi,
      eventName: 'Responded',
      args: { taskId, client: task.client, provider: us },
    });
    return {
      address: deployment.market,
      topics: [topic, ...(indexed as Hex[])],
      data: encodeAbiParameters(
        [{ type: 'uint32' }, { type: 'bytes32' }, { type: 'uint256' }, { type: 'bytes' }, { type: 'bytes' }],
        [shard, zeroHash, task.maxPrice, '0x', '0x'],
      ),
      blockHash: zeroHash,
      blockNumber: BigInt(this.#block()),
      logIndex: shard,
      transactionHash: zeroHash,
      transactionIndex: 0,
      removed: false,
    };
  }

  #settle(shard: number, provider: Address): void {
    if (this.#settled.has(shard)) throw new Error(`Shard ${shard} is settled already.`);
    const { maxPrice } = this.#record.task;
    const at = this.#record.publishedAt;
    this.#settled.set(shard, {
      shard,
      provider,
      outputRoot: zeroHash,
      priceWei: maxPrice,
      output: '0x',
      locator: '',
      at,
    });
  }

  #offer(): Offer {
    return {
      provider: us,
      askWei: 1n,
      commitment: zeroHash,
      preview: '0x',
      status: 'open',
      at: this.#record.publishedAt,
    };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #block(): number {
    return 100 + Math.floor((Date.now() - this.#origin) / blockMilliseconds);
  }

  #timestamp(): number {
    return Math.floor(Date.now() / 1_000);
  }
}
