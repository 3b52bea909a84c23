import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const tests = '{app,components,lib,scripts,worker}/**/*.test.{ts,tsx,mjs}';
const chainTests = '**/*.chain.test.ts';
const ignored = ['**/node_modules/**', '.next/**', 'out/**'];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: [tests], exclude: [...ignored, chainTests] },
      },
      {
        extends: true,
        // Tests against the contracts, each on an anvil of its own (lib/test-chain/test-chain.ts).
        test: {
          name: 'chain',
          include: [chainTests],
          exclude: ignored,
          globalSetup: './lib/test-chain/deploy-once.ts',
          hookTimeout: 60_000,
          testTimeout: 60_000,
        },
      },
    ],
  },
  resolve: {
    alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') },
  },
});
