import { ImageRefused } from './image-refused.ts';

/**
 * Inflates a zlib stream to exactly `length` bytes and stops there, however much more it would give: a small file cannot
 * claim more memory than its header names. Rejects with `ImageRefused` when it is broken or gives less.
 */
export async function inflate(pieces: readonly Uint8Array[], length: number): Promise<Uint8Array> {
  const result = new Uint8Array(length);
  let filled = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece.slice());
      controller.close();
    },
  });
  const reader = source.pipeThrough(new DecompressionStream('deflate')).getReader();
  try {
    while (filled < length) {
      const { done, value } = await reader.read();
      if (done) break;
      result.set(value.subarray(0, length - filled), filled);
      filled += Math.min(value.length, length - filled);
    }
  } catch {
    throw new ImageRefused('This PNG is damaged: its pixels cannot be unpacked.');
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (filled < length) throw new ImageRefused('This PNG is damaged: pixels are missing.');
  return result;
}
