import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Address } from 'viem';
import { onTestFinished } from 'vitest';
import { createKeystore } from '../keys/keystore.ts';

const cli = fileURLToPath(new URL('../../scripts/worker.mjs', import.meta.url));

/** A line that `--json` printed. */
export type WorkerLine = { type: 'status' | 'log' | 'job' } & Record<string, unknown>;

/** Files of one worker that outlive its process: keystore, password, browser profile. */
export interface WorkerHome {
  folder: string;
  operator: Address;
}

/** Makes a keystore in a folder of its own. */
export async function makeHome(): Promise<WorkerHome> {
  const folder = mkdtempSync(join(tmpdir(), 'opengpu-worker-'));
  writeFileSync(join(folder, 'password'), 'correct horse\n');
  return { folder, operator: await createKeystore(join(folder, 'operator.json'), 'correct horse', 1_024) };
}

/** The real command, `npm run worker`, as a process of its own. */
export function startWorker(
  home: WorkerHome,
  provider: Address,
  rpcUrl: string,
  extra: string[] = [],
  env = {},
) {
  const { folder } = home;
  const child: ChildProcess = spawn(
    process.execPath,
    [
      cli,
      'start',
      ...['--rpc', rpcUrl, '--provider', provider, '--json'],
      ...['--keystore', join(folder, 'operator.json'), '--password-file', join(folder, 'password')],
      ...['--profile', join(folder, 'profile')],
      ...extra,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );
  const lines: WorkerLine[] = [];
  const waiting = new Set<() => void>();
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(JSON.parse(line));
      if (process.env.SHOW_WORKER) console.log(provider.slice(0, 6), line);
      for (const look of waiting) look();
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return {
    lines,
    exited,
    errors: () => errors,
    /** Resolves with the first line, old or new, that is as `wanted`; rejects when the process ends before. */
    line: (wanted: (line: WorkerLine) => boolean) =>
      new Promise<WorkerLine>((resolve, reject) => {
        const look = () => {
          const found = lines.find(wanted);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        void exited.then((code) => {
          look();
          reject(new Error(`The worker ended with code ${code}: ${errors}`));
        });
        look();
      }),
    async stop() {
      child.kill('SIGTERM');
      return await exited;
    },
    /** As a power cut would: no chance to say good-bye. */
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Runs one of the worker's short commands to its end. */
export async function runCommand(
  args: string[],
): Promise<{ code: number | null; output: string; errors: string }> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { code, output, errors };
}

/** True for a job's line in this state. */
export function jobIn(kind: string) {
  return (line: WorkerLine) =>
    line.type === 'job' &&
    typeof line.state === 'object' &&
    line.state !== null &&
    'kind' in line.state &&
    line.state.kind === kind;
}
