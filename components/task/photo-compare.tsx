'use client';

import { readLocator } from '@opengpu/sdk/data/locate';
import type { TaskRecord } from '@opengpu/sdk/market/state';
import { explainError } from '@opengpu/sdk/protocol/errors';
import type { Metadata } from '@opengpu/sdk/protocol/metadata';
import { wordsToBytes } from '@opengpu/sdk/protocol/words';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { contentSources, withoutUrls } from '@/components/market/content';
import { PixelCanvas } from '@/components/ui/pixel-canvas';
import type { ImageResult } from './picture-layout';
import { ShardPicture } from './shard-picture';
import type { TaskView } from './task-view';

/** The photograph before and after, one over the other; a handle moves the border between them. */
export function PhotoCompare({ view, result }: { view: TaskView; result: ImageResult }) {
  const { record, parsed, name } = view;
  const [share, setShare] = useState(50);
  const before = useQuery({
    queryKey: ['photoInput', record.taskId],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => readPhoto(record, result, parsed.ok ? parsed.metadata : undefined, signal),
  });
  return (
    <div className="grid max-w-[980px] gap-3">
      <div className="bg-print p-2.5 shadow-print sm:p-4">
        <div className="relative overflow-hidden">
          <ShardPicture record={record} result={result} name={name} />
          {before.data ? (
            <div className="absolute inset-0" style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }}>
              <PixelCanvas
                rgba={before.data}
                width={result.width}
                height={result.height}
                label="Before"
                className="size-full"
              />
            </div>
          ) : null}
          {before.data ? (
            <div
              aria-hidden="true"
              className="absolute inset-y-0 w-0.5 bg-safelight"
              style={{ left: `${share}%` }}
            />
          ) : null}
        </div>
      </div>
      {before.data ? (
        <label className="grid gap-1 text-[14px]">
          <span className="flex justify-between text-soft">
            <span>Before</span>
            <span>After</span>
          </span>
          <input
            type="range"
            min={0}
            max={100}
            value={share}
            aria-label="Border between before and after"
            onChange={(event) => setShare(event.target.valueAsNumber)}
            className="w-full accent-safelight"
          />
        </label>
      ) : (
        <p className="text-[14px] text-soft">
          {before.error
            ? `The photograph itself cannot be shown: ${explainError(before.error)}`
            : 'Fetching the photograph.'}
        </p>
      )}
    </div>
  );
}

/** Input 1 of the photo kernel: the client's pixels, checked against the root in the terms. */
async function readPhoto(
  record: TaskRecord,
  { width, height }: ImageResult,
  metadata: Metadata | undefined,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const locator = metadata?.inputs[1];
  const expected = record.work.inputs[1];
  if (!locator || !expected) throw new Error('the task does not say where it is.');
  // Strangers' terms and words about them need not agree.
  if (expected.words !== width * height) throw new Error('it has another size than its result.');
  return wordsToBytes(await readLocator(withoutUrls(locator), contentSources(), expected, signal));
}
