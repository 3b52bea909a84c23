'use client';

import type { SettledShard, TaskRecord } from '@opengpu/sdk/market/state';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { size } from 'viem';
import { drawShard, drawShardScaled, type ImageResult } from './picture-layout';
import { readShard } from './shard-bytes';

/** Pixels up to which a thumbnail fetches what is not on chain: 4 MiB. */
const mostFetchedPixels = 2 ** 20;
/** Longest side of a thumbnail's canvas, pixels. */
const thumbnailSide = 480;
const retryMs = 5_000;
/** Shards fetched at once. */
const lanes = 4;

interface Picture {
  canvas: RefObject<HTMLCanvasElement | null>;
  /** Size of the canvas, pixels. */
  width: number;
  height: number;
  /** Shards that are on the canvas. */
  drawn: ReadonlySet<number>;
  /** Why some answered shard cannot be shown yet; it is tried again. */
  problem?: string;
}

/** Draws every answered shard onto a canvas, once, as it arrives. A thumbnail is small, and leaves out what is large and would have to be fetched. */
export function usePicture(record: TaskRecord, result: ImageResult, thumbnail: boolean): Picture {
  const scale = thumbnail ? Math.min(1, thumbnailSide / Math.max(result.width, result.height)) : 1;
  const onChainOnly = thumbnail && result.width * result.height > mostFetchedPixels;
  const canvas = useRef<HTMLCanvasElement>(null);
  const begun = useRef(new Set<number>());
  const [drawn, setDrawn] = useState<ReadonlySet<number>>(new Set());
  const [problem, setProblem] = useState<string>();
  const [attempt, setAttempt] = useState(0);

  // Synchronises the canvas with the shards that the chain has paid.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again for what could not be fetched.
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const draw = async (settled: SettledShard) => {
      try {
        const rgba = await readShard(record, settled);
        const { elementsPerShard } = record.task;
        if (thumbnail) drawShardScaled(context, scale, result, elementsPerShard, settled.shard, rgba);
        else drawShard(context, result, elementsPerShard, settled.shard, rgba);
        setDrawn((before) => new Set(before).add(settled.shard));
        return true;
      } catch (error) {
        begun.current.delete(settled.shard);
        setProblem(error instanceof Error ? error.message : String(error));
        return false;
      }
    };
    const wanted = [...record.settled.values()].filter(
      ({ shard, output }) => !begun.current.has(shard) && !(onChainOnly && size(output) === 0),
    );
    // Marked at once, so that the next state of the record does not begin them again.
    for (const { shard } of wanted) begun.current.add(shard);
    const queue = wanted.values();
    const lane = async () => {
      let complete = true;
      for (const settled of queue) complete = (await draw(settled)) && complete;
      return complete;
    };
    (async () => {
      const done = await Promise.all(Array.from({ length: lanes }, lane));
      if (done.every(Boolean)) setProblem(undefined);
      else retry = setTimeout(() => setAttempt((before) => before + 1), retryMs);
    })();
    return () => clearTimeout(retry);
  }, [record, result, thumbnail, onChainOnly, scale, attempt]);

  return {
    canvas,
    width: Math.max(1, Math.round(result.width * scale)),
    height: Math.max(1, Math.round(result.height * scale)),
    drawn,
    problem,
  };
}
