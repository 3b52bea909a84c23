import { type NextRequest, NextResponse } from 'next/server';
import { pagePolicy, workerPolicy } from '@/components/layout/content-security-policy';

/** Every page gets a Content-Security-Policy with a nonce of its own, which Next puts on its scripts; a worker's script gets a stricter one. */
export function proxy(request: NextRequest): NextResponse {
  if (request.nextUrl.pathname.startsWith('/_next/')) {
    const script = NextResponse.next();
    script.headers.set('content-security-policy', workerPolicy());
    return script;
  }
  const policy = pagePolicy(btoa(crypto.randomUUID()), process.env.NODE_ENV !== 'production');
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const page = NextResponse.next({ request: { headers } });
  page.headers.set('content-security-policy', policy);
  return page;
}

export const config = {
  matcher: ['/((?!api/|ipfs/|_next/|examples/|icon).*)', '/_next/static/chunks/turbopack-worker-:name'],
};
