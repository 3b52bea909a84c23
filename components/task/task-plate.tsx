'use client';

import type { Address } from 'viem';
import { foundSalt } from './found-salt';
import { searchedPattern } from './search-pattern';
import { ShardPicture } from './shard-picture';
import { ShardTiles } from './shard-tiles';
import type { TaskView } from './task-view';

const none: ReadonlySet<number> = new Set();

/** What a task's frame shows: its picture as far as it is answered, the address that is searched, or plain tiles. */
export function TaskPlate({ view }: { view: TaskView }) {
  const { parsed, record, name } = view;
  const result = parsed.ok ? parsed.metadata.result : undefined;
  if (result?.kind === 'image') {
    return <ShardPicture record={record} result={result} name={name} thumbnail />;
  }
  if (result?.kind === 'create2Salt') {
    return (
      <SearchPlate pattern={searchedPattern(record.task.verifierData)} found={foundSalt(record)?.address} />
    );
  }
  return (
    <div className="grid size-full place-items-center p-6">
      <ShardTiles record={record} shown={none} name={name} />
    </div>
  );
}

function SearchPlate({ pattern, found }: { pattern: string | undefined; found: Address | undefined }) {
  return (
    <div className="grid size-full content-center gap-3 bg-sheet p-5">
      <p className="edge">{found ? 'found' : 'wanted: an address like'}</p>
      <p className="font-mono text-[20px] leading-[1.5] tracking-tight break-all">
        {found ? (
          found
        ) : pattern ? (
          <AddressPattern pattern={pattern} />
        ) : (
          'a condition that this page cannot read'
        )}
      </p>
    </div>
  );
}

/** The digits that matter, lit between dots. */
function AddressPattern({ pattern }: { pattern: string }) {
  const parts = pattern.match(/·+|[^·]+/g) ?? [];
  return parts.map((part, place) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the index is the part's place.
      key={place}
      className={part.startsWith('·') ? 'text-soft' : 'font-semibold text-safelight-ink'}
    >
      {part}
    </span>
  ));
}
