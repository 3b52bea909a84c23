'use client';

import { Choice } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { deadlineChoices, type PublishValues, spans, type TermValues } from './publish-values';

interface TermsFormProps {
  values: PublishValues;
  /** Manual Confirmation has a time to review and a time to deliver. */
  manual: boolean;
  errorOf(field: string): string | undefined;
  onChange(part: Partial<PublishValues>): void;
}

const spanLabels: Record<(typeof spans)[number], string> = {
  '60': '1 minute',
  '300': '5 minutes',
  '600': '10 minutes',
  '3600': '1 hour',
};

const deadlineLabels: Record<(typeof deadlineChoices)[number], string> = {
  '600': '10 minutes',
  '1800': '30 minutes',
  '7200': '2 hours',
  '86400': '1 day',
  date: 'A date',
};

/** Price and times; what few need to touch is folded away. */
export function TermsForm({ values, manual, errorOf, onChange }: TermsFormProps) {
  const { template, price, terms } = values;
  const changeTerms = (part: Partial<TermValues>) => onChange({ terms: { ...terms, ...part } });
  return (
    <div className="grid gap-6">
      <div className="grid gap-6 sm:grid-cols-2">
        <Field
          label="Highest price a shard"
          unit="ETH"
          inputMode="decimal"
          value={price[template]}
          onChange={(event) => onChange({ price: { ...price, [template]: event.target.value } })}
          error={errorOf('maxPrice')}
          hint={manual ? 'Providers ask this or less.' : 'The first valid answer is paid exactly this.'}
        />
      </div>
      <Choice
        label={manual ? 'Offers are taken for' : 'Answers are taken for'}
        value={terms.deadline}
        options={deadlineChoices.map((value) => ({ value, label: deadlineLabels[value] }))}
        onChange={(deadline) => changeTerms({ deadline })}
      />
      {terms.deadline === 'date' ? (
        <Field
          label="Deadline"
          type="datetime-local"
          className="max-w-72"
          value={terms.deadlineDate}
          onChange={(event) => changeTerms({ deadlineDate: event.target.value })}
          error={errorOf('deadline')}
        />
      ) : errorOf('deadline') ? (
        <p role="alert" className="text-[13px] text-fault">
          {errorOf('deadline')}
        </p>
      ) : null}
      {manual ? (
        <div className="grid gap-6 sm:grid-cols-2">
          <Choice
            label="Then you may still confirm for"
            value={terms.review}
            options={spans.map((value) => ({ value, label: spanLabels[value] }))}
            onChange={(review) => changeTerms({ review })}
          />
          <Choice
            label="A confirmed provider delivers within"
            value={terms.delivery}
            options={spans.map((value) => ({ value, label: spanLabels[value] }))}
            onChange={(delivery) => changeTerms({ delivery })}
          />
        </div>
      ) : null}
      <details
        className="group border-t border-line pt-3"
        open={Boolean(errorOf('bond') ?? errorOf('minOwnStake')) || undefined}
      >
        <summary className="text-[14px] text-soft underline decoration-line-strong underline-offset-4 hover:text-ink">
          What providers put at risk
        </summary>
        <div className="grid gap-6 pt-4 sm:grid-cols-2">
          {manual ? (
            <Field
              label="Bond a response"
              unit="ETH"
              inputMode="decimal"
              placeholder="four times the price"
              value={terms.bond}
              onChange={(event) => changeTerms({ bond: event.target.value })}
              error={errorOf('bond')}
              hint="From 4 to 20 times the highest price. A missed delivery costs a fifth of it."
            />
          ) : null}
          <Field
            label="Least own stake of a provider"
            unit="ETH"
            inputMode="decimal"
            placeholder="anyone"
            value={terms.minOwnStake}
            onChange={(event) => changeTerms({ minOwnStake: event.target.value })}
            error={errorOf('minOwnStake')}
          />
        </div>
      </details>
    </div>
  );
}
