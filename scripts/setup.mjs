// What a fresh clone lacks: packages, the Foundry binaries, a browser. Runs before anything is installed,
// so it imports nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** A failure that the user can do something about: shown as its sentence alone, without a stack. */
export class Stop extends Error {}

/** Runs `main`, turning a `Stop` into its sentence and exit code 1. */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** The command line's options; an unknown one ends with a sentence instead of a stack. */
export function options(spec) {
  try {
    return parseArgs({ options: spec }).values;
  } catch (error) {
    throw new Stop(`${error.message.split('. ')[0]}.`);
  }
}

/** Environment for everything that is started: the workspace's own binaries first in PATH, no telemetry. */
export function childEnv(extra = {}) {
  return {
    ...process.env,
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
    NEXT_TELEMETRY_DISABLED: '1',
    ...extra,
  };
}

/** Installs the packages of package-lock.json unless node_modules holds them already. */
export function installPackages() {
  const missing = missingPackage();
  if (missing === undefined) return;
  console.log(`Installing packages with npm ci (${missing}) …`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  throw new Stop('npm ci failed (its output is above); check the network and run the command again.');
}

/** Why node_modules does not match package-lock.json, or undefined when it does. */
function missingPackage() {
  const installedLock = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedLock)) return 'node_modules is missing';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/') || entry.link) continue;
    const have = installed[path];
    // An optional package of another platform is rightly absent.
    if (have === undefined && entry.optional) continue;
    if (have === undefined || have.version !== entry.version) return `${path} is missing or old`;
  }
  return undefined;
}

/** Checks that forge and anvil run here: from npm on Linux x64, from PATH elsewhere. */
export function requireFoundry() {
  for (const name of ['forge', 'anvil']) {
    if (spawnSync(name, ['--version'], { env: childEnv(), stdio: 'ignore' }).status !== 0) {
      throw new Stop(
        `${name} was not found: install Foundry (https://getfoundry.sh) so that ${name} is in PATH, then run the command again.`,
      );
    }
  }
}

/** Path of a Chromium with WebGPU; installs Debian's when allowed to, else says which command does. */
export function requireBrowser() {
  const found = findBrowser();
  if (found) return found;
  const apt = existsSync('/usr/bin/apt-get');
  if (apt && process.getuid?.() === 0) {
    console.log('Installing a browser with apt-get (chromium) …');
    const options = {
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    spawnSync('apt-get', ['update'], options);
    const result = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
    const installed = findBrowser();
    if (result.status === 0 && installed) return installed;
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
    throw new Stop('apt-get could not install chromium (its output is above).');
  }
  const command = apt ? 'sudo apt-get install -y chromium' : 'npx playwright install chromium';
  throw new Stop(
    `No Chromium was found for the provider's GPU work: run \`${command}\`, or name one in CHROMIUM_PATH.`,
  );
}

function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Stop(`CHROMIUM_PATH names ${named}, which is not an executable file.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const places = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...playwrightBrowsers(),
  ];
  return places.find(isExecutable);
}

/** Browsers that `npx playwright install chromium` left in its cache, newest first. */
function playwrightBrowsers() {
  const caches = [join(homedir(), '.cache/ms-playwright'), join(homedir(), 'Library/Caches/ms-playwright')];
  return caches.filter(existsSync).flatMap((cache) =>
    readdirSync(cache)
      .filter((name) => /^chromium-\d+$/.test(name))
      .sort()
      .reverse()
      .flatMap((name) => [
        join(cache, name, 'chrome-linux/chrome'),
        join(cache, name, 'chrome-linux64/chrome'),
        join(cache, name, 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'),
      ]),
  );
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
