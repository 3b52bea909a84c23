import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') },
  },
  test: {
    include: ['{app,components,lib,scripts,worker}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    // A test that talks to a chain of its own starts it first.
    hookTimeout: 120_000,
    testTimeout: 30_000,
  },
});
