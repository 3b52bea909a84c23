import type { ReactNode } from 'react';
import { classNames } from './class-names';

const tones = {
  plain: 'border-line-strong bg-sheet',
  live: 'border-safelight bg-safelight-wash',
  fixed: 'border-fixed bg-fixed-wash',
  fault: 'border-fault bg-fault-wash',
};

/** Something the visitor should read: what happened and what to do. */
export function Note({
  tone = 'plain',
  title,
  children,
  role,
}: {
  tone?: keyof typeof tones;
  title?: string;
  children?: ReactNode;
  role?: 'status' | 'alert';
}) {
  return (
    <div role={role} className={classNames('border-l-3 px-4 py-3 text-[14px] leading-6', tones[tone])}>
      {title ? <p className="font-medium">{title}</p> : null}
      {children ? <div className="text-ink/90 wrap-anywhere">{children}</div> : null}
    </div>
  );
}
