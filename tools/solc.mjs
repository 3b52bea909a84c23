#!/usr/bin/env node
// What forge calls as its compiler: solc-js from npm behind the native binary's two entry points
// (`--version`, and standard JSON from standard input).
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

// solc-js puts its whole input on the stack; sources above about 1 MB need a larger one than Node's default.
if (!process.execArgv.some((flag) => flag.startsWith('--stack-size'))) {
  const run = spawnSync(process.execPath, ['--stack-size=16000', ...process.argv.slice(1)], {
    stdio: 'inherit',
  });
  process.exit(run.status ?? 1);
}

// The raw Emscripten module: the input goes to the heap (`solidity_alloc`), not through the wrapper's stack copy.
const soljson = require('solc/soljson.js');
const version = soljson.cwrap('solidity_version', 'string', [])();

if (process.argv.includes('--version')) {
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`);
} else {
  const input = readFileSync(0);
  const pointer = soljson._solidity_alloc(input.length + 1);
  soljson.HEAPU8.set(input, pointer);
  soljson.HEAPU8[pointer + input.length] = 0;
  const output = soljson.cwrap('solidity_compile', 'string', ['number', 'number', 'number'])(pointer, 0, 0);
  process.stdout.write(output);
}
