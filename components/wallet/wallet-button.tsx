'use client';

import { useSwitchChain } from 'wagmi';
import { shortHex } from '@/components/ui/account-name';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { appChain } from './app-chain';
import { useWallet } from './use-wallet';
import { useWalletModal } from './wallet-modal';

/** The wallet in the header: connect, the wrong network in one press, or who is connected. */
export function WalletButton() {
  const wallet = useWallet();
  const open = useWalletModal();
  const { switchChain, isPending } = useSwitchChain();
  switch (wallet.kind) {
    case 'connecting':
      return (
        <Button small disabled>
          Connecting
        </Button>
      );
    case 'none':
      return (
        <Button small tone="safelight" onClick={() => open('connect')}>
          Connect wallet
        </Button>
      );
    case 'wrongNetwork':
      return (
        <Button small tone="fault" disabled={isPending} onClick={() => switchChain({ chainId: appChain.id })}>
          Switch to {appChain.name}
        </Button>
      );
    case 'ready':
      return (
        <Button small onClick={() => open('account')} aria-label={`Wallet ${wallet.address}`}>
          <Avatar address={wallet.address} />
          <span className="font-mono">{shortHex(wallet.address)}</span>
        </Button>
      );
    default:
      return wallet satisfies never;
  }
}
