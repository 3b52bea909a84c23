import { deploymentOf } from '@opengpu/sdk/contracts/deployments';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { us } from '../../machine/sample-record.ts';
import { defaultSettings } from '../../policy/settings.ts';
import { chromiumFlags, findChromium } from '../headless/browser.ts';
import { bundle } from '../headless/bundle.ts';
import { serveBundle } from '../headless/serve-bundle.ts';
import { parseSnapshot } from '../headless/snapshot-json.ts';
import type { TabWorkerOptions } from './tab-worker.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let context: BrowserContext;
let server: Awaited<ReturnType<typeof serveBundle>>;
let options: TabWorkerOptions;
beforeAll(async () => {
  server = await serveBundle(await bundle());
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  context = await browser.newContext();
  const deployment = deploymentOf(31_337);
  if (!deployment) throw new Error('There is no deployment for the local chain.');
  // Nothing answers there: the workers only start, and say so.
  const rpcUrl = `http://127.0.0.1:${server.port}/no-rpc`;
  options = { deployment, rpcUrl, provider: us, contentUrl: rpcUrl, settings: defaultSettings };
});
afterAll(async () => {
  await context?.browser()?.close();
  server?.close();
});

const key = `0x${'11'.repeat(32)}` as const;

/** A tab with a worker in it. */
async function openTab() {
  const page: Page = await context.newPage();
  const kinds: string[] = [];
  const waiting = new Set<() => void>();
  await page.exposeFunction('opengpuReport', (json: string) => {
    kinds.push(parseSnapshot(json).status.kind);
    for (const look of waiting) look();
  });
  await page.goto(`http://localhost:${server.port}`);
  await page.waitForFunction(() => 'opengpu' in window);
  await page.evaluate(([start, secret]) => window.opengpu.start(start, secret), [options, key] as const);
  const reached = (kind: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (kinds.at(-1) !== kind) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { page, kinds, reached };
}

test('one tab works, the next waits and takes over when the first closes, crashes or stops', async () => {
  const first = await openTab();
  await first.reached('held');
  const second = await openTab();
  await second.reached('waiting');
  expect(first.kinds.at(-1)).toBe('held');

  await first.page.close();
  await second.reached('held');
  const third = await openTab();
  await third.reached('waiting');

  const session = await context.newCDPSession(second.page);
  void session.send('Page.crash').catch(() => undefined);
  await third.reached('held');
  const fourth = await openTab();
  await fourth.reached('waiting');

  await third.page.evaluate(() => window.opengpu.stop());
  await third.reached('stopped');
  await fourth.reached('held');
  await fourth.page.evaluate(() => window.opengpu.stop());
});

test('a tab that waits can be stopped too', async () => {
  const first = await openTab();
  await first.reached('held');
  const second = await openTab();
  await second.reached('waiting');
  await second.page.evaluate(() => window.opengpu.stop());
  await second.reached('stopped');
  expect(second.kinds).not.toContain('held');
  await first.page.evaluate(() => window.opengpu.stop());
});
