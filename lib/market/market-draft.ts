import type { Address, Hex } from 'viem';
import type {
  Activity,
  MarketState,
  Offer,
  ProviderRecord,
  SettledShard,
  TaskRecord,
  Ticket,
} from './state.ts';

/** A task while one fold changes it. */
export type TaskDraft = Omit<TaskRecord, 'settled' | 'offers' | 'commitments'> & {
  settled: Map<number, SettledShard>;
  offers: Map<Address, Offer>;
  commitments: Map<Address, { count: number; at: Activity['at'] }>;
};

/** A provider while one fold changes it. */
export type ProviderDraft = Omit<ProviderRecord, 'tickets' | 'tails' | 'operators'> & {
  tickets: Map<Address, Ticket>;
  tails: Map<number, bigint>;
  operators: Set<Address>;
};

const mostActivity = 500;

/** Basis points of a commission that was never set: the provider keeps everything. */
const wholeBps = 10_000;

/**
 * A market state while one fold changes it: every map is copied once, and a record when it is first touched, so that
 * the state from which the fold started stays as it was and a long fold costs no copy a log.
 */
export class MarketDraft {
  readonly #tasks: Map<Hex, TaskRecord>;
  readonly #providers: Map<Address, ProviderRecord>;
  readonly #balances: Map<Address, bigint>;
  readonly #stakes: Map<Address, ReadonlyMap<Address, bigint>>;
  readonly #taskDrafts = new Map<Hex, TaskDraft>();
  readonly #providerDrafts = new Map<Address, ProviderDraft>();
  readonly #stakeDrafts = new Map<Address, Map<Address, bigint>>();
  /** Oldest first. */
  readonly #activity: Activity[] = [];
  readonly #activityBefore: readonly Activity[];

  constructor(state: MarketState) {
    this.#tasks = new Map(state.tasks);
    this.#providers = new Map(state.providers);
    this.#balances = new Map(state.balances);
    this.#stakes = new Map(state.stakes);
    this.#activityBefore = state.activity;
  }

  addTask(record: TaskRecord): void {
    this.#tasks.set(record.taskId, record);
  }

  /** The task to change, or undefined for one that was never published: a commitment may name any id. */
  task(taskId: Hex): TaskDraft | undefined {
    const begun = this.#taskDrafts.get(taskId);
    if (begun) return begun;
    const record = this.#tasks.get(taskId);
    if (!record) return undefined;
    const draft: TaskDraft = {
      ...record,
      settled: new Map(record.settled),
      offers: new Map(record.offers),
      commitments: new Map(record.commitments),
    };
    this.#taskDrafts.set(taskId, draft);
    this.#tasks.set(taskId, draft);
    return draft;
  }

  /** The provider to change; a new one when no event has named it yet. */
  provider(provider: Address): ProviderDraft {
    const begun = this.#providerDrafts.get(provider);
    if (begun) return begun;
    const record = this.#providers.get(provider) ?? newProvider(provider);
    const draft: ProviderDraft = {
      ...record,
      tickets: new Map(record.tickets),
      tails: new Map(record.tails),
      operators: new Set(record.operators),
    };
    this.#providerDrafts.set(provider, draft);
    this.#providers.set(provider, draft);
    return draft;
  }

  /** Adds `wei`, which may be negative, to a balance. */
  credit(account: Address, wei: bigint): void {
    if (wei !== 0n) this.#balances.set(account, (this.#balances.get(account) ?? 0n) + wei);
  }

  /** Adds `shares`, which may be negative, to what a staker has in a pool, and to the pool. */
  addShares(provider: Address, staker: Address, shares: bigint): void {
    let pool = this.#stakeDrafts.get(provider);
    if (!pool) {
      pool = new Map(this.#stakes.get(provider));
      this.#stakeDrafts.set(provider, pool);
      this.#stakes.set(provider, pool);
    }
    const after = (pool.get(staker) ?? 0n) + shares;
    if (after === 0n) pool.delete(staker);
    else pool.set(staker, after);
    const record = this.provider(provider);
    record.shares += shares;
    if (staker === provider) record.ownShares = after;
  }

  note(activity: Activity): void {
    this.#activity.push(activity);
  }

  state(block: bigint): MarketState {
    return {
      block,
      tasks: this.#tasks,
      providers: this.#providers,
      balances: this.#balances,
      stakes: this.#stakes,
      activity: [...this.#activity.slice(-mostActivity).reverse(), ...this.#activityBefore].slice(
        0,
        mostActivity,
      ),
    };
  }
}

function newProvider(provider: Address): ProviderRecord {
  return {
    provider,
    commissionBps: wholeBps,
    lockLimitWei: 0n,
    stakeWei: 0n,
    shares: 0n,
    ownShares: 0n,
    tickets: new Map(),
    heldWei: 0n,
    tails: new Map(),
    operators: new Set(),
    settled: 0,
    missed: 0,
    slashed: 0,
    responseSeconds: 0,
    earnedWei: 0n,
  };
}
