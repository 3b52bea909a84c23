// Makes the README's pictures: starts a market of its own, lets it live, and photographs three pages of it.
import './node-version.mjs';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.mjs';
import { Processes } from './processes.mjs';
import { installPackages, requireBrowser, requireFoundry, root, run } from './setup.mjs';

const pictures = join(root, 'docs/pictures');
const viewport = { width: 1440, height: 1000 };
/** Long enough for a busy machine to render a fractal on its CPU. */
const patience = 180_000;

await run(async () => {
  installPackages();
  requireFoundry();
  const browser = requireBrowser();
  const state = mkdtempSync(join(tmpdir(), 'opengpu-pictures-'));
  const processes = new Processes();
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => processes.stopAll().then(() => process.exit(1)));
  try {
    const url = await startMarket(processes, state);
    mkdirSync(pictures, { recursive: true });
    await photograph(browser, url);
  } finally {
    await processes.stopAll();
    rmSync(state, { recursive: true, force: true });
  }
});

/** `npm run dev` on ports of its own; resolves with its address once the demo client has nothing left to do. */
async function startMarket(processes, state) {
  const [port, rpcPort] = [await freePort(), await freePort()];
  const args = ['scripts/dev.mjs', '--state', state, '--port', `${port}`, '--rpc-port', `${rpcPort}`];
  await new Promise((resolve, reject) => {
    processes.start('market', process.execPath, args, {
      env: { OPENGPU_DIST: '.opengpu/next-pictures' },
      onLine: (line) => {
        console.log(line);
        if (line.startsWith('demo') && line.includes('has everything')) resolve(undefined);
      },
      onExit: (how, tail) => reject(new Error(`npm run dev ended (${how}): ${tail}`)),
    });
  });
  return `http://127.0.0.1:${port}`;
}

async function photograph(executablePath, url) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath,
    args: ['--enable-unsafe-webgpu', '--no-first-run'],
  });
  try {
    const open = async (path, wallet) => {
      const context = await browser.newContext({ viewport, colorScheme: 'light' });
      const page = await context.newPage();
      page.setDefaultTimeout(patience);
      await page.goto(`${url}${path}`);
      if (wallet) await connect(page, wallet);
      return page;
    };
    const tab = await open('/provide', 'Development provider');
    await tab.getByRole('button', { name: 'Become a provider', exact: true }).click();
    await sign(tab);
    await tab.getByRole('button', { name: 'Start working' }).click();

    const client = await open('/publish', 'Development client');
    await client.getByRole('button', { name: 'Reef on the needle' }).click();
    await client.getByRole('button', { name: 'Publish task', exact: true }).click();
    await sign(client);
    const offers = client.getByRole('article', { name: /^Offer of 0x/ });
    await offers.nth(1).waitFor();
    await offers.last().getByRole('button', { name: 'Confirm offer' }).click();
    await sign(client);
    await client.getByText(/^(3\d|4\d) of 64 shards answered$/).waitFor();
    await shoot(client, 'task', 1);
    await tab.getByText('Paid', { exact: true }).first().waitFor();
    await shoot(tab, 'provide', 0);
    const board = await open('/');
    await board.getByRole('article').nth(5).waitFor();
    await shoot(board, 'board', 3);
  } finally {
    await browser.close();
  }
}

/** Connects one of the local chain's own wallets. */
async function connect(page, wallet) {
  await page.getByRole('banner').getByRole('button', { name: 'Connect wallet' }).click();
  await page.getByRole('dialog').getByRole('button', { name: wallet }).click();
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Wallet 0x/ })
    .waitFor();
}

async function sign(page) {
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in wallet' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
}

/** Waits until so many pictures on the page show something: their pixels come after the page. */
async function developed(page, least) {
  await page.waitForFunction((count) => {
    const shown = [...document.querySelectorAll('canvas')].filter((picture) => {
      const pixels = picture.getContext('2d')?.getImageData(0, 0, picture.width, picture.height).data;
      return pixels?.some((value) => value > 0);
    });
    return shown.length >= count;
  }, least);
  await page.evaluate(() => document.fonts.ready);
}

/** Takes the picture as WebP, a third of the PNG's size; the browser itself encodes it. */
async function shoot(page, name, leastPictures) {
  await developed(page, leastPictures);
  const png = await page.screenshot({ animations: 'disabled' });
  const blank = await page.context().newPage();
  const webp = await blank.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.85);
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  await blank.close();
  writeFileSync(join(pictures, `${name}.webp`), Buffer.from(webp.slice(webp.indexOf(',') + 1), 'base64'));
  console.log(`docs/pictures/${name}.webp`);
}
