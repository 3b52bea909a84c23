'use client';

import { createContext, type ReactNode, use } from 'react';
import { TransactionDialog } from './transaction-dialog';
import { type TxRequest, useTransaction } from './use-transaction';

const PresentContext = createContext<(request: TxRequest) => Promise<void>>(async () => {});

/** Opens the dialog of a write. */
export function usePresentTransaction(): (request: TxRequest) => Promise<void> {
  return use(PresentContext);
}

/** Holds the one dialog of all writes: it outlives the button that opened it, which may vanish when the write succeeds. */
export function TransactionProvider({ children }: { children: ReactNode }) {
  const { state, request, open, sign, close } = useTransaction();
  return (
    <PresentContext value={open}>
      {children}
      {request ? (
        <TransactionDialog
          title={request.title}
          lines={request.lines}
          state={state}
          onSign={sign}
          onRetry={() => open(request)}
          onClose={close}
        />
      ) : null}
    </PresentContext>
  );
}
