import { fractalPresets } from '@opengpu/sdk/kernels/templates/fractal/presets';
import { fractalReference } from '@opengpu/sdk/kernels/templates/fractal/reference';
import { fractalTile, viewWords } from '@opengpu/sdk/kernels/templates/fractal/template';
import { parseEther } from 'viem';
import { escrow, newestTask, offers, payments, pool, vaultBalance } from '../fixtures/ledger';
import { canvasWords, tiled } from '../fixtures/picture';
import { expect, test } from '../fixtures/story';
import { providePage } from '../pages/provide';
import { publishPage } from '../pages/publish';
import { taskPage } from '../pages/task';

// Cheap to compute, so that the story and not the GPU takes the time.
const preset = fractalPresets.find(({ id }) => id === 'whole') ?? fractalPresets[0];

test('a stranger renders a fractal and is paid for it', async ({ chain, visit, headlessWorker }) => {
  test.slow();
  // A server provides.
  const server = await headlessWorker('provider');
  await server.start(['--ask-percent', '80']);

  // So does somebody with a browser tab.
  const tab = await visit('rival', '/provide');
  await tab.connect();
  const provide = providePage(tab.page);
  await expect(provide.machine).toBeVisible();
  await provide.stake.fill('2');
  await provide.lockLimit.fill('2');
  await provide.become.click();
  await tab.sign();
  expect((await pool(chain, tab.wallet.address)).assets).toBe(parseEther('2'));
  await provide.start.click();
  await expect(provide.working).toBeVisible();

  // A client publishes with one signature.
  const client = await visit('client', '/publish');
  await client.connect();
  const form = publishPage(client.page);
  await form.template('Fractal render').click();
  await form.preset(preset.title).click();
  await form.price.fill('0.001');
  const cost = await form.highestCost.getAttribute('value');
  await form.publish.click();
  await client.sign();
  expect(client.wallet.asked).toHaveLength(1);
  const { task, taskId, shards } = await newestTask(chain);
  expect(shards).toBe(64);
  expect(cost).toBe((task.maxPrice * 64n).toString());
  expect(await escrow(chain, taskId)).toBe(task.maxPrice * 64n);

  // Both offer; the previews stand side by side and agree.
  const page = taskPage(client.page);
  await expect(page.offers).toHaveCount(2, { timeout: 240_000 });
  await expect(page.previews).toHaveCount(2);
  const [one, other] = await Promise.all([0, 1].map((place) => canvasWords(page.previews.nth(place))));
  expect(one).toEqual(other);
  const asks = await offers(chain, taskId);
  expect(asks.get(server.address)).toBe((task.maxPrice * 80n) / 100n);
  expect(asks.get(tab.wallet.address)).toBe((task.maxPrice * 90n) / 100n);

  // The client confirms the server, and the picture assembles.
  await page.confirm(server.address).click();
  await client.sign();
  await expect(page.status).toContainText('64 of 64 shards answered', { timeout: 240_000 });
  await expect(page.status).toContainText('Complete');

  // To the wei: the provider its ask, the client the rest, the loser nothing and nothing lost.
  const ask = asks.get(server.address) ?? 0n;
  expect(await vaultBalance(chain, server.address)).toBe(ask * 64n);
  expect(await vaultBalance(chain, client.wallet.address)).toBe((task.maxPrice - ask) * 64n);
  expect(await escrow(chain, taskId)).toBe(0n);
  expect(await vaultBalance(chain, tab.wallet.address)).toBe(0n);
  expect((await pool(chain, tab.wallet.address)).assets).toBe(parseEther('2'));
  expect(new Set((await payments(chain, taskId)).map(({ provider }) => provider))).toEqual(
    new Set([server.address]),
  );

  // On screen is what the reference computes; every eighth tile is compared, pixel by pixel.
  const { size } = preset.params;
  const view = viewWords(preset.params);
  const pixels = fractalTile ** 2;
  await expect(async () => {
    const shown = tiled(await canvasWords(page.picture), size, fractalTile);
    for (let tile = 0; tile < shards; tile += 8) {
      const reference = fractalReference(view, tile * pixels, pixels);
      expect(shown.subarray(tile * pixels, (tile + 1) * pixels), `tile ${tile}`).toEqual(reference);
    }
  }).toPass();
});
