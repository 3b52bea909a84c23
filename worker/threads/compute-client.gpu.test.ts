import { runnable } from '@opengpu/sdk/kernels/runnable';
import { fractalTemplate } from '@opengpu/sdk/kernels/templates/fractal/template';
import { photoReference } from '@opengpu/sdk/kernels/templates/photo/reference';
import { photoTemplate } from '@opengpu/sdk/kernels/templates/photo/template';
import { merkleRoot } from '@opengpu/sdk/protocol/merkle';
import { wordsToBytes } from '@opengpu/sdk/protocol/words';
import { type Browser, chromium, type Page } from 'playwright-core';
import { bytesToHex, concatHex, hexToBytes } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { chromiumFlags, findChromium } from '../hosts/headless/browser.ts';
import { bundle } from '../hosts/headless/bundle.ts';
import { serveBundle } from '../hosts/headless/serve-bundle.ts';
import type { PageJob } from '../integration/compute-page.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let browser: Browser;
let page: Page;
let server: Awaited<ReturnType<typeof serveBundle>>;
beforeAll(async () => {
  server = await serveBundle(await bundle('integration/compute-page.ts'));
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  page = await browser.newPage();
  await page.goto(`http://localhost:${server.port}`);
  await page.waitForFunction(() => 'compute' in window);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const run = (job: PageJob) => page.evaluate((given) => window.compute.map(given), job);

const side = 200;
const pixels = Uint32Array.from({ length: side * side }, (_, index) => Math.imul(index + 1, 0x9e3779b1));
async function photo(elementsPerShard: number) {
  const { kernel, inputs } = await photoTemplate.draft({
    ...photoTemplate.defaults,
    picture: { width: side, height: side, words: pixels },
  });
  const job: PageJob = {
    wgsl: runnable(kernel.source),
    inputs: inputs.map((words) => bytesToHex(wordsToBytes(words))),
    wordsPerElement: 1,
    count: side * side,
    elementsPerShard,
  };
  const [filter = new Uint32Array()] = inputs;
  return { job, expected: () => bytesToHex(wordsToBytes(photoReference(filter, pixels, 0, side * side))) };
}

async function longFractal(): Promise<PageJob> {
  const { kernel, inputs, elementsPerShard, count } = await fractalTemplate.draft({
    ...fractalTemplate.defaults,
    centreRe: '-0.1',
    centreIm: '0',
    iterations: 1_024,
    zoom: 100,
    size: 1_024,
  });
  return {
    wgsl: runnable(kernel.source),
    inputs: inputs.map((words) => bytesToHex(wordsToBytes(words))),
    wordsPerElement: 1,
    count,
    elementsPerShard,
  };
}

test('the adapter has a name', async () => {
  expect(await page.evaluate(() => window.compute.open())).not.toBe('');
});

test('shards of any size come in order, with their roots, equal to the reference', async () => {
  for (const elementsPerShard of [1_000, 7_777, side * side]) {
    const { job, expected } = await photo(elementsPerShard);
    const { shards, failure } = await run(job);
    expect(failure).toBeUndefined();
    expect(shards.map(({ shard }) => shard)).toEqual([
      ...Array(Math.ceil((side * side) / elementsPerShard)).keys(),
    ]);
    expect(concatHex(shards.map(({ bytes }) => bytes)) === expected()).toBe(true);
    for (const { root, bytes } of shards) expect(root).toBe(merkleRoot(hexToBytes(bytes)));
  }
});

test('a kernel that does not compile is a validation error with its message', async () => {
  const { job } = await photo(1_000);
  const { failure } = await run({ ...job, wgsl: job.wgsl.replace('let id', 'let 1d') });
  expect(failure?.kind).toBe('validation');
  expect(failure?.reason).toMatch(/^The kernel does not compile: line \d+: /);
});

test('buffers beyond the GPU are refused before anything is allocated', async () => {
  const { job } = await photo(1_000);
  const { failure } = await run({ ...job, count: 2 ** 31, elementsPerShard: 2 ** 31 });
  expect(failure?.kind).toBe('tooLarge');
});

test('an aborted job ends at its next chunk, and the next one runs', async () => {
  const { failure, chunks, shards } = await run({ ...(await longFractal()), abortEarly: true });
  expect(failure?.kind).toBe('aborted');
  expect(chunks).toBeLessThan(10);
  expect(shards).toEqual([]);
  const { job } = await photo(side * side);
  expect((await run(job)).shards).toHaveLength(1);
});

test('a GPU lost in the middle is told, and the next job gets a new one', async () => {
  const running = run(await longFractal());
  await page.waitForFunction(() => window.compute.chunks() > 0);
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess').catch(() => undefined);
  expect((await running).failure?.kind).toBe('deviceLost');
  const { job, expected } = await photo(side * side);
  const { shards } = await run(job);
  expect(shards[0]?.bytes === expected()).toBe(true);
});
