import type { TaskDraft } from '@opengpu/sdk/kernels/template';
import { parseAmount } from '@opengpu/sdk/protocol/parse-amount';
import { shardsOf } from '@opengpu/sdk/protocol/shards';
import type { ReactNode } from 'react';
import { modelNames } from '@/components/task/task-words';
import { formatDuration } from '@/components/ui/duration';
import { Eth } from '@/components/ui/eth';
import { Fact, Facts } from '@/components/ui/facts';
import type { PublishValues } from './publish-values';
import { bondOf } from './terms-of';

interface SummaryProps {
  values: PublishValues;
  draft: TaskDraft | undefined;
  children: ReactNode;
}

/** What publishing would mean, always in sight. */
export function Summary({ values, draft, children }: SummaryProps) {
  const price = parseAmount(values.price[values.template]);
  const shards = draft ? shardsOf(draft) : undefined;
  const bondWei = draft ? bondOf(values, draft) : undefined;
  return (
    <div className="grid gap-5 border-t-3 border-safelight bg-sheet p-5 sm:p-6">
      <div className="grid gap-1">
        <p className="text-[14px] text-soft">The most it can cost</p>
        <p className="text-[30px] leading-9 font-medium" role="status" aria-label="The most it can cost">
          {shards !== undefined && price.ok ? (
            <Eth wei={price.wei * BigInt(shards)} />
          ) : (
            <span className="figure">–</span>
          )}
        </p>
        <p className="text-[13px] leading-5 text-soft">
          Goes into escrow now. What no shard is paid returns to you, to the wei.
        </p>
      </div>
      <Facts>
        <Fact name="Task">{draft?.metadata.name ?? '–'}</Fact>
        <Fact name="Shards">
          {draft && shards !== undefined ? (
            <span className="figure">
              {shards} × {draft.elementsPerShard.toLocaleString('en')} elements
            </span>
          ) : (
            '–'
          )}
        </Fact>
        <Fact name="Model">{draft ? modelNames[draft.model] : '–'}</Fact>
        <Fact name="Bond a response">
          {bondWei === undefined ? '–' : bondWei === 0n ? 'none, verified on chain' : <Eth wei={bondWei} />}
        </Fact>
        <Fact name={draft?.model === 'firstResponse' ? 'Answers until' : 'Offers until'}>
          {values.terms.deadline === 'date'
            ? values.terms.deadlineDate.replace('T', ', ') || 'choose a date'
            : `${formatDuration(Number(values.terms.deadline))} from now`}
        </Fact>
        {draft?.model === 'manualConfirmation' ? (
          <Fact name="All over after">
            {values.terms.deadline === 'date'
              ? `+ ${formatDuration(Number(values.terms.review) + Number(values.terms.delivery))}`
              : formatDuration(
                  Number(values.terms.deadline) + Number(values.terms.review) + Number(values.terms.delivery),
                )}
          </Fact>
        ) : null}
      </Facts>
      <div className="grid gap-4">{children}</div>
    </div>
  );
}
