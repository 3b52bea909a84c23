import type { ReactNode } from 'react';

/** Nothing here yet: an unexposed frame that says what would appear and how. */
export function EmptyFrame({
  title,
  heading = false,
  children,
}: {
  title: string;
  /** The page has no other headline. */
  heading?: boolean;
  children?: ReactNode;
}) {
  const Title = heading ? 'h1' : 'p';
  return (
    <div className="grid min-h-48 place-content-center gap-2 rounded-md border border-dashed border-line-strong px-6 py-10 text-center">
      <Title className="text-[15px] font-medium">{title}</Title>
      {children ? (
        <div className="mx-auto max-w-[46ch] text-[14px] leading-6 text-soft">{children}</div>
      ) : null}
    </div>
  );
}
