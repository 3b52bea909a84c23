'use client';

import { useMemo } from 'react';
import { useMarket } from '@/components/market/market-provider';
import { useNow } from '@/components/market/use-now';
import { Eth } from '@/components/ui/eth';
import { taskView } from './task-view';
import { isLive } from './task-words';

/** Four numbers that say how alive the market is. */
export function MarketFigures() {
  const { state, loaded } = useMarket();
  const now = useNow();
  const totals = useMemo(() => {
    let shards = 0;
    let paidWei = 0n;
    let stakeWei = 0n;
    for (const record of state.tasks.values()) {
      shards += record.settled.size;
      for (const { priceWei } of record.settled.values()) paidWei += priceWei;
    }
    for (const provider of state.providers.values()) stakeWei += provider.stakeWei;
    return { shards, paidWei, stakeWei };
  }, [state]);
  const open = [...state.tasks.values()].filter((record) =>
    isLive(taskView(record, state, now).status),
  ).length;
  const figures = [
    { name: 'open tasks', value: open.toString() },
    { name: 'shards paid', value: totals.shards.toString() },
    { name: 'paid to providers', value: <Eth wei={totals.paidWei} /> },
    { name: 'staked behind them', value: <Eth wei={totals.stakeWei} /> },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-4 sm:flex sm:flex-wrap">
      {figures.map(({ name, value }) => (
        <div key={name} className="grid gap-0.5">
          <dt className="order-last text-[13px] text-soft">{name}</dt>
          <dd className="figure text-[22px] leading-7 font-medium">{loaded ? value : '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
