import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A JSON-RPC node that can go away and come back, or claim to serve another chain. */
export async function openRpcProxy(rpcUrl: string) {
  let away = false;
  let chainId: string | undefined;
  const server = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    if (away) {
      request.socket.destroy();
      return;
    }
    const body = await buffer(request);
    const call: unknown = body.length > 0 ? JSON.parse(body.toString()) : undefined;
    if (
      chainId &&
      typeof call === 'object' &&
      call !== null &&
      'method' in call &&
      call.method === 'eth_chainId'
    ) {
      response.end(JSON.stringify({ jsonrpc: '2.0', id: 'id' in call ? call.id : 1, result: chainId }));
      return;
    }
    const answer = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body.toString() || '{}',
    });
    response.setHeader('content-type', 'application/json');
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    rpcUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    goAway() {
      away = true;
      server.closeAllConnections();
    },
    comeBack() {
      away = false;
    },
    claimChain(id: `0x${string}`) {
      chainId = id;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
