import { afterEach, expect, test } from 'vitest';
import { isBusy } from './ports.mjs';
import { Processes } from './processes.mjs';

const processes = new Processes();
afterEach(() => processes.stopAll());

/** Starts a Node program and waits for its first line. */
function startNode(program: string): Promise<{ entry: { child: { pid?: number } }; line: string }> {
  return new Promise((resolve) => {
    const entry = processes.start('program', process.execPath, ['-e', program], {
      onLine: (line: string) => resolve({ entry, line }),
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const listens =
  "require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })";
const spawnsListener =
  `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(listens)}], { stdio: 'inherit' });` +
  'setInterval(() => {}, 1000);';

test('stopping ends a child and what it started', async () => {
  const { entry, line } = await startNode(spawnsListener);
  expect(await isBusy(Number(line))).toBe(true);
  await processes.stopAll();
  expect(isAlive(Number(entry.child.pid))).toBe(false);
  await expect.poll(() => isBusy(Number(line))).toBe(false);
});

test('a child that ignores SIGTERM is gone within a second', async () => {
  const { entry } = await startNode(
    "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000);",
  );
  const start = Date.now();
  await processes.stopAll();
  expect(Date.now() - start).toBeLessThan(1000);
  expect(isAlive(Number(entry.child.pid))).toBe(false);
});

test('a child that ends by itself is reported with the end of its output', async () => {
  const running = new Processes();
  const report = await new Promise((resolve) => {
    running.start('program', process.execPath, ['-e', "console.log('no luck'); process.exit(3)"], {
      onExit: (how, tail) => resolve({ how, tail }),
    });
  });
  expect(report).toEqual({ how: 3, tail: 'no luck' });
});
