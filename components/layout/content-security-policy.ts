import { gateways, rpcUrl } from '@/components/market/environment';

/** Everything that a page or a worker may speak to. */
const sources = ["'self'", ...[rpcUrl, ...gateways].map((url) => new URL(url).origin)];

/**
 * The policy of a page. Scripts need the nonce; WASM is allowed (hashing), `eval` is not, save in development, where
 * React rebuilds server stacks with it. Styles may be inline: Radix and RainbowKit position with style elements.
 */
export function pagePolicy(nonce: string, development: boolean): string {
  const reload = development ? ['ws:'] : [];
  return join({
    'default-src': ["'none'"],
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      "'wasm-unsafe-eval'",
      ...(development ? ["'unsafe-eval'"] : []),
    ],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': [...sources, ...reload],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  });
}

/** The policy of a worker's script: a worker has its own, from its own response. It holds the operator's key. */
export function workerPolicy(): string {
  return join({
    'default-src': ["'none'"],
    'script-src': ["'self'", "'wasm-unsafe-eval'"],
    'connect-src': sources,
    'worker-src': ["'self'"],
  });
}

function join(directives: Record<string, string[]>): string {
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ');
}
