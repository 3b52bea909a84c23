import type { ReactNode } from 'react';
import { classNames } from './class-names';

const tones = {
  plain: 'border-line-strong text-ink',
  live: 'border-safelight-ink text-safelight-ink',
  fixed: 'border-fixed text-fixed',
  fault: 'border-fault text-fault',
};

/** A short fact in a frame. */
export function Badge({
  tone = 'plain',
  title,
  children,
}: {
  tone?: keyof typeof tones;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex items-center gap-1 rounded-sm border px-1.5 text-[12px] leading-5 whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
