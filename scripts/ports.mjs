import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const host = '127.0.0.1';

/** A port that nothing listens on now, chosen by the system. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Whether something listens on the port, on this machine's loopback or on every address. */
export async function isBusy(port) {
  const answers = await Promise.all([accepts(port), cannotListen(port)]);
  return answers.some(Boolean);
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function cannotListen(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen(port, host, () => server.close(() => resolve(false)));
  });
}

/** Who listens on the port: "node (process 123)", or undefined where the system does not tell. Linux only. */
export function holderOf(port) {
  try {
    const inodes = listeningInodes(port);
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (holdsOneOf(pid, inodes)) return `${programOf(pid)} (process ${pid})`;
    }
  } catch {
    // No /proc here, or not ours to read.
  }
  return undefined;
}

function listeningInodes(port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const listening = '0A';
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === listening)
      .map((fields) => `socket:[${fields[9]}]`),
  );
}

function holdsOneOf(pid, inodes) {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => inodes.includes(readlinkSync(`${folder}/${fd}`)));
  } catch {
    return false;
  }
}

function programOf(pid) {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
  const name = (words[0] ?? 'a program').split('/').at(-1);
  const script = words.slice(1).find((word) => /\.[cm]?[jt]s$/.test(word) || word.includes('next'));
  return name === 'node' && script ? `node ${script.split('/').at(-1)}` : name;
}
