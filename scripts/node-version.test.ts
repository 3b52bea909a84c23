import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from './setup.mjs';

const pretend = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '18.20.1' })`;

test.each(['dev.mjs', 'test.mjs', 'screenshots.mjs'])('%s refuses an old Node in one sentence', (script) => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', pretend, `scripts/${script}`], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe(
    'OpenGPU needs Node 20 or newer; this is Node 18.20.1. Install a newer one and run the command again.\n',
  );
  expect(status).toBe(1);
});
