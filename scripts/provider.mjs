// Makes one of the local chain's unlocked accounts a provider whose work a headless worker does.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rpc, waitUntil } from './chain.mjs';
import { root } from './setup.mjs';

/**
 * Where a worker keeps its operator's key.
 * @typedef {{ keystore: string, passwordFile: string, profile: string }} WorkerFolder
 */

/**
 * @param {string} folder
 * @returns {WorkerFolder}
 */
export function workerFolder(folder) {
  return {
    keystore: join(folder, 'operator.json'),
    passwordFile: join(folder, 'operator.password'),
    profile: join(folder, 'profile'),
  };
}

/**
 * Makes the operator's key if there is none yet and registers `owner`, who must be unlocked and unused on that chain.
 * Does nothing for an owner that has sent a transaction before.
 * @param {import('./processes.mjs').Processes} processes
 * @param {{ rpcUrl: string, owner: string, folder: WorkerFolder, stake?: string }} options stake: ETH, as the worker's command takes it
 */
export async function registerProvider(processes, { rpcUrl, owner, folder, stake = '5' }) {
  const { keystore, passwordFile } = folder;
  const keys = ['--keystore', keystore, '--password-file', passwordFile];
  if (!existsSync(keystore)) await command(processes, ['init', ...keys]);
  if (BigInt(await rpc(rpcUrl, 'eth_getTransactionCount', [owner, 'latest'])) > 0n) return;
  const printed = await command(processes, [
    'register',
    ...keys,
    '--provider',
    owner,
    '--stake',
    stake,
    '--rpc',
    rpcUrl,
  ]);
  const { to, data, value } = JSON.parse(printed.find((line) => line.startsWith('{')) ?? '{}');
  const transaction = { from: owner, to, data, value: `0x${BigInt(value).toString(16)}` };
  const hash = await rpc(rpcUrl, 'eth_sendTransaction', [transaction]);
  await waitUntil('the registration', () => rpc(rpcUrl, 'eth_getTransactionReceipt', [hash]));
}

/**
 * Starts the worker of a registered provider.
 * @param {import('./processes.mjs').Processes} processes
 * @param {{ rpcUrl: string, contentUrl: string, owner: string, folder: WorkerFolder, browser: string, options?: string[] }} work
 * @param {{ onLine?: (line: string) => void, onExit?: (how: number | string, tail: string) => void }} listeners
 */
export function startWorker(
  processes,
  { rpcUrl, contentUrl, owner, folder, browser, options = [] },
  listeners,
) {
  const { keystore, passwordFile, profile } = folder;
  const args = ['start', '--rpc', rpcUrl, '--content-url', contentUrl, '--provider', owner];
  const keys = ['--keystore', keystore, '--password-file', passwordFile, '--profile', profile];
  return processes.start(
    'worker',
    process.execPath,
    [join(root, 'scripts/worker.mjs'), ...args, ...keys, ...options],
    {
      env: { CHROMIUM_PATH: browser },
      ...listeners,
    },
  );
}

/** Runs one of the worker's short commands and returns the lines that it printed; throws when it fails. */
async function command(processes, args) {
  const lines = [];
  const child = processes.start('worker', process.execPath, [join(root, 'scripts/worker.mjs'), ...args], {
    onLine: (line) => lines.push(line),
  });
  const exitCode = await child.ended;
  await child.drained;
  if (exitCode !== 0) throw new Error(`npm run worker -- ${args[0]} failed: ${lines.join('\n')}`);
  return lines;
}
