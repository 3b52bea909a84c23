'use client';

import { useState } from 'react';

/** Copies `text`; says so for two seconds. `label` names what is copied. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('refused');
    }
    setTimeout(() => setState('idle'), 2_000);
  }
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={`Copy ${label}`}
      className="inline-flex min-h-6 min-w-6 items-center justify-center rounded-sm text-[12px] text-soft hover:text-ink"
    >
      {state === 'copied' ? (
        <span aria-live="polite">copied</span>
      ) : state === 'refused' ? (
        'not allowed'
      ) : (
        <CopyIcon />
      )}
    </button>
  );
}

function CopyIcon() {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
      aria-hidden="true"
    >
      <rect x="4.5" y="4.5" width="8" height="8" rx="1" />
      <path d="M9.5 4.5v-3h-8v8h3" />
    </svg>
  );
}
