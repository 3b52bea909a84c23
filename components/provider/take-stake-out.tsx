'use client';

import { cancelUnstake } from '@opengpu/sdk/market/cancel-unstake';
import type { ProviderOnChain } from '@opengpu/sdk/market/read-providers';
import { readTicket } from '@opengpu/sdk/market/read-ticket';
import { requestUnstake } from '@opengpu/sdk/market/request-unstake';
import { unstake } from '@opengpu/sdk/market/unstake';
import { useQuery } from '@tanstack/react-query';
import { chainClient } from '@/components/market/chain-client';
import { deployment } from '@/components/market/environment';
import { useMarket } from '@/components/market/market-provider';
import { useNow } from '@/components/market/use-now';
import { TransactionButton } from '@/components/tx/transaction-button';
import { formatDuration } from '@/components/ui/duration';
import { Eth } from '@/components/ui/eth';
import { Section } from '@/components/ui/section';
import { TimeAgo } from '@/components/ui/time-ago';

/** The way out: ask, wait until the ticket is ready, take it to the balance. */
export function TakeStakeOut({ onChain }: { onChain: ProviderOnChain }) {
  const { provider, ownFreeShares, ownFreeWei } = onChain;
  const { state } = useMarket();
  const now = useNow();
  const known = state.providers.get(provider)?.tickets.get(provider);
  const ticket = useQuery({
    queryKey: ['ticket', provider, known?.shares.toString(), known?.readyAt],
    enabled: deployment !== undefined,
    // Null: no ticket; a query cannot hold undefined.
    queryFn: async () => {
      if (!deployment) throw new Error('There is no market on this chain.');
      return (await readTicket(chainClient, deployment, provider, provider)) ?? null;
    },
  });
  if (!ticket.data) {
    return (
      <Section title="Take stake out">
        <p className="text-[14px] leading-6 text-soft">
          Stake leaves {formatDuration(deployment?.constants.unbondingSeconds ?? 0)} after it is asked for, as
          far as nothing is locked.
        </p>
        <div>
          <TransactionButton
            small
            tone="plain"
            action={requestUnstake}
            disabled={ownFreeShares === 0n}
            input={() => ({ provider, shares: ownFreeShares, valueWei: ownFreeWei })}
          />
        </div>
      </Section>
    );
  }
  const { shares, readyAt } = ticket.data;
  const valueWei = onChain.shares > 0n ? (shares * onChain.stakeWei) / onChain.shares : 0n;
  return (
    <Section title="Take stake out">
      <p className="text-[14px] leading-6 text-soft">
        A ticket over about <Eth wei={valueWei} /> {readyAt > now ? 'is ready' : 'has been ready since'}{' '}
        <TimeAgo at={readyAt} />. Until it is taken out it goes on earning and being at risk.
      </p>
      <div className="flex flex-wrap gap-3">
        <TransactionButton
          small
          tone="plain"
          action={unstake}
          disabled={now === 0 || readyAt > now}
          input={() => ({ provider, valueWei })}
        />
        <TransactionButton small tone="plain" action={cancelUnstake} input={() => ({ provider })} />
      </div>
    </Section>
  );
}
