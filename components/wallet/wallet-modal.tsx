'use client';

import dynamic from 'next/dynamic';
import { createContext, type ReactNode, use, useCallback, useState } from 'react';

const RainbowHost = dynamic(() => import('./rainbow-host'), { ssr: false });

/** One wish to see the wallet's dialog; a new object each time. */
export interface WalletModalRequest {
  kind: 'connect' | 'account';
}

const WalletModalContext = createContext<(kind: WalletModalRequest['kind']) => void>(() => {});

/** Opens the dialog in which a wallet is chosen, or left. */
export function useWalletModal(): (kind: WalletModalRequest['kind']) => void {
  return use(WalletModalContext);
}

/** Holds the wallet's dialog; its code loads when it is first asked for. */
export function WalletModalProvider({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<WalletModalRequest>();
  const open = useCallback((kind: WalletModalRequest['kind']) => setRequest({ kind }), []);
  return (
    <WalletModalContext value={open}>
      {children}
      {request ? <RainbowHost request={request} /> : null}
    </WalletModalContext>
  );
}
