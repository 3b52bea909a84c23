import type { Metadata } from 'next';
import { AccountPage } from '@/components/account/account-page';

export const metadata: Metadata = { title: 'Account' };

export default function Account() {
  return (
    <div className="grid gap-8">
      <h1 className="text-[clamp(28px,3.6vw,44px)] leading-[1.06] font-semibold tracking-[-0.03em]">
        Your account
      </h1>
      <AccountPage />
    </div>
  );
}
