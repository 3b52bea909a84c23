import { defineConfig } from '@playwright/test';
import { requireBrowser } from './scripts/setup.mjs';

/** WebGPU on machines without a GPU too (SwiftShader), and no traffic of the browser's own. */
const browserArguments = [
  '--enable-unsafe-webgpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

export default defineConfig({
  testDir: 'e2e/specs',
  testMatch: '*.story.ts',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/fixtures/deployed-chain.ts',
  // Each story computes on the CPU's WebGPU: two at once would only slow each other down.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: requireBrowser(), args: browserArguments },
    actionTimeout: 20_000,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
  },
});
