/** How far a reader of the event log is, for people: blocks are numbers, `since` and `retryAt` unix seconds. */
export type WatchStatus =
  /** Folding the past; `head` is the chain's newest block. */
  | { kind: 'syncing'; block: bigint; head: bigint }
  /** Everything up to `block` is folded. */
  | { kind: 'live'; block: bigint }
  /** The node does not answer; it is tried again at `retryAt`. `reason` is a sentence. */
  | { kind: 'unreachable'; reason: string; since: number; retryAt: number }
  /** The node serves another chain. */
  | { kind: 'wrongChain'; expected: number; actual: number }
  /** The right chain, without the contracts. */
  | { kind: 'notDeployed' };
