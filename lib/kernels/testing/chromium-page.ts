import { chromium, type Page } from 'playwright-core';
import { requireBrowser } from '../../../scripts/setup.mjs';

/** WebGPU on machines without a GPU too (SwiftShader). */
const browserArguments = ['--enable-unsafe-webgpu', '--disable-background-networking', '--no-first-run'];
// WebGPU wants a secure context; the page is answered by the test itself, nothing listens there.
const origin = 'http://localhost';

/** An empty page in headless Chromium that may run `script` and, by its Content-Security-Policy, nothing made from text. */
export async function openChromiumPage(script = ''): Promise<{ page: Page; close: () => Promise<void> }> {
  const browser = await chromium.launch({ executablePath: requireBrowser(), args: browserArguments });
  const page = await browser.newPage();
  await page.route(`${origin}/**`, (route) => {
    if (route.request().url().endsWith('.js'))
      return route.fulfill({ contentType: 'text/javascript', body: script });
    return route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" },
      body: '<!doctype html><title>Test</title><script src="/script.js"></script>',
    });
  });
  await page.goto(`${origin}/test`);
  return { page, close: () => browser.close() };
}
