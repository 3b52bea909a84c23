import type { Deployment } from '@opengpu/sdk/contracts/deployment';
import { create2SearchAbi } from '@opengpu/sdk/contracts/generated/create2-search-abi';
import { lensAbi } from '@opengpu/sdk/contracts/generated/lens-abi';
import { marketAbi } from '@opengpu/sdk/contracts/generated/market-abi';
import { vaultAbi } from '@opengpu/sdk/contracts/generated/vault-abi';
import type { Task } from '@opengpu/sdk/protocol/task';
import {
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  getAbiItem,
  type Hex,
  type PublicClient,
  toFunctionSelector,
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
  /** For each shard of a task, whether it is still unpaid. */
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
  ): Promise<{ status: 'none' | 'open' | 'withdrawn' | 'confirmed' | 'missed'; commitment: Hex }>;
  /** What the task's verifier says of an output; true without a verifier. */
  verifies(
    task: Task,
    answer: { taskId: Hex; shard: number; provider: Address; output: Hex },
    signal: AbortSignal,
  ): Promise<boolean>;
}

const offerStatuses = ['none', 'open', 'withdrawn', 'confirmed', 'missed'] as const;
/** What a verifier answers when it accepts. */
const verifySelector = toFunctionSelector(getAbiItem({ abi: create2SearchAbi, name: 'verify' }));
/** `CommitmentState.root` keeps the first 22 bytes. */
const commitmentPrefix = 2 + 2 * 22;
const shardsPerCall = 1_024;

/** Reads through `client`; network loss is waited out and told to `onConnection`. */
export function marketChain(
  client: PublicClient,
  deployment: Deployment,
  onConnection: OnConnection,
): MarketChain {
  const { vault, market, lens } = deployment;
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
        if (provider === operator) return true;
        return await client.readContract({
          address: vault,
          abi: vaultAbi,
          functionName: 'isOperator',
          args: [provider, operator],
        });
      }, signal),
    pool: (provider, signal) =>
      ask(async () => {
        const [view] = await client.readContract({
          address: lens,
          abi: lensAbi,
          functionName: 'providers',
          args: [[provider]],
        });
        if (!view) throw new Error('Lens answered no provider.');
        return { market: view.pool.market, lockableWei: view.lockable, ownStakeWei: view.ownFreeValue };
      }, signal),
    openShards: (taskId, shards, signal) =>
      ask(async () => {
        const open: number[] = [];
        for (let from = 0; from < shards; from += shardsPerCall) {
          const states = await client.readContract({
            address: lens,
            abi: lensAbi,
            functionName: 'shards',
            args: [taskId, from, Math.min(shardsPerCall, shards - from)],
          });
          for (const [index, state] of states.entries()) if (state.settledAt === 0) open.push(from + index);
        }
        return open;
      }, signal),
    commitment: (taskId, provider, commitment, signal) =>
      ask(async () => {
        const states = await client.readContract({
          address: market,
          abi: marketAbi,
          functionName: 'commitmentState',
          args: [taskId, provider],
        });
        const prefix = commitment.slice(0, commitmentPrefix).toLowerCase();
        const live = states.find((state) => state.committedAt !== 0 && state.root.toLowerCase() === prefix);
        return live && { timestamp: live.committedAt, blockNumber: BigInt(live.blockNumber) };
      }, signal),
    offer: (taskId, provider, signal) =>
      ask(async () => {
        const state = await client.readContract({
          address: market,
          abi: marketAbi,
          functionName: 'offerState',
          args: [taskId, provider],
        });
        return { status: offerStatuses[state.status] ?? 'none', commitment: state.commitment };
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
