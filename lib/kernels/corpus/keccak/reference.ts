import { keccak256 } from 'viem';
import { bytesToWords, wordsToBytes } from '../../../protocol/words.ts';

/** The eight words of element `id`: keccak-256 of eight words of `data`, by viem. */
export function keccakReference(data: Uint32Array, id: number): Uint32Array {
  return bytesToWords(keccak256(wordsToBytes(data.subarray(8 * id, 8 * id + 8)), 'bytes'));
}
