import { fractalReference } from '@opengpu/sdk/kernels/templates/fractal/reference';
import { fractalTemplate } from '@opengpu/sdk/kernels/templates/fractal/template';
import { decodePreview } from '@opengpu/sdk/protocol/preview';
import { bytesToWords } from '@opengpu/sdk/protocol/words';
import { hexToBytes, parseEther } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobIn, makeHome, startWorker } from './headless-worker.ts';
import { devAccount, openLocalMarket } from './local-market.ts';

let market: Awaited<ReturnType<typeof openLocalMarket>>;
beforeAll(async () => {
  market = await openLocalMarket();
});
afterAll(() => market.close());

test('a fractal is offered with a preview, confirmed, delivered and paid', { timeout: 60_000 }, async () => {
  const provider = devAccount(6).address;
  const home = await makeHome();
  await market.register(6, home.operator);
  const worker = startWorker(home, provider, market.rpcUrl);
  const draft = await fractalTemplate.draft({ ...fractalTemplate.defaults, size: 256, iterations: 200 });
  const priceWei = parseEther('0.001');
  const terms = await market.publish(draft, priceWei);

  const offered = await market.until(terms.taskId, (record) => record.offers.has(provider));
  const offer = offered.offers.get(provider);
  expect(offer?.askWei).toBe((priceWei * 90n) / 100n);
  expect(decodePreview(offer?.preview ?? '0x')).toMatchObject({ width: 31, height: 31 });

  const before = await market.balanceOf(provider);
  const clientBefore = await market.balanceOf(devAccount(1).address);
  await market.confirm(terms, provider);
  const done = await market.until(terms.taskId, (record) => record.settled.size === record.shards);
  await worker.line(jobIn('paid'));
  expect(await market.balanceOf(provider)).toBe(before + 16n * ((priceWei * 90n) / 100n));
  expect(await market.balanceOf(devAccount(1).address)).toBe(clientBefore + 16n * (priceWei / 10n));

  const [view] = draft.inputs;
  for (const shard of [0, 7, 15]) {
    const words = bytesToWords(hexToBytes(done.settled.get(shard)?.output ?? '0x'));
    expect(words).toEqual(fractalReference(view ?? new Uint32Array(), shard * 4_096, 4_096));
  }
  expect(await worker.stop()).toBe(0);
});
