// The marketplace on this machine: chain, contracts, app, one provider and a demo client. Ctrl-C stops everything.
import './node-version.mjs';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  buildContracts,
  bytecodeHash,
  deploy,
  isDeployed,
  mineEverySecond,
  startAnvil,
  waitUntil,
} from './chain.mjs';
import { holderOf, isBusy } from './ports.mjs';
import { Processes } from './processes.mjs';
import { registerProvider, startWorker, workerFolder } from './provider.mjs';
import { installPackages, options, requireBrowser, requireFoundry, root, run, Stop } from './setup.mjs';

const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');

/** Development account 5: the headless provider's owner. */
const workerOwner = '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc';

const help = `npm run dev -- [options]
  --port <n>        port of the app (3000, or OPENGPU_PORT)
  --rpc-port <n>    port of the chain (8545, or OPENGPU_RPC_PORT)
  --state <folder>  where the chain, the content and the logs are kept (.opengpu)
  --no-worker       without the headless provider
  --no-seed         without the demo client's tasks`;

await run(async () => {
  const chosen = readOptions();
  if (chosen === undefined) return;
  const { port, rpcPort, state } = chosen;
  installPackages();
  requireFoundry();
  const browser = requireBrowser();
  mkdirSync(state, { recursive: true });

  const lock = join(state, 'dev.json');
  refuseSecond(lock);
  await refuseBusy(port, 'app', '--port');
  await refuseBusy(rpcPort, 'chain', '--rpc-port');
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(lock, JSON.stringify({ pid: process.pid, url }));

  const processes = new Processes();
  let stopping;
  const stop = (exitCode) => {
    stopping ??= processes.stopAll().then(() => {
      rmSync(lock, { force: true });
      process.exit(exitCode);
    });
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));
  const market = { ...chosen, browser, url, processes, stop };
  try {
    await open(market);
  } catch (error) {
    // What fails while everything is being stopped fails because of it.
    if (stopping) return;
    console.error(error instanceof Stop ? error.message : error);
    await stop(1);
  }
});

function readOptions() {
  const values = options({
    port: { type: 'string', default: process.env.OPENGPU_PORT ?? '3000' },
    'rpc-port': { type: 'string', default: process.env.OPENGPU_RPC_PORT ?? '8545' },
    state: { type: 'string', default: process.env.OPENGPU_STATE ?? join(root, '.opengpu') },
    'no-worker': { type: 'boolean', default: false },
    'no-seed': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(help);
    return undefined;
  }
  return {
    port: portOf('--port', values.port),
    rpcPort: portOf('--rpc-port', values['rpc-port']),
    state: resolve(values.state),
    worker: !values['no-worker'],
    seed: !values['no-seed'],
  };
}

function portOf(option, text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Stop(`${option} takes a port from 1 to 65535, not "${text}".`);
  }
  return port;
}

/** One marketplace a state folder: a second one would write over the chain of the first. */
function refuseSecond(lock) {
  const { pid, url } = holderOfState(lock);
  if (pid === undefined || !isOurs(pid)) return;
  throw new Stop(`npm run dev runs here already (process ${pid}): open ${url}, or stop that one first.`);
}

function holderOfState(lock) {
  try {
    return JSON.parse(readFileSync(lock, 'utf8'));
  } catch {
    // Nobody holds it, or somebody who died while writing.
    return {};
  }
}

function isOurs(pid) {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dev.mjs');
  } catch (error) {
    // Without /proc the living process has to be taken at its word.
    return error.code === 'ENOENT' && process.platform !== 'linux';
  }
}

async function refuseBusy(port, what, option) {
  if (!(await isBusy(port))) return;
  const holder = holderOf(port) ?? 'another program';
  throw new Stop(
    `Port ${port} for the ${what} is held by ${holder}: stop it, or choose another port with ${option}.`,
  );
}

/** Brings everything up in order; returns when it runs. */
async function open(market) {
  const { port, rpcPort, state, url, processes } = market;
  await buildContracts(processes);
  const home = join(state, bytecodeHash());
  const logs = join(state, 'logs');
  for (const folder of [home, logs]) mkdirSync(folder, { recursive: true });
  const lost = (name) => (how, tail) => {
    console.error(`${tail}\n${name} ended by itself (${how}); everything is being stopped.`);
    return market.stop(1);
  };
  const blocks = join(state, 'blocks');

  processes.start(
    'app',
    process.execPath,
    [join(root, 'node_modules/next/dist/bin/next'), 'dev', '-H', '127.0.0.1', '-p', String(port)],
    {
      env: { NEXT_PUBLIC_RPC_URL: `http://127.0.0.1:${rpcPort}`, OPENGPU_BLOCKS: blocks },
      onLine: logTo(
        join(logs, 'app.log'),
        (line) => /⨯|warn|error/i.test(line) && console.log(`app     ${line}`),
      ),
      onExit: lost('The app'),
    },
  );

  const stateFile = join(home, 'chain.json');
  const goesOn = existsSync(stateFile);
  const { rpcUrl } = await startAnvil(processes, { port: rpcPort, stateFile, onExit: lost('The chain') });
  if (!(await isDeployed(rpcUrl))) await deploy(processes, rpcUrl);
  await mineEverySecond(rpcUrl);
  console.log(
    `chain   ${rpcUrl} ${goesOn ? 'goes on from' : 'starts in'} ${relative(process.cwd(), home) || '.'}`,
  );

  if (market.worker) await startProvider(market, { rpcUrl, home, logs });

  await waitUntil('the app to answer', async () => (await fetch(url)).ok, 120_000);
  if (market.seed) startDemoClient(market, { rpcUrl, logs });
  console.log(`app     ${url}`);
  console.log('Ctrl-C stops everything.');
}

/** Makes the development account a provider, once a chain, and starts its worker. */
async function startProvider(market, { rpcUrl, home, logs }) {
  const { processes, browser, url } = market;
  const provider = { rpcUrl, owner: workerOwner, folder: workerFolder(join(home, 'worker')) };
  mkdirSync(join(home, 'worker'), { recursive: true });
  await registerProvider(processes, provider);
  startWorker(
    processes,
    { ...provider, contentUrl: url, browser },
    {
      onLine: logTo(join(logs, 'worker.log'), (line) => console.log(`worker  ${line}`)),
      onExit: (how) => console.error(`worker  ended by itself (${how}); everything else goes on.`),
    },
  );
}

/** Starts the demo client, which fills a new board and confirms one offer; it ends when it has nothing left to do. */
function startDemoClient(market, { rpcUrl, logs }) {
  const { processes, url } = market;
  const line = logTo(join(logs, 'demo-client.log'), (text) => console.log(`demo    ${text}`));
  processes.start('demo client', process.execPath, [tsx, 'scripts/demo-client.ts', rpcUrl, url], {
    onLine: line,
  });
}

/** Writes every line to a file and hands it to `show`. */
function logTo(file, show) {
  const log = createWriteStream(file);
  return (line) => {
    log.write(`${line}\n`);
    show(line);
  };
}
