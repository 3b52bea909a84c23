import type { Address, Hex } from 'viem';
import type { Task, Work } from '../protocol/task.ts';

/** Where a fact was recorded. */
export interface LogPosition {
  blockNumber: bigint;
  logIndex: number;
  transactionHash: Hex;
  /** Unix seconds of the block. */
  timestamp: number;
}

/** A shard that somebody answered and was paid for. */
export interface SettledShard {
  shard: number;
  provider: Address;
  outputRoot: Hex;
  priceWei: bigint;
  /** Words big-endian; empty ('0x') when `locator` is given. Kept so that readers can show results. */
  output: Hex;
  /** UTF-8 JSON of a `Locator`, or empty. */
  locator: string;
  at: LogPosition;
  /** Set once somebody proved a word of it wrong. */
  slashed?: Conviction;
}

/** What was wrong with a response, and who proved it. */
export interface Conviction {
  challenger: Address;
  /** Element over the whole task, and word of it. */
  id: number;
  word: number;
  /** What the provider answered and what is right. */
  committed: number;
  computed: number;
  /** To the challenger; the client got the price back. */
  rewardWei: bigint;
  at: LogPosition;
}

/** A Manual Confirmation offer. */
export interface Offer {
  provider: Address;
  /** Wei a shard. */
  askWei: bigint;
  commitment: Hex;
  preview: Hex;
  status: 'open' | 'withdrawn' | 'confirmed' | 'missed';
  at: LogPosition;
  /** Unix seconds; set when confirmed. */
  confirmedAt?: number;
  /** Unix seconds until which a confirmed offer must be delivered. */
  deliverUntil?: number;
}

/** A task as the event log tells it; time-dependent status comes from `statusOf(task, now)`. */
export interface TaskRecord {
  taskId: Hex;
  task: Task;
  work: Work;
  /** Raw metadata bytes; read with `parseMetadata`. */
  metadata: Hex;
  publishedAt: LogPosition;
  /** Number of shards. */
  shards: number;
  settled: ReadonlyMap<number, SettledShard>;
  offers: ReadonlyMap<Address, Offer>;
  /** First Response: how many commitments each provider made, and when the newest was made. */
  commitments: ReadonlyMap<Address, { count: number; at: LogPosition }>;
  /** Whose offer is confirmed (Manual Confirmation), or was last. */
  confirmed?: Address;
  /** Unix seconds; set by cancel. */
  cancelledDeadline?: number;
  /** Wei left in escrow. */
  escrowWei: bigint;
  reclaimedWei?: bigint;
}

/** A staker's open request to leave a pool. */
export interface Ticket {
  shares: bigint;
  /** Unix seconds from which it pays. */
  readyAt: number;
}

/** A provider as the event log tells it. Amounts in wei. */
export interface ProviderRecord {
  provider: Address;
  market?: Address;
  /** An announced change of market; it still needs the provider's second call. Unix seconds. */
  nextMarket?: { market: Address; at: number };
  /** Until `nextCommission` counts: see `commissionAt`. */
  commissionBps: number;
  /** An announced rise. Unix seconds. */
  nextCommission?: { bps: number; at: number };
  /** The most that may be locked; every slash and penalty lowers it. */
  lockLimitWei: bigint;
  /** Everything staked behind it. */
  stakeWei: bigint;
  shares: bigint;
  ownShares: bigint;
  /** Open tickets by staker. */
  tickets: ReadonlyMap<Address, Ticket>;
  /** Bonds of open obligations. */
  heldWei: bigint;
  /** Bonds of settled responses by the second of their settlement; those that still count: `tailAt`. */
  tails: ReadonlyMap<number, bigint>;
  operators: ReadonlySet<Address>;
  settled: number;
  missed: number;
  slashed: number;
  /** Sum over settled responses, from when they could be given to payment, seconds. */
  responseSeconds: number;
  earnedWei: bigint;
}

/** One line of the activity rail. */
export interface Activity {
  kind:
    | 'published'
    | 'committed'
    | 'offered'
    | 'confirmed'
    | 'responded'
    | 'missed'
    | 'cancelled'
    | 'reclaimed'
    | 'staked'
    | 'unstaked'
    | 'slashed';
  at: LogPosition;
  taskId?: Hex;
  /** Whose pool, where that is not the actor. */
  provider?: Address;
  /** Who acted. */
  actor: Address;
  shard?: number;
  amountWei?: bigint;
}

/** The whole market, folded from the event log by `reduce`. Immutable: each fold gives a new object. */
export interface MarketState {
  /** Last block folded in whole. */
  block: bigint;
  tasks: ReadonlyMap<Hex, TaskRecord>;
  providers: ReadonlyMap<Address, ProviderRecord>;
  /** Vault balances, wei. */
  balances: ReadonlyMap<Address, bigint>;
  /** Shares by provider, then staker. */
  stakes: ReadonlyMap<Address, ReadonlyMap<Address, bigint>>;
  /** Newest first, at most 500. */
  activity: readonly Activity[];
}
