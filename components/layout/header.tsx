import { ChainEdge } from '@/components/market/chain-edge';
import { WorkerLight } from '@/components/provider/worker-light';
import { WalletButton } from '@/components/wallet/wallet-button';
import { Navigation } from './navigation';
import { type ThemeChoice, ThemeToggle } from './theme-toggle';
import { Wordmark } from './wordmark';

/** Top of every page. */
export function Header({ theme }: { theme: ThemeChoice }) {
  return (
    <header className="border-b border-line">
      <div className="mx-auto grid max-w-[1440px] grid-cols-[1fr_auto] items-center gap-x-6 px-4 sm:px-8 md:grid-cols-[auto_1fr_auto] md:py-2">
        <div className="py-3">
          <Wordmark />
        </div>
        <div className="order-last col-span-2 md:order-none md:col-span-1">
          <Navigation />
        </div>
        <div className="flex items-center gap-3">
          <WorkerLight />
          <ChainEdge />
          <ThemeToggle initial={theme} />
          <WalletButton />
        </div>
      </div>
    </header>
  );
}
