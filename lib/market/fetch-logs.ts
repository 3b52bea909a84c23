import type { Client, Log } from 'viem';
import { getBlock, getLogs } from 'viem/actions';
import type { Deployment } from '../contracts/deployment.ts';
import { decodeLog, type MarketLog } from './market-log.ts';

type RawLog = Log<bigint, number, false>;

/** Blocks whose time is asked for at once. */
const timesAtOnce = 8;

/**
 * Every event of Vault and Market in a range of blocks (both ends included), in order, with times: the log's own
 * where the node gives it, else asked once a block.
 */
export async function fetchLogs(
  client: Client,
  { vault, market }: Deployment,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<MarketLog[]> {
  const raw = await getLogs(client, { address: [vault, market], fromBlock, toBlock });
  const times = await timesOf(client, raw);
  return raw.flatMap((log) => decodeLog(log, times.get(log.blockNumber) ?? 0) ?? []);
}

/** Unix seconds by block. */
async function timesOf(client: Client, logs: readonly RawLog[]): Promise<Map<bigint, number>> {
  const times = new Map<bigint, number>();
  const unknown = new Set<bigint>();
  for (const { blockNumber, blockTimestamp } of logs) {
    if (blockTimestamp === undefined || blockTimestamp === null) unknown.add(blockNumber);
    else times.set(blockNumber, Number(blockTimestamp));
  }
  const blocks = [...unknown].filter((block) => !times.has(block));
  for (let first = 0; first < blocks.length; first += timesAtOnce) {
    const some = blocks.slice(first, first + timesAtOnce);
    const found = await Promise.all(some.map((blockNumber) => getBlock(client, { blockNumber })));
    for (const { number, timestamp } of found) times.set(number, Number(timestamp));
  }
  return times;
}
