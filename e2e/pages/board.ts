import type { Page } from '@playwright/test';

/** `/`: the contact sheet of tasks. */
export function boardPage(page: Page) {
  const tasks = page.getByRole('main').getByRole('article');
  return {
    tasks,
    task: (name: string) => page.getByRole('main').getByRole('link', { name }),
    empty: page.getByText('Nobody has published a task yet'),
  };
}
