'use client';

import { type InputHTMLAttributes, type Ref, useId } from 'react';
import { classNames } from './class-names';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  /** What the field means, its limits. */
  hint?: string;
  error?: string;
  unit?: string;
  ref?: Ref<HTMLInputElement>;
}

/** One input with its label, hint, unit and error; the error names the field, the value and the limit. */
export function Field({ label, hint, error, unit, className, ...input }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={classNames('grid min-w-0 content-start gap-1.5', className)}>
      <label htmlFor={id} className="text-[14px] font-medium">
        {label}
      </label>
      <div
        className={classNames(
          'flex min-h-11 items-center rounded-md border bg-raised focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-safelight-ink',
          error ? 'border-fault' : 'border-line-strong',
        )}
      >
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          className="figure min-w-0 flex-1 bg-transparent px-3 py-2 text-[15px] outline-none placeholder:text-soft"
          autoComplete="off"
          spellCheck={false}
          {...input}
        />
        {unit ? <span className="pr-3 text-[13px] text-soft">{unit}</span> : null}
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="text-[13px] leading-5 text-soft">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-[13px] leading-5 text-fault">
          {error}
        </p>
      ) : null}
    </div>
  );
}
