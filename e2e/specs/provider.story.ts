import { chromium } from '@playwright/test';
import { requireBrowser } from '../../scripts/setup.mjs';
import { expect, test } from '../fixtures/story';
import { providePage } from '../pages/provide';

test('a browser without WebGPU is told what to do', async ({ app }) => {
  const browser = await chromium.launch({
    executablePath: requireBrowser(),
    args: ['--disable-features=WebGPU'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${app}/provide`);
    const { noGpu, machine } = providePage(page);
    await expect(noGpu).toContainText(/WebGPU|GPU/);
    await expect(noGpu).toContainText(/chrome|browser|flag|driver/i);
    await expect(machine).toBeHidden();
  } finally {
    await browser.close();
  }
});
