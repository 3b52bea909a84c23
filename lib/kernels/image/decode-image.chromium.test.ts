import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Picture } from '../picture.ts';
import { openChromiumPage } from '../testing/chromium-page.ts';
import { decodeImage } from './decode-image.ts';

vi.setConfig({ testTimeout: 60_000 });

let page: Page;
let close: (() => Promise<void>) | undefined;
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('decode-image.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'images',
  });
  ({ page, close } = await openChromiumPage(outputFiles[0]?.text));
}, 60_000);
afterAll(() => close?.());

declare const images: { decodeImage: typeof decodeImage };

const files = ['scene.png', 'baseline.jpg', 'progressive.jpg', 'grey.jpg', 'rgb.jpg', 'turned.jpg'].map(
  (name) => [name, new URL(`fixtures/${name}`, import.meta.url)] as const,
);
files.push(['the example picture', new URL('../../../public/examples/landscape.png', import.meta.url)]);

test.each(files)('%s: the browser decodes the same words as Node', async (_, url) => {
  const file = readFileSync(url);
  const { width, height, words } = await decodeImage(file);
  const inBrowser = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const picture = await images.decodeImage(bytes);
    return { width: picture.width, height: picture.height, words: [...picture.words] };
  }, file.toString('base64'));
  expect([inBrowser.width, inBrowser.height]).toEqual([width, height]);
  expect(same({ width, height, words: Uint32Array.from(inBrowser.words) }, words)).toBe(true);
});

test('scene.png: the words are the pixels that the browser itself would show', async () => {
  const file = readFileSync(new URL('fixtures/scene.png', import.meta.url));
  const { width, height, words } = await decodeImage(file);
  const shown = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]), { colorSpaceConversion: 'none' });
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    return [...(context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [])];
  }, file.toString('base64'));
  const view = new DataView(Uint8Array.from(shown).buffer);
  const pixels = Uint32Array.from({ length: width * height }, (_, index) => view.getUint32(4 * index));
  expect(same({ width, height, words: pixels }, words)).toBe(true);
});

function same(picture: Picture, words: Uint32Array): boolean {
  return picture.words.length === words.length && picture.words.every((word, index) => word === words[index]);
}
