import { existsSync } from 'node:fs';
import { type BrowserContext, chromium } from 'playwright-core';
import { Exit, exitCode } from './exit-code.ts';

/** The page's origin: always the same, so that the profile's journal is found again. `localhost` names are secure contexts. */
export const workerOrigin = 'http://opengpu-worker.localhost';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const flags = [
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

/** Opens headless Chromium on a profile that lasts; its page's origin is served by `port` of this machine. */
export async function openBrowser(profile: string, port: number): Promise<BrowserContext> {
  const executablePath = process.env.CHROMIUM_PATH ?? places.find((place) => existsSync(place));
  try {
    return await chromium.launchPersistentContext(profile, {
      ...(executablePath ? { executablePath } : { channel: 'chrome' }),
      headless: true,
      args: [...flags, `--host-resolver-rules=MAP ${new URL(workerOrigin).host} 127.0.0.1:${port}`],
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
    if (/is not found|doesn't exist|ENOENT/i.test(text)) {
      throw new Exit(
        exitCode.noBrowser,
        `No Chromium was found${executablePath ? ` at ${executablePath}` : ''}: install it (Debian: apt install chromium) or set CHROMIUM_PATH.`,
      );
    }
    throw new Exit(exitCode.noBrowser, `Chromium does not start: ${text.split('\n')[0]}`);
  }
}
