'use client';

import { Section } from '@/components/ui/section';
import { PhotoCompare } from './photo-compare';
import { PictureDownloads } from './picture-downloads';
import { RawWords } from './raw-words';
import { SaltResult } from './salt-result';
import { ShardPicture } from './shard-picture';
import { ShardTiles } from './shard-tiles';
import type { TaskView } from './task-view';

const none: ReadonlySet<number> = new Set();

/** The result as far as it exists, shown as its kind asks. */
export function TaskResult({ view }: { view: TaskView }) {
  const { parsed, record, name } = view;
  const result = parsed.ok ? parsed.metadata.result : undefined;
  switch (result?.kind) {
    case 'image': {
      const photo = parsed.ok && parsed.metadata.template === 'photo' && result.layout === 'rows';
      return (
        <Section title="Result" aside={<PictureDownloads record={record} result={result} />}>
          {photo ? (
            <PhotoCompare view={view} result={result} />
          ) : (
            <Print width={result.width}>
              <ShardPicture record={record} result={result} name={name} />
            </Print>
          )}
        </Section>
      );
    }
    case 'create2Salt':
      return (
        <Section title="Result">
          <SaltResult view={view} />
        </Section>
      );
    case 'words':
    case undefined:
      return (
        <Section title="Result">
          {parsed.ok ? null : (
            <p className="text-[14px] text-soft">{parsed.reason} The result is shown as plain words.</p>
          )}
          <div className="max-w-xl">
            <ShardTiles record={record} shown={none} name={name} />
          </div>
          <RawWords record={record} />
        </Section>
      );
    default:
      return result satisfies never;
  }
}

/** A print on the table: white border, soft shadow; small pictures are not blown up beyond reason. */
function Print({ width, children }: { width: number; children: React.ReactNode }) {
  const size = width <= 256 ? 'max-w-[480px]' : width <= 512 ? 'max-w-[760px]' : 'max-w-[940px]';
  return <div className={`bg-print p-2.5 shadow-print sm:p-4 ${size}`}>{children}</div>;
}
