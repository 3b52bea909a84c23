'use client';

import type { Address } from 'viem';
import { useAccount } from 'wagmi';
import { appChain } from './app-chain';

/** Where the visitor's wallet stands. */
export type WalletState =
  | { kind: 'none' }
  | { kind: 'connecting' }
  | { kind: 'wrongNetwork'; address: Address }
  | { kind: 'ready'; address: Address };

/** The visitor's wallet as one of four states. */
export function useWallet(): WalletState {
  const { status, address, chainId } = useAccount();
  if (status === 'connecting' || status === 'reconnecting') return { kind: 'connecting' };
  if (!address) return { kind: 'none' };
  return chainId === appChain.id ? { kind: 'ready', address } : { kind: 'wrongNetwork', address };
}

/** The connected address, on whatever network. */
export function useWalletAddress(): Address | undefined {
  const wallet = useWallet();
  return wallet.kind === 'ready' || wallet.kind === 'wrongNetwork' ? wallet.address : undefined;
}
