'use client';

import { useState } from 'react';

const order = ['system', 'light', 'dark'] as const;
/** Light, dark, or what the system says. */
export type ThemeChoice = (typeof order)[number];

const year = 31_536_000;

/** Cycles system → light → dark; a cookie keeps it, so that the server paints the right one at once. */
export function ThemeToggle({ initial }: { initial: ThemeChoice }) {
  const [choice, setChoice] = useState(initial);
  function next() {
    const chosen = order[(order.indexOf(choice) + 1) % order.length] ?? 'system';
    setChoice(chosen);
    if (chosen === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
    document.cookie = `theme=${chosen}; path=/; max-age=${year}; samesite=lax`;
  }
  return (
    <button
      type="button"
      onClick={next}
      aria-label={`Colours: ${choice}. Change`}
      title={`Colours: ${choice}`}
      className="inline-flex size-8 items-center justify-center rounded-md text-soft hover:text-ink"
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor">
        <circle cx="8" cy="8" r="6.5" />
        {choice === 'light' ? null : (
          <path
            d={
              choice === 'dark'
                ? 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13'
                : 'M8 1.5a6.5 6.5 0 0 1 0 13z'
            }
            fill="currentColor"
          />
        )}
      </svg>
    </button>
  );
}
