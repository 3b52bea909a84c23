import type { Metadata } from 'next';
import { PublishPage } from '@/components/publish/publish-page';
import type { TemplateId } from '@/components/publish/publish-values';

export const metadata: Metadata = { title: 'Publish' };

export default async function Publish({
  searchParams,
}: {
  searchParams: Promise<{ template?: string | string[] }>;
}) {
  const { template } = await searchParams;
  return (
    <div className="grid gap-8">
      <h1 className="text-[clamp(28px,3.6vw,44px)] leading-[1.06] font-semibold tracking-[-0.03em]">
        Get something computed
      </h1>
      <PublishPage template={templateOf(template)} />
    </div>
  );
}

function templateOf(given: string | string[] | undefined): TemplateId {
  return given === 'photo' || given === 'search' ? given : 'fractal';
}
