'use client';

import Link from 'next/link';
import { hasEnded } from './tab-worker-store';
import { useWorker } from './use-worker';

/** In the header, on every page: this tab is at work. */
export function WorkerLight() {
  const snapshot = useWorker();
  if (!snapshot || hasEnded(snapshot)) return null;
  const { kind } = snapshot.status;
  return (
    <Link
      href="/provide"
      className="edge hidden items-center gap-2 sm:inline-flex"
      title="The worker of this tab"
    >
      <span
        aria-hidden="true"
        className={
          kind === 'working' ? 'size-2 animate-safelight bg-safelight' : 'size-2 border border-safelight-ink'
        }
      />
      Worker {kind}
    </Link>
  );
}
