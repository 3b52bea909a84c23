import { type ContractEventName, type DecodeEventLogReturnType, decodeEventLog, type Log } from 'viem';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import type { LogPosition } from './state.ts';

const eventsAbi = [...vaultAbi, ...marketAbi] as const;

/** The events of Vault and of Market. */
export type EventName = ContractEventName<typeof eventsAbi>;

/** The arguments of each event, by name. */
export type EventArgs = {
  [Name in EventName]: Extract<DecodeEventLogReturnType<typeof eventsAbi>, { eventName: Name }>['args'];
};

/** An event of one of those names, decoded, with its place in the chain. */
export type MarketLog<Name extends EventName = EventName> = {
  [One in Name]: { eventName: One; args: EventArgs[One]; at: LogPosition };
}[Name];

/** Decodes one log of the two contracts; undefined for an event that this version does not know. `timestamp`: unix seconds of its block. */
export function decodeLog(log: Log<bigint, number, false>, timestamp: number): MarketLog | undefined {
  const { blockNumber, logIndex, transactionHash, topics, data } = log;
  try {
    const event = decodeEventLog({ abi: eventsAbi, topics, data, strict: true });
    return { ...event, at: { blockNumber, logIndex, transactionHash, timestamp } };
  } catch {
    return undefined;
  }
}
