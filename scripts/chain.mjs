// The local chain: anvil, with the contracts deployed at their deterministic addresses.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, Stop } from './setup.mjs';

/** Chain id of the local chain. */
export const localChainId = 31337;

/** Key of anvil's account 0, known to everybody: only ever used on the local chain. */
const deployerKey = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

/** Seconds between blocks. */
const blockSeconds = 1;

/**
 * Sends one JSON-RPC call and returns its result; throws when the chain is out of reach or refuses.
 * @param {string} rpcUrl
 * @param {string} method
 * @param {unknown[]} [params]
 */
export async function rpc(rpcUrl, method, params = []) {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = await response.json();
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

/**
 * Waits until `probe` resolves to something true; throws after `limitMilliseconds`.
 * @param {string} what
 * @param {() => Promise<unknown>} probe
 */
export async function waitUntil(what, probe, limitMilliseconds = 60_000) {
  const start = Date.now();
  for (;;) {
    if (await probe().catch(() => false)) return;
    if (Date.now() - start > limitMilliseconds) throw new Error(`waited ${limitMilliseconds} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Starts anvil and waits until it answers. With `stateFile` the chain goes on from that file and is kept in it.
 * Transactions are mined at once until `mineEverySecond`.
 * @param {import('./processes.mjs').Processes} processes
 * @param {{ port: number, stateFile?: string, onExit?: (how: number | string, tail: string) => void }} options
 */
export async function startAnvil(processes, { port, stateFile, onExit }) {
  const args = ['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(localChainId)];
  if (stateFile) args.push('--state', stateFile, '--state-interval', '5');
  const anvil = processes.start('anvil', 'anvil', args, { onExit });
  const rpcUrl = `http://127.0.0.1:${port}`;
  await waitUntil('anvil to answer', () => rpc(rpcUrl, 'eth_chainId'), 20_000);
  return { rpcUrl, anvil };
}

/** From here on a block a second, empty or not, so that time passes on the chain as it does outside. */
export async function mineEverySecond(rpcUrl) {
  await rpc(rpcUrl, 'evm_setIntervalMining', [blockSeconds]);
}

/**
 * Compiles the contracts without their tests; returns at once when nothing changed.
 * @param {import('./processes.mjs').Processes} processes
 */
export function buildContracts(processes) {
  return forge(processes, ['build', '--skip', 'test'], 'the contracts do not compile');
}

/**
 * Deploys the contracts and writes lib/contracts/deployments/31337.json.
 * @param {import('./processes.mjs').Processes} processes
 * @param {string} rpcUrl
 */
export function deploy(processes, rpcUrl) {
  const args = ['script', 'contracts/script/Deploy.s.sol', '--rpc-url', rpcUrl, '--broadcast'];
  return forge(processes, [...args, '--private-key', deployerKey], 'the contracts could not be deployed');
}

/** Whether the chain holds the contracts at the addresses of the deployments file. */
export async function isDeployed(rpcUrl) {
  const file = join(root, `lib/contracts/deployments/${localChainId}.json`);
  if (!existsSync(file)) return false;
  const { market } = JSON.parse(readFileSync(file, 'utf8'));
  return (await rpc(rpcUrl, 'eth_getCode', [market, 'latest'])) !== '0x';
}

/** Short hash of everything that is deployed: a chain kept under another hash holds other contracts. */
export function bytecodeHash() {
  const hash = createHash('sha256');
  for (const source of [...solidityFiles('contracts/src'), ...solidityFiles('contracts/script')]) {
    const folder = join(root, 'out', basename(source));
    if (!existsSync(folder)) continue;
    for (const artifact of readdirSync(folder).sort()) {
      const { bytecode } = JSON.parse(readFileSync(join(folder, artifact), 'utf8'));
      hash.update(bytecode?.object ?? '');
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function solidityFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.sol'))
    .sort();
}

async function forge(processes, args, complaint) {
  const child = processes.start('forge', 'forge', args);
  const exitCode = await child.ended;
  await child.drained;
  if (exitCode !== 0) {
    throw new Stop(`${child.output.join('\n').trim()}\nforge ${args[0]} failed: ${complaint}.`);
  }
}
