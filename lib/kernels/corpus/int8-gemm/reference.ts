const depthBytes = 1024;

/** Entry `id` of the product of two int8 matrices given as words of four values, lowest byte first. */
export function gemmReference(columns: number, left: Uint32Array, right: Uint32Array, id: number): number {
  const a = new Int8Array(left.buffer, left.byteOffset + Math.floor(id / columns) * depthBytes, depthBytes);
  const b = new Int8Array(right.buffer, right.byteOffset + (id % columns) * depthBytes, depthBytes);
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0) >>> 0;
}
