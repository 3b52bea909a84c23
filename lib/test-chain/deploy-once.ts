import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createTestClient, type Hex, http } from 'viem';
import type { TestProject } from 'vitest/node';
import { foundryEnv, startAnvil } from './anvil.ts';

/** Key of anvil's account 0, known to everybody. */
const deployerKey = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

declare module 'vitest' {
  interface ProvidedContext {
    /** State of a chain on which the contracts are deployed and nothing else happened. */
    deployedState: Hex;
  }
}

/** Deploys once; every test that wants a chain loads the state into one of its own. */
export default async function deployOnce(project: TestProject): Promise<void> {
  const anvil = await startAnvil();
  try {
    const script = [
      'script',
      'contracts/script/Deploy.s.sol',
      '--out',
      'out/abi',
      '--cache-path',
      'cache/abi',
    ];
    const forge = spawnSync(
      'forge',
      [...script, '--rpc-url', anvil.rpcUrl, '--broadcast', '--private-key', deployerKey],
      { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8', env: foundryEnv },
    );
    if (forge.status !== 0) throw new Error(`forge could not deploy:\n${forge.stdout}${forge.stderr}`);
    const client = createTestClient({ mode: 'anvil', transport: http(anvil.rpcUrl) });
    project.provide('deployedState', await client.dumpState());
  } finally {
    await anvil.stop();
  }
}
