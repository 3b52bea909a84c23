import type { Metadata } from 'next';
import { ProvidePage } from '@/components/provider/provide-page';

export const metadata: Metadata = { title: 'Provide' };

export default function Provide() {
  return (
    <div className="grid gap-8">
      <h1 className="text-[clamp(28px,3.6vw,44px)] leading-[1.06] font-semibold tracking-[-0.03em]">
        Earn with this tab
      </h1>
      <ProvidePage />
    </div>
  );
}
