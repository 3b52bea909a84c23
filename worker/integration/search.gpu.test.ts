import { searchTemplate } from '@opengpu/sdk/kernels/templates/search/template';
import { parseEther } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobIn, makeHome, startWorker } from './headless-worker.ts';
import { devAccount, openLocalMarket } from './local-market.ts';

let market: Awaited<ReturnType<typeof openLocalMarket>>;
beforeAll(async () => {
  market = await openLocalMarket();
});
afterAll(() => market.close());

const draft = async (prefix: string) =>
  await searchTemplate.draft({
    ...searchTemplate.defaults,
    client: devAccount(1).address,
    goal: { kind: 'prefix', prefix },
  });
const priceWei = parseEther('0.01');

test('two workers race for a salt: one is paid at once, the other loses nothing but gas', {
  timeout: 60_000,
}, async () => {
  const [one, other] = [devAccount(6).address, devAccount(7).address];
  const [oneHome, otherHome] = [await makeHome(), await makeHome()];
  await Promise.all([market.register(6, oneHome.operator), market.register(7, otherHome.operator)]);
  const stakes = await Promise.all([one, other].map((provider) => market.poolOf(provider)));
  const workers = [startWorker(oneHome, one, market.rpcUrl), startWorker(otherHome, other, market.rpcUrl)];
  await Promise.all(workers.map((worker) => worker.line((line) => line.kind === 'watching')));
  const { taskId } = await market.publish(await draft('0a'), priceWei);

  const done = await market.until(taskId, (record) => record.settled.size === 1);
  const winner = done.settled.get(0)?.provider;
  const [won, lost] = winner === one ? workers : [...workers].reverse();
  await won?.line(jobIn('paid'));
  await lost?.line(jobIn('lost'));
  expect((await market.balanceOf(one)) + (await market.balanceOf(other))).toBe(priceWei);
  expect(await market.balanceOf(winner ?? one)).toBe(priceWei);
  expect(await Promise.all([one, other].map((provider) => market.poolOf(provider)))).toEqual(stakes);
});

test('a worker killed between commitment and answer opens its commitment when it is started again', {
  timeout: 60_000,
}, async () => {
  const provider = devAccount(8).address;
  const home = await makeHome();
  await market.register(8, home.operator);
  const first = startWorker(home, provider, market.rpcUrl);
  await first.line((line) => line.kind === 'watching');
  const { taskId } = await market.publish(await draft('b'), priceWei);
  // The commitment's own block is the last one: without a later one nobody may open it.
  await market.until(taskId, (record) => record.commitments.has(provider));
  await market.client.setIntervalMining({ interval: 0 });
  await first.kill();
  expect((await market.until(taskId, () => true)).settled.size).toBe(0);

  await market.client.setIntervalMining({ interval: 1 });
  const second = startWorker(home, provider, market.rpcUrl);
  const done = await market.until(taskId, (record) => record.settled.size === 1);
  await second.line(jobIn('paid'));
  expect(done.settled.get(0)?.provider).toBe(provider);
  expect(done.commitments.get(provider)?.count).toBe(1);
  expect(await market.balanceOf(provider)).toBe(priceWei);
});
