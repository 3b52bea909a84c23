'use client';

import { useMarket } from '@/components/market/market-provider';
import { EmptyFrame } from '@/components/ui/empty-frame';
import { Section } from '@/components/ui/section';
import { useWalletAddress } from '@/components/wallet/use-wallet';
import { OfferCard } from './offer-card';
import type { TaskView } from './task-view';

/** Offers side by side: preview, ask, record; the client confirms one. */
export function Offers({ view }: { view: TaskView }) {
  const { record, status } = view;
  const { state } = useMarket();
  const mine = useWalletAddress()?.toLowerCase() === record.task.client.toLowerCase();
  const offers = [...record.offers.values()].sort((a, b) =>
    a.askWei < b.askWei ? -1 : a.askWei > b.askWei ? 1 : 0,
  );
  const confirmable = mine && (status.kind === 'open' || status.kind === 'review');
  return (
    <Section title="Offers" aside={offers.length > 0 ? `${offers.length}, cheapest first` : undefined}>
      {offers.length === 0 ? (
        <EmptyFrame title="No offers yet">
          {status.kind === 'open'
            ? 'A provider computes first, then sends a small preview with its ask. The result itself stays with it until it is confirmed and paid.'
            : 'Nobody offered in time.'}
        </EmptyFrame>
      ) : (
        <ul className="grid gap-5 sm:grid-cols-2 xl:grid-cols-3">
          {offers.map((offer) => (
            <li key={offer.provider} className="min-w-0">
              <OfferCard
                view={view}
                offer={offer}
                provider={state.providers.get(offer.provider)}
                confirmable={confirmable && offer.status === 'open'}
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
