'use client';

import { explainError } from '@opengpu/sdk/protocol/errors';
import { deployment } from '@/components/market/environment';
import { Button } from '@/components/ui/button';
import { EmptyFrame } from '@/components/ui/empty-frame';
import { Note } from '@/components/ui/note';
import { Section } from '@/components/ui/section';
import { useWallet } from '@/components/wallet/use-wallet';
import { useWalletModal } from '@/components/wallet/wallet-modal';
import { BecomeProviderForm } from './become-provider-form';
import { GpuReport } from './gpu-report';
import { MoveToMarket } from './move-to-market';
import { ProviderPanel } from './provider-panel';
import { useProviderOnChain } from './use-provider-on-chain';
import { WorkerPanel } from './worker-panel';

/** From a browser with a GPU to a provider at work. */
export function ProvidePage() {
  const wallet = useWallet();
  const connect = useWalletModal();
  const address = wallet.kind === 'ready' || wallet.kind === 'wrongNetwork' ? wallet.address : undefined;
  const provider = useProviderOnChain(address);
  if (!address) {
    return (
      <div className="grid gap-8">
        <GpuReport />
        <EmptyFrame title="Connect the wallet that will own the stake">
          <p>
            It signs once, to stake and to allow a working key. The work itself needs no further signatures.
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
      </div>
    );
  }
  const registered =
    provider.data !== undefined && provider.data.market !== undefined && provider.data.stakeWei > 0n;
  const servesAnother =
    registered && provider.data.market?.toLowerCase() !== deployment?.market.toLowerCase();

  return (
    <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_380px]">
      <div className="lg:col-span-2">
        <GpuReport />
      </div>
      <div className="grid min-w-0 content-start gap-12">
        {provider.error && !provider.data ? (
          <Note tone="fault" role="alert" title="Your provider record cannot be read.">
            {explainError(provider.error)}
          </Note>
        ) : null}
        {provider.data && !registered ? (
          <Section title="Become a provider">
            <BecomeProviderForm provider={address} />
          </Section>
        ) : null}
        {servesAnother ? <MoveToMarket /> : registered ? <WorkerPanel provider={address} /> : null}
      </div>
      <div className="grid min-w-0 content-start gap-12">
        {registered ? <ProviderPanel onChain={provider.data} /> : null}
      </div>
    </div>
  );
}
