import { confirmOffer } from '@opengpu/sdk/market/confirm-offer';
import type { Offer, ProviderRecord } from '@opengpu/sdk/market/state';
import { TransactionButton } from '@/components/tx/transaction-button';
import { AccountName } from '@/components/ui/account-name';
import { Badge } from '@/components/ui/badge';
import { Eth } from '@/components/ui/eth';
import { Fact, Facts } from '@/components/ui/facts';
import { TimeAgo } from '@/components/ui/time-ago';
import { OfferPreview } from './offer-preview';
import { recordInWords } from './record-in-words';
import type { TaskView } from './task-view';

const statusWords: Record<Offer['status'], { name: string; tone: 'plain' | 'live' | 'fixed' | 'fault' }> = {
  open: { name: 'Open', tone: 'plain' },
  withdrawn: { name: 'Withdrawn', tone: 'plain' },
  confirmed: { name: 'Confirmed', tone: 'live' },
  missed: { name: 'Missed', tone: 'fault' },
};

interface OfferCardProps {
  view: TaskView;
  offer: Offer;
  provider: ProviderRecord | undefined;
  confirmable: boolean;
}

/** One offer with what speaks for its provider. */
export function OfferCard({ view, offer, provider, confirmable }: OfferCardProps) {
  const { record } = view;
  const openShards = record.shards - record.settled.size;
  const delivered = offer.status === 'confirmed' && openShards === 0;
  const status = delivered ? ({ name: 'Delivered', tone: 'fixed' } as const) : statusWords[offer.status];
  return (
    <article aria-label={`Offer of ${offer.provider}`} className="grid gap-3 border border-line bg-sheet p-4">
      <header className="flex items-center justify-between gap-2">
        <AccountName address={offer.provider} copy />
        <Badge tone={status.tone}>{status.name}</Badge>
      </header>
      <OfferPreview preview={offer.preview} />
      <p className="flex flex-wrap items-baseline justify-between gap-2">
        <span className="text-[14px] text-soft">Asks a shard</span>
        <Eth wei={offer.askWei} className="text-[18px] font-medium" />
      </p>
      <Facts>
        <Fact name="In all">
          <Eth wei={offer.askWei * BigInt(record.shards)} />
        </Fact>
        <Fact name="Staked behind it">
          <Eth wei={provider?.stakeWei ?? 0n} />
        </Fact>
        <Fact name="Record">{provider ? recordInWords(provider) : 'nothing yet'}</Fact>
        <Fact name="Offered">
          <TimeAgo at={offer.at.timestamp} />
        </Fact>
        {offer.status === 'confirmed' && offer.deliverUntil && openShards > 0 ? (
          <Fact name="Delivery due">
            <TimeAgo at={offer.deliverUntil} />
          </Fact>
        ) : null}
      </Facts>
      {confirmable ? (
        <TransactionButton
          action={confirmOffer}
          input={() => ({ task: record.task, provider: offer.provider, askWei: offer.askWei, openShards })}
        />
      ) : null}
    </article>
  );
}
