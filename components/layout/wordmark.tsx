import Link from 'next/link';

/** Nine tiles, the one in the middle still under the safelight, and the name. */
export function Wordmark() {
  return (
    <Link
      href="/"
      className="inline-flex items-center gap-2.5 text-[17px] font-semibold tracking-tight"
      aria-label="OpenGPU"
    >
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <g className="fill-line-strong">
          <rect width="6" height="6" />
          <rect x="14" width="6" height="6" />
          <rect y="14" width="6" height="6" />
        </g>
        <g className="fill-ink">
          <rect x="7" width="6" height="6" />
          <rect y="7" width="6" height="6" />
          <rect x="14" y="7" width="6" height="6" />
          <rect x="7" y="14" width="6" height="6" />
          <rect x="14" y="14" width="6" height="6" />
        </g>
        <rect x="7" y="7" width="6" height="6" className="fill-safelight" />
      </svg>
      OpenGPU
    </Link>
  );
}
