import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { deploymentOf } from '@opengpu/sdk/contracts/deployments';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Address, formatEther, getAddress, isAddress, parseEther } from 'viem';
import { createKeystore, readKeystore } from '../../keys/keystore.ts';
import { defaultSettings } from '../../policy/settings.ts';
import { Exit, exitCode } from './exit-code.ts';
import { registration, sendRegistration } from './register.ts';
import { jsonReport, textReport } from './report.ts';
import { startHeadless } from './start.ts';

const home = join(homedir(), '.opengpu');

const program = new Command('opengpu-worker')
  .description('Computes for an OpenGPU market in headless Chromium and gets paid.')
  .addHelpText(
    'after',
    `
Exit codes: 0 stopped as asked · 1 failed · 2 wrong options, keystore or password · 3 no browser ·
4 no WebGPU · 5 wrong chain · 6 the provider does not allow this operator.
Without gas, or with the RPC out of reach, it waits and says so.

First time:  init, then register (the owner's wallet signs), then start.`,
  )
  .showHelpAfterError()
  .exitOverride(({ exitCode: code }) => process.exit(code === 0 ? exitCode.stopped : exitCode.usage));

const shared = (command: Command) =>
  command
    .option('--chain-id <id>', 'chain of the market', integer, 31337)
    .option('--rpc <url>', 'JSON-RPC of the chain', url, 'http://127.0.0.1:8545')
    .option('--keystore <file>', "the operator's Web3 keystore", join(home, 'operator.json'))
    .option('--password-file <file>', 'file with its password', join(home, 'operator.password'));

const start = shared(program.command('start', { isDefault: true }))
  .description('work until stopped (the default)')
  .requiredOption('--provider <address>', "the provider's owner address", address)
  .option('--profile <folder>', 'browser profile with the journal; keep it', join(home, 'profile'))
  .option('--content-url <url>', 'content store for large inputs and outputs', url, 'http://127.0.0.1:3000')
  .addOption(ethOption('--lowest-price <eth>', 'lowest price a shard', defaultSettings.lowestPriceWei))
  .option(
    '--ask-percent <n>',
    "Manual Confirmation: ask, percent of the task's highest price",
    percent,
    defaultSettings.askPercent,
  )
  .option(
    '--browser-flag <flag...>',
    'further flags for Chromium, e.g. --browser-flag=--enable-features=Vulkan',
    [],
  )
  .option('--json', 'one JSON object a line instead of text', false)
  .action(async (options) => {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        stop.abort();
        // Whatever is still starting or hanging: Chromium ends with this process, and the journal is on disk.
        setTimeout(() => process.exit(exitCode.stopped), 900).unref();
      });
    }
    const { key } = await open(options.keystore, options.passwordFile);
    const output = {
      write: (text: string) => process.stdout.write(text),
      isTerminal: process.stdout.isTTY === true,
    };
    await startHeadless(
      {
        deployment: deployment(options.chainId),
        rpcUrl: options.rpc,
        provider: options.provider,
        contentUrl: options.contentUrl,
        settings: { ...defaultSettings, lowestPriceWei: options.lowestPrice, askPercent: options.askPercent },
      },
      key,
      { profile: options.profile, flags: options.browserFlag },
      options.json ? jsonReport(output) : textReport(output),
      stop.signal,
    );
  });

program.addHelpText('after', () => `\n${start.helpInformation()}`);

program
  .command('init')
  .description("make the operator's keystore, and a password if there is none")
  .option('--keystore <file>', 'where to write it', join(home, 'operator.json'))
  .option(
    '--password-file <file>',
    'its password; made at random if missing',
    join(home, 'operator.password'),
  )
  .action(async ({ keystore, passwordFile }) => {
    if (existsSync(keystore)) throw new Exit(exitCode.usage, `${keystore} exists: it is never overwritten.`);
    for (const file of [keystore, passwordFile]) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (!existsSync(passwordFile)) {
      writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    }
    const operator = await createKeystore(keystore, password(passwordFile));
    process.stdout.write(`${operator}\n`);
  });

