'use client';

import '@rainbow-me/rainbowkit/styles.css';
import {
  lightTheme,
  RainbowKitProvider,
  type Theme,
  useAccountModal,
  useConnectModal,
} from '@rainbow-me/rainbowkit';
import { useEffect, useRef } from 'react';
import { isAddress } from 'viem';
import { Avatar } from '@/components/ui/avatar';
import type { WalletModalRequest } from './wallet-modal';

/** RainbowKit in the app's own colours; the variables follow light and dark by themselves. */
const base = lightTheme({ borderRadius: 'small', fontStack: 'system', overlayBlur: 'none' });
const theme: Theme = {
  ...base,
  colors: {
    ...base.colors,
    accentColor: 'var(--safelight-ink)',
    accentColorForeground: 'var(--sheet)',
    actionButtonBorder: 'var(--line)',
    actionButtonSecondaryBackground: 'var(--raised)',
    closeButton: 'var(--ink-soft)',
    closeButtonBackground: 'var(--unexposed)',
    generalBorder: 'var(--line)',
    generalBorderDim: 'var(--line)',
    menuItemBackground: 'var(--safelight-wash)',
    modalBackdrop: 'rgb(0 0 0 / 0.55)',
    modalBackground: 'var(--sheet)',
    modalBorder: 'var(--line)',
    modalText: 'var(--ink)',
    modalTextDim: 'var(--ink-soft)',
    modalTextSecondary: 'var(--ink-soft)',
    profileAction: 'var(--raised)',
    profileActionHover: 'var(--unexposed)',
    profileForeground: 'var(--sheet)',
    selectedOptionBorder: 'var(--safelight)',
  },
  fonts: { body: 'var(--font-geist-sans), system-ui, sans-serif' },
};

/** The avatar that the rest of the app shows, instead of an emoji. */
function TileAvatar({ address, size }: { address: string; size: number }) {
  return isAddress(address) ? <Avatar address={address} size={size} /> : null;
}

/** Loaded on the first wish to connect: RainbowKit is half of the app's first load otherwise. */
export default function RainbowHost({ request }: { request: WalletModalRequest }) {
  return (
    <RainbowKitProvider theme={theme} modalSize="compact" avatar={TileAvatar}>
      <Opener request={request} />
    </RainbowKitProvider>
  );
}

function Opener({ request }: { request: WalletModalRequest }) {
  const { openConnectModal } = useConnectModal();
  const { openAccountModal } = useAccountModal();
  const opened = useRef<WalletModalRequest>(undefined);
  // Opens RainbowKit's dialog, which lives outside of this tree, once a request: as soon as RainbowKit can, which it cannot
  // while a wallet is still reconnecting.
  useEffect(() => {
    const open = request.kind === 'connect' ? openConnectModal : openAccountModal;
    if (!open || opened.current === request) return;
    opened.current = request;
    open();
  }, [request, openConnectModal, openAccountModal]);
  return null;
}
