import type { Page } from '@playwright/test';

/** `/publish`: template, parameters, terms, summary. */
export function publishPage(page: Page) {
  const summary = page.getByRole('complementary', { name: 'Summary' });
  return {
    template: (title: string) => page.getByRole('radio', { name: title }),
    choice: (label: string) => page.getByRole('radio', { name: label, exact: true }),
    field: (label: string) => page.getByLabel(label, { exact: true }),
    file: page.locator('input[type=file]'),
    /** Name and size of the picture that was chosen. */
    chosen: page.getByText(/^.+: \d+ × \d+$/),
    preset: (title: string) => page.getByRole('button', { name: title }),
    price: page.getByLabel('Highest price a shard'),
    summary,
    highestCost: summary.getByRole('status', { name: 'The most it can cost' }).locator('data'),
    publish: summary.getByRole('button', { name: 'Publish task', exact: true }),
    alerts: page.getByRole('alert'),
  };
}
