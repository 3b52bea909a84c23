import { Suspense } from 'react';
import { ActivityRail } from '@/components/task/activity-rail';
import { Board } from '@/components/task/board';
import { MarketFigures } from '@/components/task/market-figures';
import { Section } from '@/components/ui/section';

export default function BoardPage() {
  return (
    <div className="grid gap-10">
      <div className="grid items-end gap-6 lg:grid-cols-[1fr_auto]">
        <h1 className="max-w-[18ch] text-[clamp(30px,4.2vw,52px)] leading-[1.04] font-semibold tracking-[-0.03em]">
          Work for strangers’ GPUs, paid by the shard.
        </h1>
        <MarketFigures />
      </div>
      <div className="grid gap-x-10 gap-y-12 lg:grid-cols-[minmax(0,1fr)_300px]">
        <Section title="Tasks">
          <Suspense>
            <Board />
          </Suspense>
        </Section>
        <Section title="Just now">
          <ActivityRail />
        </Section>
      </div>
    </div>
  );
}
