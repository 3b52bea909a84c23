import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cidOf } from '@opengpu/sdk/data/cid';
import { blockBytes } from '@opengpu/sdk/data/content-store';
import { httpStore } from '@opengpu/sdk/data/http-store';
import { afterAll, afterEach, expect, test, vi } from 'vitest';

// Before the routes are imported: the folder is read once.
const folder = mkdtempSync(join(tmpdir(), 'opengpu-routes-'));
vi.stubEnv('OPENGPU_BLOCKS', folder);
const { OPTIONS, PUT } = await import('./route');
const { GET } = await import('../../ipfs/[cid]/route');
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllGlobals());

const url = 'http://127.0.0.1:3000';
const put = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  PUT(new Request(`${url}/api/blocks`, { method: 'PUT', body, headers }));
const get = (cid: string, query = '?format=raw', headers: Record<string, string> = {}) =>
  GET(new Request(`${url}/ipfs/${cid}${query}`, { headers }), { params: Promise.resolve({ cid }) });

test('what is put is served under its CID, as bytes and nothing else', async () => {
  const bytes = new TextEncoder().encode('<script>alert(1)</script>');
  const stored = await put(bytes);
  expect(stored.status).toBe(201);
  const cid = await cidOf(bytes);
  expect(await stored.json()).toEqual({ cid });
  expect(stored.headers.get('access-control-allow-origin')).toBe('*');

  const served = await get(cid);
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes);
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'application/vnd.ipld.raw',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  expect((await get(cid, '', { 'if-none-match': `"${cid}"` })).status).toBe(304);
});

test('the client of the store speaks the same language', async () => {
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
    const request = new Request(address, init);
    const cid = new URL(address).pathname.replace('/ipfs/', '');
    return request.method === 'PUT' ? PUT(request) : GET(request, { params: Promise.resolve({ cid }) });
  });
  const store = httpStore({ base: url });
  const bytes = new Uint8Array(blockBytes).fill(3);
  const cid = await store.put(bytes);
  expect(Buffer.from(await store.get(cid)).equals(bytes)).toBe(true);
  await expect(store.get(await cidOf(new Uint8Array(1)))).rejects.toThrow('answered 404');
});

test('one byte too many, announced or not, is refused', async () => {
  expect((await put('x', { 'content-length': String(blockBytes + 1) })).status).toBe(413);
  expect((await put(new Uint8Array(blockBytes + 1))).status).toBe(413);
  expect((await put(null)).status).toBe(400);
});

test('no CID, another format, no block: each a sentence', async () => {
  expect((await get('../../package.json')).status).toBe(400);
  expect((await get(await cidOf(new Uint8Array(2)), '?format=car')).status).toBe(400);
  const missing = await get(await cidOf(new Uint8Array(2)));
  expect(missing.status).toBe(404);
  expect(missing.headers.get('cache-control')).toBe('no-store');
  expect(await missing.text()).toBe('This block is not here.');
});

test('browsers may ask before they put', () => {
  const { status, headers } = OPTIONS();
  expect(status).toBe(204);
  expect(headers.get('access-control-allow-methods')).toBe('PUT');
});
