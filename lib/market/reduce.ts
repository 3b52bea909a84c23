import { marketFolds } from './fold-market-log.ts';
import { vaultFolds } from './fold-vault-log.ts';
import { MarketDraft } from './market-draft.ts';
import type { EventArgs, EventName, MarketLog } from './market-log.ts';
import type { LogPosition, MarketState } from './state.ts';

/** A market of which nothing is known yet. */
export function emptyMarket(): MarketState {
  return {
    block: 0n,
    tasks: new Map(),
    providers: new Map(),
    balances: new Map(),
    stakes: new Map(),
    activity: [],
  };
}

/**
 * Folds logs, in the chain's order, into a new state; the given one stays as it was. Folding in any chunks gives the same.
 * `block` is the last block that is now folded in whole; by default that of the last log.
 */
export function reduce(
  state: MarketState,
  logs: readonly MarketLog[],
  block: bigint = logs.at(-1)?.at.blockNumber ?? state.block,
): MarketState {
  if (logs.length === 0) return { ...state, block };
  const draft = new MarketDraft(state);
  for (const log of logs) foldLog(draft, log);
  return draft.state(block);
}

const folds: { [Name in EventName]: (draft: MarketDraft, args: EventArgs[Name], at: LogPosition) => void } = {
  ...vaultFolds,
  ...marketFolds,
};

function foldLog<Name extends EventName>(draft: MarketDraft, { eventName, args, at }: MarketLog<Name>): void {
  folds[eventName](draft, args, at);
}
