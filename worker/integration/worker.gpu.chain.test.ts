import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLocator } from '@opengpu/sdk/data/locate';
import { uploadInputs } from '@opengpu/sdk/data/upload-inputs';
import { fractalReference } from '@opengpu/sdk/kernels/templates/fractal/reference';
import { fractalTemplate } from '@opengpu/sdk/kernels/templates/fractal/template';
import { photoReference } from '@opengpu/sdk/kernels/templates/photo/reference';
import { photoTemplate } from '@opengpu/sdk/kernels/templates/photo/template';
import { searchTemplate } from '@opengpu/sdk/kernels/templates/search/template';
import { decodePreview } from '@opengpu/sdk/protocol/preview';
import { shardRange } from '@opengpu/sdk/protocol/shards';
import { bytesToWords } from '@opengpu/sdk/protocol/words';
import { getAddress, hexToBytes, parseEther } from 'viem';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { exitCode } from '../hosts/headless/exit-code.ts';
import { createKeystore } from '../keys/keystore.ts';
import { openContentServer } from './content-server.ts';
import { jobIn, makeHome, runCommand, startWorker } from './headless-worker.ts';
import { devAccount, openLocalMarket } from './local-market.ts';
import { openRpcProxy } from './rpc-proxy.ts';

const timeout = 120_000;
let market: Awaited<ReturnType<typeof openLocalMarket>>;
beforeAll(async () => {
  market = await openLocalMarket();
}, timeout);
afterAll(() => market.close());

test('a fractal is offered with a preview, confirmed while the RPC is away, delivered and paid', {
  timeout,
}, async () => {
  const provider = devAccount(5).address;
  const home = await makeHome();
  await market.register(5, home.operator);
  const proxy = await openRpcProxy(market.rpcUrl);
  onTestFinished(proxy.close);
  const worker = startWorker(home, provider, proxy.rpcUrl);
  const draft = await fractalTemplate.draft({ ...fractalTemplate.defaults, size: 256, iterations: 200 });
  const priceWei = parseEther('0.001');
  const terms = await market.publish(draft, priceWei);

  const offered = await market.until(terms.taskId, (record) => record.offers.has(provider));
  const offer = offered.offers.get(provider);
  expect(offer?.askWei).toBe((priceWei * 90n) / 100n);
  expect(decodePreview(offer?.preview ?? '0x')).toMatchObject({ width: 31, height: 31 });

  const before = await market.balanceOf(provider);
  const clientBefore = await market.balanceOf(devAccount(1).address);
  proxy.goAway();
  await worker.line((line) => line.kind === 'held' && line.cause === 'noRpc');
  await market.confirm(terms, provider);
  proxy.comeBack();
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

const draft = async (prefix: string) =>
  await searchTemplate.draft({
    ...searchTemplate.defaults,
    client: devAccount(1).address,
    goal: { kind: 'prefix', prefix },
  });
const priceWei = parseEther('0.01');

test('a photograph comes from the content store, and its large answers go there', { timeout }, async () => {
  const content = await openContentServer();
  onTestFinished(content.close);
  const provider = devAccount(4).address;
  const home = await makeHome();
  await market.register(4, home.operator);
  const worker = startWorker(home, provider, market.rpcUrl, ['--content-url', content.base]);
  const side = 200;
  const words = Uint32Array.from({ length: side * side }, (_, index) => Math.imul(index + 1, 0x9e3779b1));
  const picture = { width: side, height: side, words };
  const draft = await photoTemplate.draft({ ...photoTemplate.defaults, picture, urls: [content.base] });
  await uploadInputs(draft, content.store);
  const terms = await market.publish(draft, parseEther('0.001'));
  await market.until(terms.taskId, (record) => record.offers.has(provider));
  // Who has not confirmed has nothing to read: the answer is stored when it is due, not before.
  expect(content.requests.filter((request) => request.startsWith('PUT'))).toEqual([]);
  await market.confirm(terms, provider);
  const done = await market.until(terms.taskId, (record) => record.settled.size === record.shards);
  await worker.line(jobIn('paid'));

  const [filter = new Uint32Array()] = draft.inputs;
  expect(done.shards).toBe(3);
  for (const [shard, { outputRoot, locator, output }] of done.settled) {
    const { start, length } = shardRange(terms.task, shard);
    const answer = await readLocator(JSON.parse(locator), {}, { root: outputRoot, words: length });
    expect(output).toBe('0x');
    expect(answer).toEqual(photoReference(filter, words, start, length));
  }
});

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

const stranger = devAccount(9).address;

test('from nothing to watching: init, register with the owner’s keystore, start', {
  timeout: 2 * timeout,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'opengpu-first-'));
  const [keystore, passwordFile, ownerFile] = ['new/operator.json', 'new/password', 'owner.json'].map(
    (name) => join(folder, name),
  ) as [string, string, string];
  const keys = ['--keystore', keystore, '--password-file', passwordFile];
  const made = await runCommand(['init', ...keys]);
  expect(made).toMatchObject({
    code: exitCode.stopped,
    output: expect.stringMatching(/^0x[0-9a-fA-F]{40}\n$/),
  });
  const operator = getAddress(made.output.trim());

  const owner = await createKeystore(ownerFile, readFileSync(passwordFile, 'utf8').trim(), 1_024);
  await market.client.setBalance({ address: owner, value: parseEther('10') });
  const registering = [
    'register',
    ...keys,
    '--rpc',
    market.rpcUrl,
    '--provider',
    owner,
    '--stake',
    '2',
    '--float',
    '0.5',
  ];
  const printed = await runCommand(registering);
  expect(printed.errors).toContain('2 ETH leaves your wallet as your own stake');
  expect(JSON.parse(printed.output)).toMatchObject({ from: owner, value: parseEther('2.5').toString() });
  const sent = await runCommand([
    ...registering,
    '--owner-keystore',
    ownerFile,
    '--owner-password-file',
    passwordFile,
  ]);
  expect(sent).toMatchObject({ code: exitCode.stopped });
  expect(await market.client.getBalance({ address: operator })).toBe(parseEther('0.5'));

  const worker = startWorker({ folder, operator }, owner, market.rpcUrl, keys);
  const watching = await worker.line((line) => line.kind === 'watching');
  expect(watching).toMatchObject({ provider: owner, operator });
});