shared(program.command('register'))
  .description("print the transaction by which an owner's wallet becomes a provider, or send it")
  .requiredOption('--provider <address>', "the owner's address", address)
  .addOption(ethOption('--stake <eth>', 'own stake', parseEther('1')))
  .option('--lock-limit <eth>', 'most that may be locked at a time (twice the stake)', eth)
  .addOption(ethOption('--float <eth>', "gas money for the operator's key", parseEther('0.1')))
  .option('--commission-percent <n>', "the provider's part of earnings", percent, 100)
  .option('--owner-keystore <file>', "the owner's Web3 keystore: sends the transaction")
  .option('--owner-password-file <file>', 'file with its password')
  .action(async (options) => {
    const market = deployment(options.chainId);
    const operator = await open(options.keystore, options.passwordFile);
    const input = {
      provider: options.provider,
      stakeWei: options.stake,
      commissionBps: options.commissionPercent * 100,
      lockLimitWei: options.lockLimit ?? options.stake * 2n,
      operator: operator.address,
      floatWei: options.float,
    };
    const { transaction, words } = registration(market, input);
    for (const line of words) process.stderr.write(`${line}\n`);
    if (options.ownerKeystore === undefined) {
      process.stderr.write('Sign this transaction with the owner’s wallet:\n');
      process.stdout.write(`${JSON.stringify(transaction)}\n`);
      return;
    }
    const owner = await open(options.ownerKeystore, options.ownerPasswordFile);
    if (owner.address !== options.provider) {
      throw new Exit(
        exitCode.usage,
        `${options.ownerKeystore} is ${owner.address}, not the owner ${options.provider}.`,
      );
    }
    const hash = await sendRegistration(market, input, options.rpc, owner.key, new AbortController().signal);
    process.stdout.write(`${JSON.stringify({ transactionHash: hash })}\n`);
  });

try {
  await program.parseAsync();
  process.exit(exitCode.stopped);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof Exit ? error.code : exitCode.failed);
}

function deployment(chainId: number) {
  const known = deploymentOf(chainId);
  if (!known) throw new Exit(exitCode.wrongChain, `No market is known on chain ${chainId}.`);
  return known;
}

async function open(keystore: string, passwordFile: string | undefined) {
  if (!existsSync(keystore))
    throw new Exit(exitCode.usage, `There is no keystore at ${keystore}: make one with init.`);
  try {
    return await readKeystore(keystore, password(passwordFile));
  } catch (error) {
    if (error instanceof Exit) throw error;
    throw new Exit(exitCode.usage, error instanceof Error ? error.message : String(error));
  }
}

function password(file: string | undefined): string {
  if (file === undefined || !existsSync(file)) {
    throw new Exit(exitCode.usage, `There is no password file${file ? ` at ${file}` : ''}.`);
  }
  return readFileSync(file, 'utf8').trim();
}

function address(text: string): Address {
  if (!isAddress(text, { strict: false })) throw new InvalidArgumentError('An address is 0x and 40 digits.');
  return getAddress(text);
}

function eth(text: string): bigint {
  if (!/^\d+(\.\d{1,18})?$/.test(text)) throw new InvalidArgumentError('An amount is like 0.25.');
  return parseEther(text);
}

function ethOption(name: string, description: string, defaultWei: bigint): Option {
  return new Option(name, description).argParser(eth).default(defaultWei, `${formatEther(defaultWei)} ETH`);
}

function integer(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
}

function percent(text: string): number {
  const value = integer(text);
  if (value < 1 || value > 100) throw new InvalidArgumentError('A whole number from 1 to 100 is expected.');
  return value;
}

function url(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new InvalidArgumentError('An http(s) URL is expected.');
  return text.replace(/\/+$/, '');
}
