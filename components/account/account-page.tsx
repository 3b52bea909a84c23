'use client';

import { deposit } from '@opengpu/sdk/market/deposit';
import { withdraw } from '@opengpu/sdk/market/withdraw';
import { explainError } from '@opengpu/sdk/protocol/errors';
import type { Address } from 'viem';
import { Button } from '@/components/ui/button';
import { EmptyFrame } from '@/components/ui/empty-frame';
import { Eth } from '@/components/ui/eth';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { useWallet } from '@/components/wallet/use-wallet';
import { useWalletModal } from '@/components/wallet/wallet-modal';
import { AmountForm } from './amount-form';
import { History } from './history';
import { MyTasks } from './my-tasks';
import { Refunds } from './refunds';
import { useBalances } from './use-balances';

/** The visitor's money and tasks. */
export function AccountPage() {
  const wallet = useWallet();
  const connect = useWalletModal();
  if (wallet.kind === 'none' || wallet.kind === 'connecting') {
    return (
      <EmptyFrame title="Connect a wallet to see what is yours">
        <p>
          Balance, tasks and refunds belong to an address; the page reads them, it cannot move them without
          you.
        </p>
        <Button
          tone="safelight"
          className="mt-4"
          disabled={wallet.kind === 'connecting'}
          onClick={() => connect('connect')}
        >
          Connect wallet
        </Button>
      </EmptyFrame>
    );
  }
  return <Account address={wallet.address} />;
}

function Account({ address }: { address: Address }) {
  const balances = useBalances(address);
  return (
    <div className="grid gap-x-12 gap-y-12 lg:grid-cols-[380px_minmax(0,1fr)]">
      <div className="grid min-w-0 content-start gap-12">
        <Section title="Balance in the vault">
          {balances.error && !balances.data ? (
            <Note tone="fault" role="alert" title="The balance cannot be read.">
              {explainError(balances.error)}
            </Note>
          ) : (
            <p className="text-[34px] leading-10 font-medium" role="status" aria-label="Balance in the vault">
              {balances.data ? <Eth wei={balances.data.vaultWei} /> : <span className="figure">–</span>}
            </p>
          )}
          <p className="text-[14px] leading-6 text-soft">
            Refunds and earnings arrive here. In your wallet:{' '}
            {balances.data ? <Eth wei={balances.data.walletWei} /> : '–'}.
          </p>
          <div className="grid gap-6">
            <AmountForm
              action={withdraw}
              account={address}
              label="Amount to withdraw"
              availableWei={balances.data?.vaultWei}
              canTakeAll
            />
            <AmountForm
              action={deposit}
              account={address}
              label="Amount to deposit"
              availableWei={balances.data?.walletWei}
              canTakeAll={false}
            />
          </div>
        </Section>
      </div>
      <div className="grid min-w-0 content-start gap-12">
        <Refunds client={address} />
        <MyTasks client={address} />
        <History account={address} />
      </div>
    </div>
  );
}
