import type { Page } from '@playwright/test';
import { walletName } from '../fixtures/wallet';

/** What every page has: the header, the wallet's dialog, the dialog of a transaction. */
export function frame(page: Page) {
  const dialog = page.getByRole('dialog');
  const header = page.getByRole('banner');
  return {
    block: header.getByText(/^Block \d+$/i),
    connect: header.getByRole('button', { name: 'Connect wallet' }),
    walletInDialog: dialog.getByRole('button', { name: walletName }),
    wallet: header.getByRole('button', { name: /^Wallet 0x/ }),
    switchNetwork: header.getByRole('button', { name: /^Switch to / }),
    /** Says across the page that the chain does not answer. */
    chainLost: page.getByText(/^No chain in reach/),
    dialog,
    sign: dialog.getByRole('button', { name: 'Sign in wallet' }),
    done: dialog.getByText(/^Done, in block/),
    nothingSent: dialog.getByText('Nothing was sent.', { exact: true }),
    tryAgain: dialog.getByRole('button', { name: 'Try again' }),
    goOn: dialog.getByRole('button', { name: 'Continue' }),
    close: dialog.getByRole('button', { name: 'Close' }),
  };
}
