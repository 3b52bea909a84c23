import { mkdirSync } from 'node:fs';
import type { Hex } from 'viem';
import type { WorkerSnapshot } from '../../snapshot.ts';
import type { WorkerOptions } from '../../threads/signer-messages.ts';
import { type BrowserOptions, findChromium, openBrowser, workerOrigin } from './browser.ts';
import { bundle } from './bundle.ts';
import { Exit, exitCode } from './exit-code.ts';
import type { Report } from './report.ts';
import { serveBundle } from './serve-bundle.ts';
import { parseSnapshot } from './snapshot-json.ts';

/** How long the page may take to stop before the browser is closed over it, milliseconds. */
const stopMilliseconds = 500;

/** Runs the worker in headless Chromium until `signal` or a reason to give up. Resolves when the browser is closed; throws `Exit`. */
export async function startHeadless(
  options: WorkerOptions,
  key: Hex,
  browser: BrowserOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  mkdirSync(browser.profile, { recursive: true, mode: 0o700 });
  const chromium = findChromium();
  const server = await serveBundle(await bundle());
  try {
    if (signal.aborted) return;
    const context = await openBrowser(chromium, browser, server.port);
    let ended: (outcome: Exit | undefined) => void = () => undefined;
    const end = new Promise<Exit | undefined>((resolve) => {
      ended = resolve;
    });
    try {
      const page = context.pages()[0] ?? (await context.newPage());
      page.on('pageerror', (error) =>
        ended(new Exit(exitCode.failed, `The worker's page failed: ${error.message}`)),
      );
      page.on('crash', () => ended(new Exit(exitCode.failed, "The worker's page crashed: start it again.")));
      context.on('close', () =>
        ended(new Exit(exitCode.failed, 'Chromium was closed: start the worker again.')),
      );
      await page.exposeFunction('opengpuReport', (json: string) => {
        const snapshot = parseSnapshot(json);
        report(snapshot);
        const outcome = outcomeOf(snapshot);
        if (outcome) ended(outcome === 'stopped' ? undefined : outcome);
      });
      await page.goto(workerOrigin);
      await page.waitForFunction(() => 'opengpu' in window);
      signal.addEventListener('abort', () => {
        setTimeout(() => ended(undefined), stopMilliseconds);
        page
          .evaluate(() => window.opengpu.stop())
          .then(
            () => ended(undefined),
            () => ended(undefined),
          );
      });
      if (signal.aborted) return;
      // The key goes from memory to memory: through the browser's pipe into the signer thread.
      await page.evaluate(([start, secret]) => window.opengpu.start(start, secret), [options, key] as const);
      const outcome = await end;
      if (outcome && !signal.aborted) throw outcome;
    } finally {
      await context.close();
    }
  } finally {
    server.close();
  }
}

/** Whether a snapshot ends the process, and how. */
function outcomeOf({ status }: WorkerSnapshot): Exit | 'stopped' | undefined {
  if (status.kind === 'stopped') return 'stopped';
  if (status.kind === 'held' && status.cause === 'notAllowed')
    return new Exit(exitCode.notAllowed, status.reason);
  // Without gas or an answering chain the worker waits.
  if (status.kind !== 'failed') return undefined;
  return new Exit(status.cause === 'other' ? exitCode.failed : exitCode[status.cause], status.reason);
}
