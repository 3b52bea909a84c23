'use client';

import { useMarket } from './market-provider';

/** The newest block, printed on the edge of the page. */
export function ChainEdge() {
  const { state, reach, loaded } = useMarket();
  return (
    <span className="edge hidden items-center gap-2 lg:inline-flex" title="The newest block that was read">
      <span
        aria-hidden="true"
        className={reach.kind === 'live' ? 'size-2 bg-safelight' : 'size-2 bg-line-strong'}
      />
      {loaded ? `Block ${state.block}` : 'No block yet'}
    </span>
  );
}
