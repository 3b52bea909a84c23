/** Calldata of an element's code: docs/kernel-abi.md. All fields are words of 32 bytes. */
export const headerWords = 6;
/** Fields of a buffer's header: its length in words, its first window, how many further windows follow, and where. */
export const header = { words: 0, start: 1, length: 2, pointer: 3, further: 4, table: 5 } as const;
/** A further window: start, length, pointer. */
export const windowWords = 3;

/** Byte offset in calldata of a field of buffer `buffer`'s header. */
export function headerOffset(buffer: number, field: keyof typeof header): number {
  return 32 * (1 + headerWords * buffer + header[field]);
}

/** Words `start` to `start + length` of a buffer. */
export interface Window {
  start: number;
  length: number;
}

/**
 * The windows that hold what an element reads of one buffer: whole leaves of 32 words, neighbours joined, cut at the end of
 * the buffer. `reads` ascends.
 */
export function windowsOf(reads: Uint32Array, words: number): Window[] {
  const windows: Window[] = [];
  for (const index of reads) {
    const start = index - (index % 32);
    const end = Math.min(start + 32, words);
    const last = windows.at(-1);
    if (last && start <= last.start + last.length) last.length = end - last.start;
    else windows.push({ start, length: end - start });
  }
  return windows;
}

/** Calldata for one element: what the proof contract lays out in memory, built here for tests and dry runs. */
export function encodeElementCall(
  id: number,
  inputs: readonly Uint32Array[],
  windows: readonly (readonly Window[])[],
): Uint8Array {
  const further = windows.map((list) => Math.max(0, list.length - 1));
  const tables = further.reduce((sum, count) => sum + count, 0);
  const dataStart = 32 * (1 + headerWords * inputs.length + windowWords * tables);
  const dataBytes = windows.flat().reduce((sum, window) => sum + 4 * window.length, 0);
  const bytes = new Uint8Array(dataStart + dataBytes);
  const view = new DataView(bytes.buffer);
  const put = (offset: number, value: number) => view.setUint32(offset + 28, value);
  put(0, id);
  let table = 32 * (1 + headerWords * inputs.length);
  let data = dataStart;
  for (const [buffer, input] of inputs.entries()) {
    put(headerOffset(buffer, 'words'), input.length);
    put(headerOffset(buffer, 'further'), further[buffer] ?? 0);
    put(headerOffset(buffer, 'table'), table);
    for (const [index, { start, length }] of (windows[buffer] ?? []).entries()) {
      const at = index === 0 ? headerOffset(buffer, 'start') : table;
      if (index > 0) table += 32 * windowWords;
      put(at, start);
      put(at + 32, length);
      put(at + 64, data);
      for (let word = start; word < start + length; word++, data += 4) view.setUint32(data, input[word] ?? 0);
    }
  }
  return bytes;
}
