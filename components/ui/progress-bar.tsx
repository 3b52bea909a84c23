import { classNames } from './class-names';

/** How much of a whole is done; `label` names it for screen readers. Unknown whole: `total` 0. */
export function ProgressBar({
  done,
  total,
  label,
  live = true,
}: {
  done: number;
  total: number;
  label: string;
  live?: boolean;
}) {
  const share = total > 0 ? Math.min(100, (100 * done) / total) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total > 0 ? total : undefined}
      aria-valuenow={total > 0 ? done : undefined}
      aria-valuetext={total > 0 ? `${done} of ${total}` : 'in progress'}
      className="h-1.5 w-full overflow-hidden rounded-sm bg-unexposed"
    >
      <svg width="100%" height="6" preserveAspectRatio="none" aria-hidden="true">
        <rect
          width={total > 0 ? `${share}%` : '100%'}
          height="6"
          className={classNames(
            live && share < 100 ? 'fill-safelight' : 'fill-ink',
            total === 0 && 'animate-safelight',
            'transition-[width] duration-500',
          )}
        />
      </svg>
    </div>
  );
}
