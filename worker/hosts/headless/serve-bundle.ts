import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the page may do: run its own scripts and talk to the RPC and the content store. */
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src *; base-uri 'none'; form-action 'none'";
const page = '<!doctype html><title>OpenGPU worker</title><script type="module" src="/page.js"></script>';

/** Serves the worker's page on this machine only. */
export async function serveBundle(scripts: ReadonlyMap<string, string>) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const script = scripts.get(path);
    if (path !== '/' && script === undefined) {
      response.writeHead(404).end();
      return;
    }
    const type = script === undefined ? 'text/html' : 'text/javascript';
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy });
    response.end(script ?? page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