test('without WebGPU it says what to do and ends', { timeout }, async () => {
  const home = await makeHome();
  const browser = join(home.folder, 'chromium-without-webgpu');
  const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  writeFileSync(browser, `#!/bin/sh\nexec ${chromium} "$@" --disable-gpu --disable-software-rasterizer\n`);
  chmodSync(browser, 0o755);
  const worker = startWorker(home, stranger, market.rpcUrl, [], { CHROMIUM_PATH: browser });
  expect(await worker.exited).toBe(exitCode.noGpu);
  expect(worker.errors()).toMatch(
    /^The browser finds no GPU that it trusts\. Update the graphics driver.*\n$/,
  );
});

test('without a browser it says what to install and ends', { timeout }, async () => {
  const home = await makeHome();
  const worker = startWorker(home, stranger, market.rpcUrl, [], { CHROMIUM_PATH: '/nowhere/chromium' });
  expect(await worker.exited).toBe(exitCode.noBrowser);
  expect(worker.errors()).toMatch(/^No Chromium was found at \/nowhere\/chromium: install it/);
});

test('an operator that its provider did not allow is told so', { timeout }, async () => {
  const worker = startWorker(await makeHome(), stranger, market.rpcUrl);
  expect(await worker.exited).toBe(exitCode.notAllowed);
  expect(worker.errors()).toContain(`The provider ${stranger} does not allow the operator`);
});

test('an RPC of another chain is refused', { timeout }, async () => {
  const proxy = await openRpcProxy(market.rpcUrl);
  onTestFinished(proxy.close);
  proxy.claimChain('0x1');
  const worker = startWorker(await makeHome(), stranger, proxy.rpcUrl);
  expect(await worker.exited).toBe(exitCode.wrongChain);
  expect(worker.errors()).toBe(
    'The RPC serves chain 1, this worker is set up for chain 31337: give it the right RPC.\n',
  );
});
