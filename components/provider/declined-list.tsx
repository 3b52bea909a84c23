import type { WorkerSnapshot } from '@opengpu/worker/snapshot';
import Link from 'next/link';
import { TimeAgo } from '@/components/ui/time-ago';

/** Tasks that the worker passed over, each with its reason. */
export function DeclinedList({ declined }: Pick<WorkerSnapshot, 'declined'>) {
  if (declined.length === 0) return <p className="text-[14px] text-soft">No task was passed over.</p>;
  return (
    <ul className="grid">
      {declined.map(({ taskId, name, reason, atSeconds }) => (
        <li key={`${taskId}-${atSeconds}`} className="grid gap-0.5 border-b border-line py-2.5 text-[14px]">
          <span className="flex justify-between gap-4">
            <Link
              href={`/tasks/${taskId}`}
              className="min-w-0 truncate underline decoration-line-strong underline-offset-2"
            >
              {name}
            </Link>
            <span className="text-[13px] text-soft">
              <TimeAgo at={atSeconds} />
            </span>
          </span>
          <span className="text-soft">{reason}</span>
        </li>
      ))}
    </ul>
  );
}
