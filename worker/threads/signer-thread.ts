import { httpStore } from '@opengpu/sdk/data/http-store';
import { memoryStore } from '@opengpu/sdk/market/store';
import { watchMarket } from '@opengpu/sdk/market/watch-market';
import { createPublicClient, defineChain, getAddress, type Hex, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { blobSource } from '../chain/blob-source.ts';
import { Connection } from '../chain/connection.ts';
import { marketChain } from '../chain/market-chain.ts';
import { Sender } from '../chain/sender.ts';
import { openJournal } from '../journal/indexed-journal.ts';
import { unwrapOperatorKey } from '../keys/operator-key.ts';
import { StatusBoard } from '../status-board.ts';
import { WorkerLoop } from '../worker-loop.ts';
import { ComputeClient } from './compute-client.ts';
import type { FromSigner, ToSigner, WorkerOptions } from './signer-messages.ts';
import { threadScope } from './thread-scope.ts';

const scope = threadScope<ToSigner, FromSigner>();
const stop = new AbortController();
let loop: WorkerLoop | undefined;

/** Chains with one block a second or less are asked this often for receipts, milliseconds. */
const pollingMilliseconds = 500;

async function start(options: WorkerOptions, key: Hex): Promise<void> {
  const { deployment, rpcUrl, contentUrl, settings } = options;
  const provider = getAddress(options.provider);
  const account = privateKeyToAccount(key);
  const chain = defineChain({
    id: deployment.chainId,
    name: `chain ${deployment.chainId}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const client = createPublicClient({
    chain,
    transport: http(rpcUrl, { retryCount: 0, timeout: 10_000 }),
    pollingInterval: pollingMilliseconds,
    cacheTime: 0,
  });
  const connection = new Connection();
  const board = new StatusBoard(provider, account.address, (snapshot) =>
    scope.postMessage({ kind: 'snapshot', snapshot }),
  );
  const journal = await openJournal({ chainId: deployment.chainId, market: deployment.market, provider });
  loop = new WorkerLoop({
    deployment,
    provider,
    operator: account.address,
    settings,
    chain: marketChain(client, deployment, connection.report),
    sender: new Sender({
      client,
      account,
      chainId: deployment.chainId,
      onConnection: connection.report,
      onSpent: (_, gasWei) => board.spent(gasWei),
    }),
    follow(onState, signal) {
      let state: Parameters<typeof onState>[0] | undefined;
      watchMarket({
        client,
        deployment,
        store: memoryStore(),
        signal,
        onState(newer) {
          state = newer;
          onState(newer, false);
        },
        onStatus(status) {
          if (status.kind === 'live' && state) onState(state, true);
          if (status.kind === 'notDeployed') {
            const reason = `There is no market at ${deployment.market} on this chain yet: trying again.`;
            board.setStatus({ kind: 'held', cause: 'noRpc', reason });
          }
        },
      }).catch((error: unknown) => {
        // It survives the network; anything else is a mistake that nothing can go on from.
        board.setStatus({ kind: 'failed', cause: 'other', reason: String(error) });
        stop.abort();
      });
    },
    connectionLost: () => connection.lost,
    compute: new ComputeClient(),
    journal,
    sources: { gateways: [contentUrl], blob: blobSource(client, deployment) },
    outputs: { store: httpStore({ base: contentUrl }), url: contentUrl },
    board,
  });
  await loop.run(stop.signal);
}

scope.onmessage = async ({ data }) => {
  switch (data.kind) {
    case 'start':
      try {
        await start(data.options, await keyFor(data));
      } catch (error) {
        scope.postMessage({ kind: 'broken', reason: error instanceof Error ? error.message : String(error) });
      }
      return scope.postMessage({ kind: 'ended' });
    case 'pause':
      return loop?.pause();
    case 'resume':
      return loop?.resume();
    case 'stop':
      return stop.abort();
    default:
      return data satisfies never;
  }
};

async function keyFor({ key, options }: Extract<ToSigner, { kind: 'start' }>): Promise<Hex> {
  const found = key ?? (await unwrapOperatorKey(options.provider));
  if (!found)
    throw new Error('This browser holds no operator key for that provider: register it here first.');
  return found;
}
