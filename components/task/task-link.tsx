import type { MarketState } from '@opengpu/sdk/market/state';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { type ActivityGroup, shardsInWords } from './group-activity';
import { metadataOf } from './task-view';

/** The task that a line is about, by name, with its shards. */
export function TaskLink({ line, state }: { line: ActivityGroup; state: MarketState }): ReactNode {
  const record = line.taskId && state.tasks.get(line.taskId);
  if (!record) return <span />;
  const parsed = metadataOf(record);
  return (
    <Link
      href={`/tasks/${record.taskId}`}
      className="min-w-0 truncate py-0.5 underline decoration-line-strong underline-offset-2 hover:text-ink"
    >
      {parsed.ok ? parsed.metadata.name : record.taskId.slice(0, 10)}
      {line.shards.length === 0 || record.shards === 1 ? '' : `, ${shardsInWords(line.shards)}`}
    </Link>
  );
}
