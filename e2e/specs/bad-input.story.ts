import { crafted } from '../fixtures/crafted-files';
import { expect, test } from '../fixtures/story';
import { publishPage } from '../pages/publish';

const prices = [
  { typed: '', sentence: 'Enter an amount of ETH.' },
  { typed: '-1', sentence: 'An amount cannot be negative.' },
  { typed: '0', sentence: 'The highest price must be above zero.' },
  { typed: '99999999999999999999', sentence: 'That is more ETH than exists.' },
  { typed: '0.0000000000000000001', sentence: 'ETH has at most 18 decimals.' },
  { typed: '1e3', sentence: 'Write the amount with digits and a point' },
];

test('no price that makes no sense reaches the wallet', async ({ visit }) => {
  const client = await visit('client', '/publish');
  await client.connect();
  const { price, publish, alerts } = publishPage(client.page);
  for (const { typed, sentence } of prices) {
    await price.fill(typed);
    await publish.click();
    await expect(alerts.first(), `for "${typed}"`).toContainText(sentence);
    await expect(price).toHaveValue(typed);
  }
  expect(client.wallet.asked).toEqual([]);
});

test('a deadline in the past is refused', async ({ visit }) => {
  const client = await visit('client', '/publish');
  await client.connect();
  const { choice, field, publish, alerts } = publishPage(client.page);
  await choice('A date').click();
  await field('Deadline').fill('2020-01-01T12:00');
  await publish.click();
  await expect(alerts.first()).toContainText('The deadline is in the past.');
  expect(client.wallet.asked).toEqual([]);
});

test('files that are no picture, or too large a one, are refused in words', async ({ visit }) => {
  const client = await visit('client', '/publish');
  await client.connect();
  const { template, file, alerts, publish } = publishPage(client.page);
  await template('Photo filter').click();
  for (const { what, name, bytes, sentence } of crafted) {
    await file.setInputFiles({ name, mimeType: 'image/png', buffer: Buffer.from(bytes) });
    await expect(alerts.first(), what).toContainText(sentence);
    await publish.click();
  }
  expect(client.wallet.asked).toEqual([]);
});
