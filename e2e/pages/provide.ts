import type { Page } from '@playwright/test';

/** `/provide`: this machine, becoming a provider, the worker of this tab. */
export function providePage(page: Page) {
  const main = page.getByRole('main');
  return {
    machine: main.getByText('This browser can compute with it.'),
    noGpu: main.getByRole('alert').filter({ hasText: 'This browser offers no GPU.' }),
    become: main.getByRole('button', { name: 'Become a provider', exact: true }),
    stake: page.getByLabel('Stake', { exact: true }),
    lockLimit: page.getByLabel('Lock limit', { exact: true }),
    start: main.getByRole('button', { name: 'Start working' }),
    stop: main.getByRole('button', { name: 'Stop working' }),
    working: main.getByRole('status').filter({ hasText: /Watching|Working/ }),
    failed: main.getByRole('alert').filter({ hasText: 'The worker cannot go on.' }),
    /** A job of the list by its task's name. */
    job: (name: string) => main.getByRole('listitem').filter({ has: page.getByRole('link', { name }) }),
    log: main.getByRole('list', { name: 'Log, newest first' }),
  };
}
