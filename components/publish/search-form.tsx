'use client';

import {
  conditionOf,
  expectedTries,
  mostPrefixDigits,
} from '@opengpu/sdk/kernels/templates/search/condition';
import { callbackOf, type HookFlag, hookFlagNames } from '@opengpu/sdk/kernels/templates/search/hook-flags';
import { useMemo } from 'react';
import { Choice } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import type { SearchValues } from './publish-values';

interface SearchFormProps {
  values: SearchValues;
  errorOf(field: string): string | undefined;
  onChange(values: SearchValues): void;
}

/** What the address has to look like, and what is deployed there. */
export function SearchForm({ values, errorOf, onChange }: SearchFormProps) {
  const change = (part: Partial<SearchValues>) => onChange({ ...values, ...part });
  const tries = useMemo(() => triesOf(values), [values]);
  return (
    <div className="grid gap-6">
      <Choice
        label="The address"
        value={values.goal}
        options={[
          { value: 'hookFlags', label: 'carries Uniswap v4 hook permissions' },
          { value: 'prefix', label: 'starts with digits' },
        ]}
        onChange={(goal) => change({ goal })}
      />
      {values.goal === 'prefix' ? (
        <Field
          label="First digits"
          value={values.prefix}
          className="max-w-80"
          onChange={(event) => change({ prefix: event.target.value })}
          error={errorOf('prefix')}
          hint={`1 to ${mostPrefixDigits} hexadecimal digits; each makes the search sixteen times as long`}
        />
      ) : (
        <HookFlags values={values} error={errorOf('flags')} onChange={(flags) => change({ flags })} />
      )}
      {tries === undefined ? null : (
        <p role="status" className="text-[14px] text-soft">
          About <span className="figure text-ink">{Math.round(tries).toLocaleString('en')}</span> salts have
          to be tried.
        </p>
      )}
      <div className="grid gap-6 sm:grid-cols-2">
        <Field
          label="Deployer"
          value={values.deployer}
          onChange={(event) => change({ deployer: event.target.value })}
          error={errorOf('deployer')}
          hint="Who executes CREATE2: a factory contract"
        />
        <Field
          label="Hash of the init code"
          value={values.initCodeHash}
          onChange={(event) => change({ initCodeHash: event.target.value })}
          error={errorOf('initCodeHash')}
          hint="keccak256, constructor arguments included"
        />
      </div>
      <p className="text-[13px] leading-5 text-soft">
        The salt begins with your own address, so that nobody else can use what is found for you.
      </p>
    </div>
  );
}

function HookFlags({
  values,
  error,
  onChange,
}: {
  values: SearchValues;
  error: string | undefined;
  onChange(flags: readonly HookFlag[]): void;
}) {
  function toggle(flag: HookFlag, on: boolean) {
    if (!on) return onChange(values.flags.filter((each) => each !== flag && callbackOf[each] !== flag));
    // A permission to return a delta is worth nothing without its callback.
    const callback = callbackOf[flag];
    onChange([...new Set([...values.flags, flag, ...(callback ? [callback] : [])])]);
  }
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-2 text-[14px] font-medium">Permissions, exactly these</legend>
      <div className="grid gap-x-6 sm:grid-cols-2">
        {hookFlagNames.map((flag) => (
          <label key={flag} className="flex min-h-9 items-center gap-3 text-[14px]">
            <input
              type="checkbox"
              checked={values.flags.includes(flag)}
              onChange={(event) => toggle(flag, event.target.checked)}
              className="size-4 accent-safelight"
            />
            <span className="font-mono text-[13px]">{flag}</span>
          </label>
        ))}
      </div>
      {error ? (
        <p role="alert" className="text-[13px] text-fault">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

function triesOf({ goal, prefix, flags }: SearchValues): number | undefined {
  try {
    return expectedTries(
      conditionOf(goal === 'prefix' ? { kind: 'prefix', prefix } : { kind: 'hookFlags', flags }),
    );
  } catch {
    // The field itself says what is wrong.
    return undefined;
  }
}
