'use client';

import type { TaskRecord } from '@opengpu/sdk/market/state';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { size } from 'viem';
import { drawShard, type ImageResult } from './picture-layout';
import { readShard } from './shard-bytes';

interface Picture {
  canvas: RefObject<HTMLCanvasElement | null>;
  /** Shards that are on the canvas. */
  drawn: ReadonlySet<number>;
  /** Why some answered shard cannot be shown. */
  problem?: string;
}

/** Draws every answered shard onto a canvas, once, as it arrives. `inlineOnly` leaves out what would have to be fetched. */
export function usePicture(record: TaskRecord, result: ImageResult, inlineOnly: boolean): Picture {
  const canvas = useRef<HTMLCanvasElement>(null);
  const begun = useRef(new Set<number>());
  const [drawn, setDrawn] = useState<ReadonlySet<number>>(new Set());
  const [problem, setProblem] = useState<string>();

  // Synchronises the canvas with the shards that the chain has paid.
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    const wanted = [...record.settled.values()].filter(
      ({ shard, output }) => !begun.current.has(shard) && !(inlineOnly && size(output) === 0),
    );
    for (const { shard } of wanted) begun.current.add(shard);
    (async () => {
      for (const settled of wanted) {
        try {
          const rgba = await readShard(record, settled);
          drawShard(context, result, record.task.elementsPerShard, settled.shard, rgba);
          setDrawn((before) => new Set(before).add(settled.shard));
        } catch (error) {
          begun.current.delete(settled.shard);
          setProblem(error instanceof Error ? error.message : String(error));
        }
      }
    })();
  }, [record, result, inlineOnly]);

  return { canvas, drawn, problem };
}
