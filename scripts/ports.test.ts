import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePort, holderOf, isBusy } from './ports.mjs';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function listen(port: number, host: string): Promise<void> {
  return new Promise((resolve) => {
    servers.push(createServer().listen(port, host, resolve));
  });
}

test('a free port is not busy', async () => {
  expect(await isBusy(await freePort())).toBe(false);
});

test('a port on the loopback is busy', async () => {
  const port = await freePort();
  await listen(port, '127.0.0.1');
  expect(await isBusy(port)).toBe(true);
});

test('a port on every address is busy', async () => {
  const port = await freePort();
  await listen(port, '::');
  expect(await isBusy(port)).toBe(true);
});

test.runIf(process.platform === 'linux')('the holder of a port is named with its process', async () => {
  const port = await freePort();
  await listen(port, '127.0.0.1');
  expect(holderOf(port)).toContain(`(process ${process.pid})`);
});

test('a free port has no holder', async () => {
  expect(holderOf(await freePort())).toBeUndefined();
});
