import { afterEach, expect, test } from 'vitest';
import { blockServer } from './block-server.ts';
import { cidOf } from './cid.ts';
import { blockBytes, ContentMissing } from './content-store.ts';
import { httpStore } from './http-store.ts';

const bytes = new TextEncoder().encode('some block');
const servers: { close: () => Promise<void> }[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function serve(answer: Parameters<typeof blockServer>[0]) {
  const server = await blockServer(answer);
  servers.push(server);
  return server;
}

test('reads like a trustless gateway and checks the digest', async () => {
  const cid = await cidOf(bytes);
  const { base, requests } = await serve((_, response) => response.end(bytes));
  expect(await httpStore({ base: `${base}/path/` }).get(cid)).toEqual(bytes);
  expect(requests).toEqual([`GET /path/ipfs/${cid}?format=raw`]);
  const other = await cidOf(new TextEncoder().encode('another block'));
  await expect(httpStore({ base }).get(other)).rejects.toThrow(`${base} sent other bytes`);
});

test('a body without end is cut at 1 MiB, whatever length it announces', async () => {
  let sent = 0;
  const { base } = await serve((_, response) => {
    const more = () => {
      while (!response.destroyed && sent < 1 << 28) {
        sent += 1 << 16;
        if (!response.write(new Uint8Array(1 << 16))) return void response.once('drain', more);
      }
    };
    more();
  });
  await expect(httpStore({ base }).get(await cidOf(bytes))).rejects.toThrow(`more than ${blockBytes} bytes`);
  expect(sent).toBeLessThan(1 << 27);
});

test('missing, silent and unreachable sources are named', async () => {
  const cid = await cidOf(bytes);
  const { base } = await serve((_, response) => void response.writeHead(404).end('no'));
  await expect(httpStore({ base }).get(cid)).rejects.toThrow(`${base} answered 404`);
  const silent = await serve(() => undefined);
  const get = httpStore({ base: silent.base, timeoutMilliseconds: 50 }).get(cid);
  await expect(get).rejects.toBeInstanceOf(ContentMissing);
  await silent.close();
  await expect(httpStore({ base: silent.base }).get(cid)).rejects.toBeInstanceOf(ContentMissing);
  expect(() => httpStore({ base: 'file:///etc' })).toThrow('no http or https URL');
});

test('an abort is an abort and no missing block', async () => {
  const { base } = await serve(() => undefined);
  const controller = new AbortController();
  const get = httpStore({ base }).get(await cidOf(bytes), controller.signal);
  controller.abort(new Error('stopped'));
  await expect(get).rejects.toThrow('stopped');
});

test('stores by PUT and passes on why a block is refused', async () => {
  const { base, requests } = await serve(
    (_, response) => void response.writeHead(507).end('The store is full.'),
  );
  await expect(httpStore({ base }).put(bytes)).rejects.toThrow('The store is full.');
  expect(requests).toEqual(['PUT /api/blocks']);
  await expect(httpStore({ base }).put(new Uint8Array(blockBytes + 1))).rejects.toThrow(
    'at most 1048576 bytes',
  );
  expect(requests).toHaveLength(1);
});
