import type { Page } from '@playwright/test';

/** `/account`: balance, refunds, own tasks. */
export function accountPage(page: Page) {
  const main = page.getByRole('main');
  return {
    balance: main.getByRole('status', { name: 'Balance in the vault' }).locator('data'),
    withdrawAmount: page.getByLabel('Amount to withdraw'),
    depositAmount: page.getByLabel('Amount to deposit'),
    withdraw: main.getByRole('button', { name: 'Withdraw', exact: true }),
    deposit: main.getByRole('button', { name: 'Deposit', exact: true }),
    all: main.getByRole('button', { name: 'All of it' }),
    reclaim: main.getByRole('button', { name: 'Reclaim escrow' }),
    alerts: page.getByRole('alert'),
  };
}
