'use client';

import { setMarket } from '@opengpu/sdk/market/set-market';
import { TransactionButton } from '@/components/tx/transaction-button';
import { Section } from '@/components/ui/section';

/** A pool serves one market; a provider of an earlier version moves with one transaction, once nothing is locked. */
export function MoveToMarket() {
  return (
    <Section title="Move to this market">
      <p className="max-w-[62ch] text-[15px] leading-6 text-soft">
        Your stake serves another version of the market. It can move here as soon as nothing of it is locked
        there; if others stake behind you, the move is announced first and completed by a second press.
      </p>
      <div>
        <TransactionButton action={setMarket} input={() => ({})} />
      </div>
    </Section>
  );
}
