import type { ReactNode } from 'react';

/** A titled part of a page; `aside` sits at the right of the title. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const id = title.toLowerCase().replace(/[^a-z]+/g, '-');
  return (
    <section aria-labelledby={id} className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4">
      <header className="flex min-h-8 flex-wrap items-end justify-between gap-x-4 gap-y-1 border-b border-line pb-2">
        <h2 id={id} className="text-[17px] leading-6 font-semibold">
          {title}
        </h2>
        {aside ? <div className="text-[13px] text-soft">{aside}</div> : null}
      </header>
      {children}
    </section>
  );
}
