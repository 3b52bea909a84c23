import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCode } from '../hosts/headless/exit-code.ts';
import { makeHome, startWorker } from './headless-worker.ts';
import { devAccount, openLocalMarket } from './local-market.ts';

let market: Awaited<ReturnType<typeof openLocalMarket>>;
beforeAll(async () => {
  market = await openLocalMarket();
});
afterAll(() => market.close());

const provider = devAccount(6).address;

test('without WebGPU it says what to do and ends', { timeout: 60_000 }, async () => {
  const home = await makeHome();
  const browser = join(home.folder, 'chromium-without-webgpu');
  const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  writeFileSync(browser, `#!/bin/sh\nexec ${chromium} "$@" --disable-blink-features=WebGPU\n`);
  chmodSync(browser, 0o755);
  const worker = startWorker(home, provider, market.rpcUrl, [], { CHROMIUM_PATH: browser });
  expect(await worker.exited).toBe(exitCode.noGpu);
  expect(worker.errors()).toMatch(/^This browser has no WebGPU\. Use a current Chrome.*\n$/);
});

test('without a browser it says what to install and ends', async () => {
  const home = await makeHome();
  const worker = startWorker(home, provider, market.rpcUrl, [], { CHROMIUM_PATH: '/nowhere/chromium' });
  expect(await worker.exited).toBe(exitCode.noBrowser);
  expect(worker.errors()).toMatch(/^No Chromium was found at \/nowhere\/chromium: install it/);
});

test('an operator that its provider did not allow is told so', { timeout: 60_000 }, async () => {
  const worker = startWorker(await makeHome(), provider, market.rpcUrl);
  expect(await worker.exited).toBe(exitCode.notAllowed);
  expect(worker.errors()).toContain(`The provider ${provider} does not allow the operator`);
});
