import { parseEther } from 'viem';
import { vaultBalance } from '../fixtures/ledger';
import { publishFractal } from '../fixtures/publish';
import { expect, test } from '../fixtures/story';
import { accountPage } from '../pages/account';

test('a client takes its refund and all of its balance home', async ({ chain, visit }) => {
  const { task, shards } = await publishFractal(chain, { open: 60, review: 60, delivery: 60 });
  const refund = task.maxPrice * BigInt(shards);
  const client = await visit('client', '/account');
  await client.connect();
  const page = accountPage(client.page);
  await expect(page.reclaim).toBeHidden();
  await chain.advance(181);

  await page.reclaim.click();
  await client.sign();
  await expect(page.balance).toHaveAttribute('value', refund.toString());

  const before = await chain.balance(client.wallet.address);
  await page.all.click();
  await page.withdraw.click();
  await client.sign();
  expect(await vaultBalance(chain, client.wallet.address)).toBe(0n);
  const { gasUsed, effectiveGasPrice } = await chain.newestReceipt(client.wallet.address);
  expect(await chain.balance(client.wallet.address)).toBe(before + refund - gasUsed * effectiveGasPrice);
});

test('a deposit arrives, and more than there is cannot be withdrawn', async ({ chain, visit }) => {
  const client = await visit('client', '/account');
  await client.connect();
  const page = accountPage(client.page);
  await page.depositAmount.fill('1.5');
  await page.deposit.click();
  await client.sign();
  expect(await vaultBalance(chain, client.wallet.address)).toBe(parseEther('1.5'));

  const asked = client.wallet.asked.length;
  for (const [typed, sentence] of [
    ['2', '2 ETH is more than the 1.5 ETH there is.'],
    ['-1', 'An amount cannot be negative.'],
    ['0', 'Enter more than zero.'],
  ] as const) {
    await page.withdrawAmount.fill(typed);
    await page.withdraw.click();
    await expect(page.alerts.first()).toContainText(sentence);
  }
  expect(client.wallet.asked).toHaveLength(asked);
});
