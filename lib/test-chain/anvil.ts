import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The environment in which anvil and forge are found: npm's own binaries first. */
export const foundryEnv = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
};

/** A chain of a test's own. */
export interface Anvil {
  rpcUrl: string;
  stop(): Promise<void>;
}

/** Starts anvil on a free port, or on `port`. Rejects when it ends before it listens. */
export function startAnvil(port = 0): Promise<Anvil> {
  return new Promise((resolve, reject) => {
    const child = spawn('anvil', ['--host', '127.0.0.1', '--port', String(port)], { env: foundryEnv });
    const ended = new Promise<void>((settle) => child.once('close', () => settle()));
    let output = '';
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`anvil ended with ${code}: ${output}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const [, listening] = /Listening on 127\.0\.0\.1:(\d+)/.exec(output) ?? [];
      if (listening === undefined) return;
      output = '';
      resolve({
        rpcUrl: `http://127.0.0.1:${listening}`,
        async stop() {
          child.kill('SIGTERM');
          await ended;
        },
      });
    });
  });
}
