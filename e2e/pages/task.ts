import type { Page } from '@playwright/test';

/** `/tasks/[id]`: state, offers, result, terms, timeline. */
export function taskPage(page: Page) {
  const offers = page.getByRole('article', { name: /^Offer of 0x/ });
  return {
    status: page.getByRole('main').getByRole('status').first(),
    offers,
    offerOf: (provider: string) => page.getByRole('article', { name: `Offer of ${provider}` }),
    previews: offers.getByLabel('Preview'),
    confirm: (provider: string) =>
      page
        .getByRole('article', { name: `Offer of ${provider}` })
        .getByRole('button', { name: 'Confirm offer' }),
    picture: page.getByTestId('picture').first(),
    addressFound: page.getByText('Address found', { exact: true }).locator('xpath=following-sibling::p'),
    downloadRaw: page.getByRole('button', { name: 'Download raw' }),
    downloadPng: page.getByRole('button', { name: 'Download PNG' }),
    reportMissed: page.getByRole('main').getByRole('button', { name: 'Report missed delivery' }),
    reclaim: page.getByRole('main').getByRole('button', { name: /reclaim|refund/i }),
    cancel: page.getByRole('main').getByRole('button', { name: /cancel/i }),
    timeline: page.getByRole('list', { name: 'Events, newest first' }).getByRole('listitem'),
  };
}
