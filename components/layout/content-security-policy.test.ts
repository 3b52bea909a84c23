import { expect, test } from 'vitest';
import { pagePolicy, workerPolicy } from './content-security-policy';

const directives = (policy: string) =>
  new Map(policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]));

test('in production no script runs without the nonce, and nothing is evaluated', () => {
  const scripts = directives(pagePolicy('abc', false)).get('script-src');
  expect(scripts).toContain("'nonce-abc'");
  expect(scripts).not.toContain("'unsafe-eval'");
  expect(scripts).not.toContain("'unsafe-inline'");
});

test('page and worker speak to this origin and the configured RPC only', () => {
  for (const policy of [pagePolicy('abc', false), workerPolicy()]) {
    expect(directives(policy).get('connect-src')).toEqual(["'self'", 'http://127.0.0.1:8545']);
  }
});

test('nobody frames a page', () => {
  expect(directives(pagePolicy('abc', false)).get('frame-ancestors')).toEqual(["'none'"]);
});
