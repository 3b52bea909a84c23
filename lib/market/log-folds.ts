import type { Abi, ContractEventName } from 'viem';
import type { MarketDraft } from './market-draft.ts';
import type { EventArgs, EventName } from './market-log.ts';
import type { LogPosition } from './state.ts';

/** One fold for every event of an ABI: a new event does not compile until somebody says what it does. */
export type LogFolds<EventsAbi extends Abi> = {
  [Name in ContractEventName<EventsAbi> & EventName]: (
    draft: MarketDraft,
    args: EventArgs[Name],
    at: LogPosition,
  ) => void;
};
