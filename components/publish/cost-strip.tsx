import type { TaskDraft } from '@opengpu/sdk/kernels/template';
import { parseAmount } from '@opengpu/sdk/protocol/parse-amount';
import { shardsOf } from '@opengpu/sdk/protocol/shards';
import { Eth } from '@/components/ui/eth';
import type { PublishValues } from './publish-values';

/** On a narrow screen the summary is below the form; its first line stays in sight at the bottom. */
export function CostStrip({ values, draft }: { values: PublishValues; draft: TaskDraft | undefined }) {
  const price = parseAmount(values.price[values.template]);
  return (
    <div className="sticky bottom-0 z-10 -mx-4 flex items-center justify-between gap-4 border-t-3 border-safelight bg-sheet px-4 py-3 text-[14px] sm:-mx-8 sm:px-8 lg:hidden">
      <span>
        At most{' '}
        {draft && price.ok ? (
          <Eth wei={price.wei * BigInt(shardsOf(draft))} className="text-[17px] font-medium" />
        ) : (
          <span className="figure">–</span>
        )}
      </span>
      <a href="#summary" className="py-1 underline decoration-line-strong underline-offset-4">
        Summary
      </a>
    </div>
  );
}
