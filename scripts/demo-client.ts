// The client of `npm run dev`: fills a new board with a few tasks and confirms the offers for some of them.
// Usage: tsx scripts/demo-client.ts <rpc url> <app url>. On a board that it has filled before it does nothing.
import { readFileSync } from 'node:fs';
import { deploymentOf } from '@opengpu/sdk/contracts/deployments';
import { marketAbi } from '@opengpu/sdk/contracts/generated/market-abi';
import { httpStore } from '@opengpu/sdk/data/http-store';
import { uploadInputs } from '@opengpu/sdk/data/upload-inputs';
import { decodeImage } from '@opengpu/sdk/kernels/image/decode-image';
import type { TaskDraft } from '@opengpu/sdk/kernels/template';
import { fractalPresets } from '@opengpu/sdk/kernels/templates/fractal/presets';
import { type FractalParams, fractalTemplate } from '@opengpu/sdk/kernels/templates/fractal/template';
import { photoTemplate } from '@opengpu/sdk/kernels/templates/photo/template';
import { searchTemplate } from '@opengpu/sdk/kernels/templates/search/template';
import { confirmOffer } from '@opengpu/sdk/market/confirm-offer';
import { publishTask } from '@opengpu/sdk/market/publish-task';
import type { TxCall } from '@opengpu/sdk/market/tx-action';
import { shardsOf } from '@opengpu/sdk/protocol/shards';
import type { Task } from '@opengpu/sdk/protocol/task';
import { taskIdOf } from '@opengpu/sdk/protocol/task-id';
import { taskTerms } from '@opengpu/sdk/protocol/task-terms';
import { createPublicClient, createWalletClient, http, parseEther } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';

const hour = 3600;
const day = 24 * hour;

const [rpcUrl = 'http://127.0.0.1:8545', appUrl = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const account = mnemonicToAccount('test test test test test test test test test test test junk', {
  addressIndex: 4,
});
const transport = http(rpcUrl);
const reader = createPublicClient({ chain: foundry, transport, pollingInterval: 500 });
const wallet = createWalletClient({ account, chain: foundry, transport });
const deployment = localDeployment();

function localDeployment() {
  const found = deploymentOf(foundry.id);
  if (!found) throw new Error('lib/contracts/deployments knows no local chain');
  return found;
}

async function send(call: TxCall): Promise<void> {
  const hash = await wallet.sendTransaction(call);
  const { status } = await reader.waitForTransactionReceipt({ hash });
  if (status === 'reverted') throw new Error(`transaction ${hash} reverted`);
}

async function hasPublished(): Promise<boolean> {
  const logs = await reader.getContractEvents({
    address: deployment.market,
    abi: marketAbi,
    eventName: 'Published',
    args: { client: account.address },
    fromBlock: deployment.fromBlock,
  });
  return logs.length > 0;
}

async function publish(draft: TaskDraft, price: string): Promise<Task> {
  const { timestamp } = await reader.getBlock();
  const nowSeconds = Number(timestamp);
  const terms = await taskTerms({
    draft,
    client: account.address,
    deployment,
    nowSeconds,
    maxPriceWei: parseEther(price),
    deadlineSeconds: nowSeconds + day,
    reviewSeconds: day,
    deliverySeconds: hour,
  });
  await uploadInputs(draft, httpStore({ base: appUrl }));
  await send(publishTask.request(deployment, terms));
  console.log(`published ${draft.metadata.name}`);
  return terms.task;
}

/** Waits for the first offer for the task and confirms it. */
async function confirmFirstOffer(task: Task): Promise<void> {
  const taskId = taskIdOf(deployment.chainId, deployment.market, task);
  const offer = await firstOffer(taskId);
  await send(confirmOffer.request(deployment, { task, ...offer, openShards: shardsOf(task) }));
  console.log(`confirmed the offer of ${offer.provider}`);
}

function firstOffer(taskId: `0x${string}`): Promise<{ provider: `0x${string}`; askWei: bigint }> {
  return new Promise((resolve) => {
    const stop = reader.watchContractEvent({
      address: deployment.market,
      abi: marketAbi,
      eventName: 'Offered',
      args: { taskId },
      fromBlock: deployment.fromBlock,
      onLogs: ([log]) => {
        const { provider, ask } = log?.args ?? {};
        if (provider === undefined || ask === undefined) return;
        stop();
        resolve({ provider, askWei: ask });
      },
    });
  });
}

/** Waits until every shard of the task is paid. */
async function delivered(task: Task): Promise<void> {
  const taskId = taskIdOf(deployment.chainId, deployment.market, task);
  for (;;) {
    const { delivered: paid } = await reader.readContract({
      address: deployment.market,
      abi: marketAbi,
      functionName: 'taskState',
      args: [taskId],
    });
    if (paid === shardsOf(task)) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

function fractal(id: string, size: FractalParams['size']) {
  const preset = fractalPresets.find((one) => one.id === id);
  if (!preset) throw new Error(`there is no fractal preset ${id}`);
  return fractalTemplate.draft({ ...preset.params, size });
}

async function photo() {
  const picture = await decodeImage(
    readFileSync(new URL('../public/examples/landscape.png', import.meta.url)),
  );
  return photoTemplate.draft({ picture, filter: 'emboss', strengthPercent: 100 });
}

if (await hasPublished()) {
  console.log('the board is filled already');
} else {
  await publish(await searchTemplate.draft({ ...searchTemplate.defaults, client: account.address }), '0.02');
  const small = await publish(await fractal('whole', 256), '0.001');
  const picture = await publish(await photo(), '0.004');
  const large = await publish(await fractal('spiral', 512), '0.002');
  // Stays open: its offers are there to be looked at.
  await publish(await fractal('seahorses', 512), '0.0015');
  for (const task of [small, picture, large]) {
    await confirmFirstOffer(task);
    await delivered(task);
  }
  console.log('has everything that it paid for');
}
