'use client';

import type { TxAction } from '@opengpu/sdk/market/tx-action';
import type { TransactionReceipt } from 'viem';
import { useSwitchChain } from 'wagmi';
import { deployment } from '@/components/market/environment';
import { Button } from '@/components/ui/button';
import { appChain } from '@/components/wallet/app-chain';
import { useWallet } from '@/components/wallet/use-wallet';
import { useWalletModal } from '@/components/wallet/wallet-modal';
import { usePresentTransaction } from './transaction-provider';

interface TransactionButtonProps<Input> {
  action: TxAction<Input>;
  /** Makes the input when pressed; undefined: something is still wrong, and shown where it is. */
  input(): Input | undefined | Promise<Input | undefined>;
  /** Instead of the action's own label, where several stand together. */
  label?: string;
  tone?: 'safelight' | 'plain' | 'fault';
  small?: boolean;
  disabled?: boolean;
  onDone?(input: Input, receipt: TransactionReceipt): void;
}

/** The one way to write: connect or switch first where needed, then review → wallet → pending → done or an explained failure. */
export function TransactionButton<Input>({
  action,
  input,
  label = action.label,
  tone = 'safelight',
  small,
  disabled,
  onDone,
}: TransactionButtonProps<Input>) {
  const wallet = useWallet();
  const connect = useWalletModal();
  const present = usePresentTransaction();
  const { switchChain, isPending } = useSwitchChain();

  async function press() {
    const made = await input();
    if (made === undefined || !deployment) return;
    await present({
      title: label,
      lines: action.review(made),
      call: action.request(deployment, made),
      onDone: (receipt) => onDone?.(made, receipt),
    });
  }

  switch (wallet.kind) {
    case 'none':
    case 'connecting':
      return (
        <Button
          tone={tone}
          small={small}
          disabled={wallet.kind === 'connecting'}
          onClick={() => connect('connect')}
        >
          Connect wallet to {label.charAt(0).toLowerCase() + label.slice(1)}
        </Button>
      );
    case 'wrongNetwork':
      return (
        <Button
          tone={tone}
          small={small}
          disabled={isPending}
          onClick={() => switchChain({ chainId: appChain.id })}
        >
          Switch to {appChain.name}
        </Button>
      );
    case 'ready':
      return (
        <Button tone={tone} small={small} disabled={disabled || !deployment} onClick={press}>
          {label}
        </Button>
      );
    default:
      return wallet satisfies never;
  }
}
