import { createHash } from 'node:crypto';

/** The eight words of element `id`, by Node's own SHA-256. `head` has 19 words. */
export function sha256dReference(head: Uint32Array, id: number): Uint32Array {
  const bytes = Buffer.alloc(80);
  for (let index = 0; index < 19; index++) bytes.writeUInt32BE(head[index] ?? 0, 4 * index);
  bytes.writeUInt32BE(id, 76);
  const digest = createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest();
  return Uint32Array.from({ length: 8 }, (_, index) => digest.readUInt32BE(4 * index));
}
