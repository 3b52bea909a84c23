'use client';

import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';

interface DialogProps {
  title: string;
  open: boolean;
  /** False while closing would hide something under way. */
  closable?: boolean;
  onClose(): void;
  children: ReactNode;
}

/** A modal sheet: bottom of the screen on a phone, centred elsewhere. */
export function Dialog({ title, open, closable = true, onClose, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && closable && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/55" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-0 bottom-0 z-50 grid max-h-[90dvh] gap-5 overflow-y-auto border-t-3 border-safelight bg-sheet p-6 shadow-print sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[480px] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-md"
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="text-[20px] leading-7 font-semibold">{title}</Radix.Title>
            {closable ? (
              <Radix.Close asChild>
                <Button tone="quiet" small>
                  Close
                </Button>
              </Radix.Close>
            ) : null}
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
