'use client';

import { useNow } from '@/components/market/use-now';
import { formatDuration } from './duration';

/** A moment, relative; the exact time on hover. Unix seconds. */
export function TimeAgo({ at }: { at: number }) {
  const now = useNow();
  if (now === 0) return null;
  const ahead = at - now;
  const text =
    ahead > 0 ? `in ${formatDuration(ahead)}` : ahead > -2 ? 'now' : `${formatDuration(-ahead)} ago`;
  const exact = new Date(at * 1_000);
  return (
    <time
      dateTime={exact.toISOString()}
      title={exact.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' })}
      className="whitespace-nowrap"
    >
      {text}
    </time>
  );
}
