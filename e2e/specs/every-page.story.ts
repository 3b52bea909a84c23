import AxeBuilder from '@axe-core/playwright';
import { HandProvider } from '../fixtures/hand-provider';
import { publishFractal, publishSearch } from '../fixtures/publish';
import { expect, test } from '../fixtures/story';
import { boardPage } from '../pages/board';

const widths = [390, 1440];

test('every page is accessible, light and dark, on a phone and on a wide screen', async ({
  chain,
  visit,
}) => {
  test.slow();
  const { task, taskId } = await publishFractal(chain);
  await publishSearch(chain);
  const provider = new HandProvider(chain, 'provider');
  await provider.register();
  await provider.offerEmpty(task, task.maxPrice);

  const { page } = await visit('client');
  await expect(boardPage(page).tasks).toHaveCount(2);
  for (const path of ['/', `/tasks/${taskId}`, '/publish', '/provide', '/account', '/no-such-page']) {
    await page.goto(path);
    await expect(page.getByRole('main')).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        const where = `${path}, ${colorScheme}, ${width} wide`;
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
        expect.soft(found, where).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect.soft(overflow, `${where}: nothing sticks out`).toBe(0);
      }
    }
  }
});

test('a visitor without a wallet sees the market live', async ({ chain, visit }) => {
  const { page } = await visit('stranger');
  const board = boardPage(page);
  await expect(board.empty).toBeVisible();
  const { taskId } = await publishFractal(chain);
  await expect(board.tasks).toHaveCount(1);
  await board.tasks.getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`/tasks/${taskId}$`));
});
