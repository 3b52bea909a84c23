import type { Deployment } from '@opengpu/sdk/contracts/deployment';
import { create2SearchAbi } from '@opengpu/sdk/contracts/generated/create2-search-abi';
import { isCommitmentTo, readCommitments } from '@opengpu/sdk/market/read-commitments';
import { readIsOperator } from '@opengpu/sdk/market/read-is-operator';
import { type OfferOnChain, readOffers } from '@opengpu/sdk/market/read-offers';
import { readProvider } from '@opengpu/sdk/market/read-providers';
import { readShards } from '@opengpu/sdk/market/read-shards';
import type { Task } from '@opengpu/sdk/protocol/task';
import {
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  getAbiItem,
  type Hex,
  type PublicClient,
  toFunctionSelector,
  zeroAddress,
  zeroHash,
} from 'viem';
import type { CommittedAt } from '../machine/observe.ts';
import { currentFees } from './fees.ts';
import { type OnConnection, retrying } from './retry.ts';

/** What decides about money, read from the chain itself and not from the event log. */
export interface MarketChain {
  chainId(signal: AbortSignal): Promise<number>;
  block(signal: AbortSignal): Promise<{ number: bigint; timestamp: number; gasPriceWei: bigint }>;
  balanceWei(account: Address, signal: AbortSignal): Promise<bigint>;
  /** Whether `operator` may work for `provider`. */
  mayWork(provider: Address, operator: Address, signal: AbortSignal): Promise<boolean>;
  pool(
    provider: Address,
    signal: AbortSignal,
  ): Promise<{ market: Address; lockableWei: bigint; ownStakeWei: bigint }>;
  /** The shards of a task that are still unpaid. */
  openShards(taskId: Hex, shards: number, signal: AbortSignal): Promise<number[]>;
  /** When `commitment` was made, if it is live. */
  commitment(
    taskId: Hex,
    provider: Address,
    commitment: Hex,
    signal: AbortSignal,
  ): Promise<CommittedAt | undefined>;
  offer(
    taskId: Hex,
    provider: Address,
    signal: AbortSignal,
  ): Promise<Pick<OfferOnChain, 'status' | 'commitment'>>;
  /** What the task's verifier says of an output; true without a verifier. */
  verifies(
    task: Task,
    answer: { taskId: Hex; shard: number; provider: Address; output: Hex },
    signal: AbortSignal,
  ): Promise<boolean>;
}

/** What a verifier answers when it accepts. */
const verifySelector = toFunctionSelector(getAbiItem({ abi: create2SearchAbi, name: 'verify' }));
/** Shards that one call asks for. */
const shardsPerCall = 1_024;

/** Reads through `client`; network loss is waited out and told to `onConnection`. */
export function marketChain(
  client: PublicClient,
  deployment: Deployment,
  onConnection: OnConnection,
): MarketChain {
  const ask = <T>(work: () => Promise<T>, signal: AbortSignal) => retrying(work, onConnection, signal);
  return {
    chainId: (signal) => ask(() => client.getChainId(), signal),
    block: (signal) =>
      ask(async () => {
        const [block, { gasPriceWei }] = await Promise.all([client.getBlock(), currentFees(client)]);
        return { number: block.number, timestamp: Number(block.timestamp), gasPriceWei };
      }, signal),
    balanceWei: (address, signal) => ask(() => client.getBalance({ address }), signal),
    mayWork: (provider, operator, signal) =>
      ask(async () => {
        return provider === operator || (await readIsOperator(client, deployment, provider, operator));
      }, signal),
    pool: (provider, signal) =>
      ask(async () => {
        const { market, lockableWei, ownFreeWei } = await readProvider(client, deployment, provider);
        return { market: market ?? zeroAddress, lockableWei, ownStakeWei: ownFreeWei };
      }, signal),
    openShards: (taskId, shards, signal) =>
      ask(async () => {
        const open: number[] = [];
        for (let from = 0; from < shards; from += shardsPerCall) {
          const count = Math.min(shardsPerCall, shards - from);
          const states = await readShards(client, deployment, taskId, from, count);
          for (const [index, { kind }] of states.entries()) if (kind === 'open') open.push(from + index);
        }
        return open;
      }, signal),
    commitment: (taskId, provider, commitment, signal) =>
      ask(async () => {
        const made = await readCommitments(client, deployment, taskId, provider);
        const live = made.find((one) => isCommitmentTo(one, commitment));
        return live && { timestamp: live.committedAt, blockNumber: BigInt(live.blockNumber) };
      }, signal),
    offer: (taskId, provider, signal) =>
      ask(async () => {
        const [offer] = await readOffers(client, deployment, taskId, [provider]);
        return { status: offer?.status ?? 'none', commitment: offer?.commitment ?? zeroHash };
      }, signal),
    verifies: (task, { taskId, shard, provider, output }, signal) =>
      ask(async () => {
        try {
          const magic = await client.readContract({
            address: task.verifier,
            abi: create2SearchAbi,
            functionName: 'verify',
            args: [taskId, task, shard, provider, output],
          });
          return magic === verifySelector;
        } catch (error) {
          const reverted =
            error instanceof BaseError &&
            error.walk((inner) => inner instanceof ContractFunctionRevertedError);
          if (reverted) return false;
          throw error;
        }
      }, signal),
  };
}
