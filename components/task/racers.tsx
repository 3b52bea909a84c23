'use client';

import { useMarket } from '@/components/market/market-provider';
import { AccountName } from '@/components/ui/account-name';
import { Badge } from '@/components/ui/badge';
import { Eth } from '@/components/ui/eth';
import { Section } from '@/components/ui/section';
import { TimeAgo } from '@/components/ui/time-ago';
import { recordInWords } from './record-in-words';
import type { TaskView } from './task-view';
import { isLive } from './task-words';

/** Who has committed to an answer of a First Response task, first to commit first. */
export function Racers({ view }: { view: TaskView }) {
  const { record } = view;
  const { state } = useMarket();
  const paid = new Set([...record.settled.values()].map(({ provider }) => provider));
  const racers = [...record.commitments].sort(([, a], [, b]) => Number(a.at.blockNumber - b.at.blockNumber));
  return (
    <Section title="Racing for it" aside={racers.length > 0 ? `${racers.length}` : undefined}>
      {racers.length === 0 ? (
        <p className="text-[14px] leading-6 text-soft">
          {isLive(view.status) ? 'Nobody has committed yet.' : 'Nobody committed.'} A provider commits to its
          answer first and opens it afterwards, so that nobody can copy it.
        </p>
      ) : (
        <ul className="grid">
          {racers.map(([provider, { at }]) => {
            const known = state.providers.get(provider);
            return (
              <li
                key={provider}
                className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-line py-2.5 text-[14px]"
              >
                <span className="flex items-center gap-3">
                  <AccountName address={provider} copy />
                  {paid.has(provider) ? <Badge tone="fixed">Paid</Badge> : <Badge>Committed</Badge>}
                </span>
                <span className="text-[13px] text-soft">
                  <Eth wei={known?.stakeWei ?? 0n} /> staked, {known ? recordInWords(known) : 'first task'},
                  committed <TimeAgo at={at.timestamp} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
