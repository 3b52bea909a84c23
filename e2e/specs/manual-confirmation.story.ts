import { withdrawOffer } from '@opengpu/sdk/market/withdraw-offer';
import { penaltyWei } from '@opengpu/sdk/protocol/penalty';
import { parseEther } from 'viem';
import { HandProvider } from '../fixtures/hand-provider';
import { escrow, pool, vaultBalance } from '../fixtures/ledger';
import { publishFractal, publishSearch } from '../fixtures/publish';
import { expect, test } from '../fixtures/story';
import { taskPage } from '../pages/task';

const ask = parseEther('0.0008');
const stake = parseEther('5');

test('an offer is confirmed and never delivered: it is reported from the page and costs its provider', async ({
  chain,
  visit,
}) => {
  const { task, taskId, shards } = await publishFractal(chain, { delivery: 60 });
  const [idle, other] = [new HandProvider(chain, 'provider'), new HandProvider(chain, 'rival')];
  await idle.register();
  await other.register();
  await idle.offerEmpty(task, ask);
  await other.offerEmpty(task, task.maxPrice);

  const client = await visit('client', `/tasks/${taskId}`);
  await client.connect();
  const page = taskPage(client.page);
  await page.confirm(idle.address).click();
  await client.sign();
  await expect(page.status).toContainText('Being delivered');

  await chain.advance(61);
  await expect(page.status).toContainText('Delivery missed');
  const reporter = await visit('stranger', `/tasks/${taskId}`);
  await reporter.connect();
  await taskPage(reporter.page).reportMissed.click();
  await reporter.sign();

  const penalty = penaltyWei(task, shards);
  expect((await pool(chain, idle.address)).assets).toBe(stake - penalty);
  expect(await vaultBalance(chain, reporter.wallet.address)).toBe(penalty / 10n);
  expect(await vaultBalance(chain, idle.address)).toBe(0n);
  expect(await escrow(chain, taskId)).toBe(task.maxPrice * BigInt(shards));
  await expect(page.offerOf(idle.address)).toContainText('Missed');
  await expect(page.confirm(other.address), 'the client may confirm the other').toBeVisible();
});

test('a client never confirms: everything returns to it, and the provider is free again', async ({
  chain,
  visit,
}) => {
  const { task, taskId, shards } = await publishFractal(chain, { open: 60, review: 60, delivery: 60 });
  const provider = new HandProvider(chain, 'provider');
  await provider.register();
  await provider.offerEmpty(task, ask);
  expect((await pool(chain, provider.address)).held).toBe(penaltyWei(task, shards));

  const client = await visit('client', `/tasks/${taskId}`);
  await client.connect();
  const page = taskPage(client.page);
  await expect(page.offers).toHaveCount(1);
  await chain.advance(181);
  await page.reclaim.click();
  await client.sign();

  expect(await vaultBalance(chain, client.wallet.address)).toBe(task.maxPrice * BigInt(shards));
  expect(await escrow(chain, taskId)).toBe(0n);
  await expect(page.status).toContainText('Ended, refunded');

  await chain.send('provider', withdrawOffer.request(chain.deployment, { task, provider: provider.address }));
  const { assets, held } = await pool(chain, provider.address);
  expect({ assets, held }).toEqual({ assets: stake, held: 0n });
});

test('a task cannot be cancelled while an offer is open', async ({ chain, visit }) => {
  const { task, taskId } = await publishFractal(chain);
  const client = await visit('client', `/tasks/${taskId}`);
  await client.connect();
  const page = taskPage(client.page);
  await expect(page.cancel).toBeVisible();

  const provider = new HandProvider(chain, 'provider');
  await provider.register();
  await provider.offerEmpty(task, ask);
  await expect(page.offers).toHaveCount(1);
  await expect(page.cancel).toBeHidden();

  await chain.send('provider', withdrawOffer.request(chain.deployment, { task, provider: provider.address }));
  await expect(page.cancel).toBeVisible();
});

test('a client cancels under a working provider, who is still paid within the notice', async ({
  chain,
  visit,
}) => {
  const { task, taskId, output } = await publishSearch(chain);
  const provider = new HandProvider(chain, 'provider');
  await provider.register();
  await provider.commit(task, provider.commitmentTo(task, provider.answer(output)));

  const client = await visit('client', `/tasks/${taskId}`);
  await client.connect();
  const page = taskPage(client.page);
  await page.cancel.click();
  await client.sign();
  await expect(page.status).toContainText('Cancelled');

  await provider.respond(task, provider.answer(output));
  expect(await vaultBalance(chain, provider.address)).toBe(task.maxPrice);
  await expect(page.status).toContainText('Complete');
});

test('after a cancelled search nobody is paid, and the client has everything back', async ({
  chain,
  visit,
}) => {
  const { task, taskId } = await publishSearch(chain);
  const client = await visit('client', `/tasks/${taskId}`);
  await client.connect();
  const page = taskPage(client.page);
  await page.cancel.click();
  await client.sign();
  await chain.advance(31);
  await page.reclaim.click();
  await client.sign();
  expect(await vaultBalance(chain, client.wallet.address)).toBe(task.maxPrice);
  expect(await escrow(chain, taskId)).toBe(0n);
});
