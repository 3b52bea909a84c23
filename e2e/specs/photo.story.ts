import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage } from '@opengpu/sdk/kernels/image/decode-image';
import { photoReference } from '@opengpu/sdk/kernels/templates/photo/reference';
import { filterWords } from '@opengpu/sdk/kernels/templates/photo/template';
import { wordsToBytes } from '@opengpu/sdk/protocol/words';
import { root } from '../../scripts/setup.mjs';
import { escrow, newestTask, vaultBalance } from '../fixtures/ledger';
import { canvasWords } from '../fixtures/picture';
import { expect, test } from '../fixtures/story';
import { publishPage } from '../pages/publish';
import { taskPage } from '../pages/task';

const photograph = join(root, 'public/examples/landscape.png');

test('a client has the edges of a photograph drawn and downloads exactly what the reference computes', async ({
  chain,
  visit,
  headlessWorker,
}) => {
  test.slow();
  const server = await headlessWorker('provider');
  await server.start();

  const client = await visit('client', '/publish');
  await client.connect();
  const form = publishPage(client.page);
  await form.template('Photo filter').click();
  await form.file.setInputFiles(photograph);
  // The filter is chosen while the picture is still being decoded.
  await form.choice('Edges').click();
  await expect(form.chosen).toHaveText('landscape.png: 768 × 512');
  await form.publish.click();
  await client.sign();
  expect(client.wallet.asked).toHaveLength(1);
  const { task, taskId, shards } = await newestTask(chain);

  const page = taskPage(client.page);
  await page.confirm(server.address).click({ timeout: 180_000 });
  await client.sign();
  await expect(page.status).toContainText('Complete', { timeout: 180_000 });

  const picture = await decodeImage(readFileSync(photograph));
  const words = filterWords({ picture, filter: 'edges', strengthPercent: 100 });
  const reference = photoReference(words, picture.words, 0, picture.words.length);
  const [download] = await Promise.all([client.page.waitForEvent('download'), page.downloadRaw.click()]);
  const downloaded = readFileSync(await download.path());
  expect(downloaded.equals(wordsToBytes(reference)), 'the download, byte for byte').toBe(true);
  await expect.poll(async () => (await canvasWords(page.picture)).length).toBe(reference.length);

  const ask = (task.maxPrice * 90n) / 100n;
  expect(await vaultBalance(chain, server.address)).toBe(ask * BigInt(shards));
  expect(await vaultBalance(chain, client.wallet.address)).toBe((task.maxPrice - ask) * BigInt(shards));
  expect(await escrow(chain, taskId)).toBe(0n);
});
