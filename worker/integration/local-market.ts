import { createServer } from 'node:net';
import { deploymentOf } from '@opengpu/sdk/contracts/deployments';
import { vaultAbi } from '@opengpu/sdk/contracts/generated/vault-abi';
import type { TaskDraft } from '@opengpu/sdk/kernels/template';
import { becomeProvider } from '@opengpu/sdk/market/become-provider';
import { confirmOffer } from '@opengpu/sdk/market/confirm-offer';
import { publishTask } from '@opengpu/sdk/market/publish-task';
import type { MarketState, TaskRecord } from '@opengpu/sdk/market/state';
import { memoryStore } from '@opengpu/sdk/market/store';
import type { TxCall } from '@opengpu/sdk/market/tx-action';
import { watchMarket } from '@opengpu/sdk/market/watch-market';
import { taskIdOf } from '@opengpu/sdk/protocol/task-id';
import { type TaskTerms, taskTerms } from '@opengpu/sdk/protocol/task-terms';
import {
  type Address,
  createTestClient,
  type Hex,
  http,
  parseEther,
  publicActions,
  walletActions,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { inject } from 'vitest';
import { mineEverySecond, startAnvil } from '../../scripts/chain.mjs';
import { Processes } from '../../scripts/processes.mjs';

const mnemonic = 'test test test test test test test test test test test junk';

/** One of anvil's accounts. */
export function devAccount(addressIndex: number) {
  return mnemonicToAccount(mnemonic, { addressIndex });
}

/** A chain of a test's own with the contracts on it and a block a second. Needs vitest's project `chain`. */
export async function openLocalMarket() {
  const processes = new Processes();
  const { rpcUrl } = await startAnvil(processes, { port: await freePort() });
  const found = deploymentOf(foundry.id);
  if (!found) throw new Error('There is no deployment for the local chain.');
  const deployment = found;
  const client = createTestClient({
    mode: 'anvil',
    chain: foundry,
    transport: http(rpcUrl),
    pollingInterval: 200,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions);
  await client.loadState({ state: inject('deployedState') });
  await mineEverySecond(rpcUrl);
  const stop = new AbortController();
  let state: MarketState | undefined;
  const waiting = new Set<() => void>();
  void watchMarket({
    client,
    deployment,
    store: memoryStore(),
    signal: stop.signal,
    pollMs: 200,
    onStatus: () => undefined,
    onState(newer) {
      state = newer;
      for (const look of waiting) look();
    },
  });

  async function send(index: number, call: TxCall): Promise<Hex> {
    const hash = await client.sendTransaction({ account: devAccount(index), ...call });
    const receipt = await client.waitForTransactionReceipt({ hash });
    if (receipt.status !== 'success') throw new Error(`Transaction ${hash} failed.`);
    return hash;
  }

  /** Resolves with a task's record once it is as `wanted`. */
  const until = (taskId: Hex, wanted: (record: TaskRecord) => boolean) =>
    new Promise<TaskRecord>((resolve) => {
      const look = () => {
        const record = state?.tasks.get(taskId);
        if (!record || !wanted(record)) return;
        waiting.delete(look);
        resolve(record);
      };
      waiting.add(look);
      look();
    });

  return {
    rpcUrl,
    deployment,
    client,
    processes,
    send,
    /** Makes account `index` a provider with 10 ETH of stake and this operator. */
    register: (index: number, operator: Address) =>
      send(
        index,
        becomeProvider.request(deployment, {
          provider: devAccount(index).address,
          stakeWei: parseEther('10'),
          commissionBps: 10_000,
          lockLimitWei: parseEther('20'),
          operator,
          floatWei: parseEther('1'),
        }),
      ),
    /** Publishes as account 1; periods in seconds. */
    async publish(
      draft: TaskDraft,
      maxPriceWei: bigint,
      periods = { deadline: 60, review: 60, delivery: 60 },
    ) {
      const block = await client.getBlock();
      const nowSeconds = Number(block.timestamp);
      const terms = await taskTerms({
        draft,
        client: devAccount(1).address,
        deployment,
        nowSeconds,
        maxPriceWei,
        deadlineSeconds: nowSeconds + periods.deadline,
        reviewSeconds: periods.review,
        deliverySeconds: periods.delivery,
      });
      await send(1, publishTask.request(deployment, terms));
      return { ...terms, taskId: taskIdOf(deployment.chainId, deployment.market, terms.task) };
    },
    confirm: ({ task }: TaskTerms, provider: Address) =>
      send(1, confirmOffer.request(deployment, { task, provider, askWei: 0n, openShards: 0 })),
    balanceOf: (account: Address) =>
      client.readContract({
        address: deployment.vault,
        abi: vaultAbi,
        functionName: 'balanceOf',
        args: [account],
      }),
    poolOf: (provider: Address) =>
      client.readContract({
        address: deployment.vault,
        abi: vaultAbi,
        functionName: 'poolOf',
        args: [provider],
      }),
    until,
    async close() {
      stop.abort();
      await processes.stopAll();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('No port is free.');
  return address.port;
}
