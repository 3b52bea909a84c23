import { join } from 'node:path';
import { expect } from '@playwright/test';
import { createPublicClient, http } from 'viem';
import { isBusy } from '../../scripts/ports.mjs';
import { test } from '../fixtures/dev-command';

// Account 0 deploys.
const deployer = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

test('a developer starts the market, is kept from starting it twice, stops it and goes on', async ({
  options,
  start,
}, info) => {
  test.slow();
  const url = `http://127.0.0.1:${options.port}`;
  const chain = createPublicClient({ transport: http(`http://127.0.0.1:${options.rpcPort}`), cacheTime: 0 });

  const first = start();
  await first.running();
  expect((await fetch(url)).status).toBe(200);
  const deployments = await chain.getTransactionCount({ address: deployer });
  expect(deployments).toBeGreaterThan(0);

  const second = start();
  expect(await second.ended()).toBe(1);
  expect(second.output).toMatch(
    /^npm run dev runs here already \(process \d+\): open \S+, or stop that one first\.\n$/,
  );

  const elsewhere = start({ state: info.outputPath('other') });
  expect(await elsewhere.ended()).toBe(1);
  expect(elsewhere.output).toMatch(
    /^Port \d+ for the app is held by .+ \(process \d+\): stop it, or choose .+\n$/,
  );
  expect((await fetch(url)).status, 'the first goes on').toBe(200);

  const block = await chain.getBlockNumber();
  expect(await first.interrupt()).toBeLessThan(1_000);
  expect(await isBusy(options.port)).toBe(false);
  expect(await isBusy(options.rpcPort)).toBe(false);

  const again = start();
  await again.running();
  expect(again.output).toContain('goes on from');
  expect(await chain.getTransactionCount({ address: deployer }), 'nothing is deployed again').toBe(
    deployments,
  );
  expect(await chain.getBlockNumber()).toBeGreaterThanOrEqual(block);
  expect(await again.interrupt()).toBeLessThan(1_000);
});

test('without a browser it says in one sentence what to do', async ({ start }, info) => {
  const missing = join(info.outputPath(), 'no-browser');
  const command = start({ env: { CHROMIUM_PATH: missing } });
  expect(await command.ended()).toBe(1);
  expect(command.output).toBe(`CHROMIUM_PATH names ${missing}, which is not an executable file.\n`);
});
