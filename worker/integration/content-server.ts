import { buffer } from 'node:stream/consumers';
import { blockServer } from '@opengpu/sdk/data/block-server';
import { memoryStore } from '@opengpu/sdk/data/memory-store';

/** A content store in memory behind the app's HTTP interface, on a port of its own. */
export async function openContentServer() {
  const store = memoryStore();
  const server = await blockServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-methods', 'PUT');
    response.setHeader('access-control-allow-headers', 'content-type');
    const cid = /^\/ipfs\/([a-z0-9]+)/.exec(request.url ?? '')?.[1];
    if (request.method === 'PUT') {
      const cid = await store.put(await buffer(request));
      response.writeHead(201).end(JSON.stringify({ cid }));
      return;
    }
    const bytes = cid && (await store.get(cid).catch(() => undefined));
    response.writeHead(request.method === 'OPTIONS' ? 204 : bytes ? 200 : 404).end(bytes || undefined);
  });
  return { ...server, store };
}
