import { parseEther } from 'viem';
import { escrow, newestTask } from '../fixtures/ledger';
import { expect, test } from '../fixtures/story';
import { frame } from '../pages/frame';
import { publishPage } from '../pages/publish';
import { taskPage } from '../pages/task';

test('a client refuses in the wallet, thinks again and publishes', async ({ chain, visit }) => {
  const client = await visit('client', '/publish');
  await client.connect();
  const { publish, price } = publishPage(client.page);
  const { sign, nothingSent, dialog, tryAgain } = frame(client.page);
  await price.fill('0.002');

  client.wallet.refuse();
  await publish.click();
  await sign.click();
  await expect(nothingSent).toBeVisible();
  await expect(dialog).toContainText('You refused the request in the wallet.');
  expect(await chain.public.getTransactionCount({ address: client.wallet.address })).toBe(0);

  client.wallet.approve();
  await tryAgain.click();
  await client.sign();
  await expect(taskPage(client.page).status).toContainText('Open');
  const { task, taskId, shards } = await newestTask(chain);
  expect(task.maxPrice, 'what was typed before').toBe(parseEther('0.002'));
  expect(await escrow(chain, taskId)).toBe(task.maxPrice * BigInt(shards));
});

test('a wallet on another network is one press away from the right one', async ({ visit }) => {
  const client = await visit('client', '/publish');
  await client.connect();
  const { switchNetwork, wallet } = frame(client.page);

  await client.wallet.switchTo(1);
  await expect(publishPage(client.page).publish).toBeHidden();
  await switchNetwork.click();
  await expect(wallet).toBeVisible();
  await expect(publishPage(client.page).publish).toBeVisible();
});

test('a client without enough money is told before anything is signed', async ({ chain, visit }) => {
  const client = await visit('client', '/publish');
  await chain.setBalance(client.wallet.address, parseEther('0.01'));
  await client.connect();
  const { dialog, nothingSent } = frame(client.page);

  await publishPage(client.page).publish.click();
  await expect(nothingSent).toBeVisible();
  await expect(dialog).toContainText('The wallet has too little ETH for the amount and the gas.');
  expect(client.wallet.asked).toEqual([]);
  expect(await chain.balance(client.wallet.address)).toBe(parseEther('0.01'));
});

test('the chain goes away while a client publishes, comes back, and nothing is lost', async ({
  chain,
  visit,
}) => {
  const client = await visit('client', '/publish');
  await client.connect();
  const { publish, price } = publishPage(client.page);
  const { dialog, sign, nothingSent, chainLost, tryAgain } = frame(client.page);
  await price.fill('0.003');
  await publish.click();
  await expect(sign).toBeEnabled();

  await chain.stop();
  await expect(chainLost).toBeVisible();
  await sign.click();
  await expect(nothingSent).toBeVisible();
  await expect(dialog).not.toContainText('0x');

  await chain.start();
  await expect(chainLost).toBeHidden();
  await tryAgain.click();
  await client.sign();
  expect((await newestTask(chain)).task.maxPrice).toBe(parseEther('0.003'));
});
