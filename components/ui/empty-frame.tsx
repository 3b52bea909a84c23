import type { ReactNode } from 'react';

/** Nothing here yet: an unexposed frame that says what would appear and how. */
export function EmptyFrame({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid min-h-48 place-content-center gap-2 rounded-md border border-dashed border-line-strong px-6 py-10 text-center">
      <p className="text-[15px] font-medium">{title}</p>
      {children ? (
        <div className="mx-auto max-w-[46ch] text-[14px] leading-6 text-soft">{children}</div>
      ) : null}
    </div>
  );
}
