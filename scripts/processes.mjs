/**
 * A program that was started.
 * @typedef {{
 *   name: string,
 *   child: import('node:child_process').ChildProcess,
 *   output: string[],
 *   stopping: boolean,
 *   ended: Promise<number | string>,
 *   drained: Promise<unknown>,
 * }} Entry
 * `ended` resolves with the exit code or the signal, `drained` when all of its output was given out.
 */

// Children that never outlive their parent: each leads its own process group, all are stopped together.
import { spawn } from 'node:child_process';
import { childEnv, root } from './setup.mjs';

/** How long a child may take to leave after SIGTERM before its group is killed, in milliseconds. */
const graceMilliseconds = 700;

/** The children of one command, in the order in which they were started. */
export class Processes {
  #children = [];
  #stopping = false;

  /**
   * Starts a program in its own process group. `onLine` gets each line of its output; `onExit` is called when it
   * ends without having been asked to, with its exit code or signal and the end of its output.
   * @param {string} name
   * @param {string} command
   * @param {string[]} args
   * @param {{
   *   env?: Record<string, string>,
   *   onLine?: (line: string) => void,
   *   onExit?: (how: number | string, tail: string) => void,
   *   cwd?: string,
   * }} [options]
   * @returns {Entry}
   */
  start(name, command, args, { env = {}, onLine, onExit, cwd = root } = {}) {
    const child = spawn(command, args, {
      cwd,
      env: childEnv(env),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = [];
    const keep = (line) => {
      output.push(line);
      if (output.length > 400) output.splice(0, 200);
      onLine?.(line);
    };
    const drained = Promise.all([child.stdout, child.stderr].map((stream) => eachLine(stream, keep)));
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(`could not start: ${error.message}`));
      child.once('exit', (code, signal) => resolve(signal ?? code));
    });
    const entry = { name, child, output, stopping: false, ended, drained };
    entry.ended.then((how) => {
      const asked = entry.stopping || this.#stopping;
      this.#children = this.#children.filter((other) => other !== entry);
      if (!asked) onExit?.(how, entry.output.slice(-40).join('\n'));
    });
    this.#children.push(entry);
    return entry;
  }

  /** Stops one child and waits until it is gone. */
  async stop(entry) {
    entry.stopping = true;
    await end([entry]);
  }

  /** Stops every child, the last started first, and waits until all are gone. */
  async stopAll() {
    this.#stopping = true;
    await end([...this.#children].reverse());
  }
}

async function end(entries) {
  for (const entry of entries) signalGroup(entry.child, 'SIGTERM');
  const all = Promise.all(entries.map((entry) => entry.ended));
  const timer = setTimeout(() => {
    for (const entry of entries) signalGroup(entry.child, 'SIGKILL');
  }, graceMilliseconds);
  await all;
  clearTimeout(timer);
  // A leader can leave before its own children do.
  for (const entry of entries) signalGroup(entry.child, 'SIGKILL');
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** Resolves when the stream has ended and every line of it was given out. */
function eachLine(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) onLine(line);
  });
  return new Promise((resolve) => {
    stream.on('close', () => {
      if (rest !== '') onLine(rest);
      resolve();
    });
  });
}
