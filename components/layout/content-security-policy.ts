const rpcUrl = process.env.NEXT_PUBLIC_RPC_URL ?? 'http://127.0.0.1:8545';
/** Bases of further HTTP sources of content, separated by spaces. */
const gateways = (process.env.NEXT_PUBLIC_GATEWAYS ?? '').split(' ').filter(Boolean);

/**
 * The policy of a page. Scripts need the nonce; WASM is allowed (hashing), `eval` is not, save in development, where
 * React rebuilds server stacks with it. Styles may be inline: Radix and RainbowKit position with style elements.
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const reload = development ? ['ws:'] : [];
  const directives: Record<string, string[]> = {
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
    'connect-src': ["'self'", origin(rpcUrl), ...gateways.map(origin), ...reload],
    'worker-src': ["'self'", 'blob:'],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');
}

function origin(url: string): string {
  return new URL(url).origin;
}
