import { existsSync } from 'node:fs';
import { type BrowserContext, chromium } from 'playwright-core';
import { Exit, exitCode } from './exit-code.ts';

/** The page's origin: always the same, so that the profile's journal is found again. `localhost` names are secure contexts. */
export const workerOrigin = 'http://opengpu-worker.localhost';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** WebGPU on, everything that a worker does not need off. */
export const chromiumFlags = [
  '--enable-unsafe-webgpu',
  // A lost GPU must not lock the page out of WebGPU.
  '--disable-domain-blocking-for-3d-apis',
  '--disable-gpu-process-crash-limit',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** Where Chromium is; undefined: let Playwright look for Chrome. Throws `Exit` when CHROMIUM_PATH names nothing. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH: chosen } = process.env;
  if (chosen !== undefined && !existsSync(chosen)) throw noBrowser(` at ${chosen}`);
  return chosen ?? places.find((place) => existsSync(place));
}

function noBrowser(where: string): Exit {
  return new Exit(
    exitCode.noBrowser,
    `No Chromium was found${where}: install it (Debian: apt install chromium) or set CHROMIUM_PATH.`,
  );
}

/** How the host's browser is started. */
export interface BrowserOptions {
  /** Folder that keeps the journal from run to run. */
  profile: string;
  /** Further command-line flags: which ones a real GPU needs depends on the system. */
  flags: readonly string[];
}

/** Opens headless Chromium on a profile that lasts; its page's origin is served by `port` of this machine. */
export async function openBrowser(
  executablePath: string | undefined,
  { profile, flags }: BrowserOptions,
  port: number,
): Promise<BrowserContext> {
  try {
    return await chromium.launchPersistentContext(profile, {
      ...(executablePath ? { executablePath } : { channel: 'chrome' }),
      headless: true,
      args: [
        ...chromiumFlags,
        ...flags,
        `--host-resolver-rules=MAP ${new URL(workerOrigin).host} 127.0.0.1:${port}`,
      ],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (/ProcessSingleton|SingletonLock|already in use/i.test(text)) {
      throw new Exit(
        exitCode.usage,
        `Another worker uses the profile ${profile}: stop it, or give --profile another folder.`,
      );
    }
    if (/is not found|doesn't exist|ENOENT/i.test(text)) throw noBrowser('');
    throw new Exit(exitCode.noBrowser, `Chromium does not start: ${text.split('\n')[0]}`);
  }
}
