import type { CatalogueKernel } from '@opengpu/sdk/kernels/template';
import { fractalReference } from '@opengpu/sdk/kernels/templates/fractal/reference';
import { photoReference } from '@opengpu/sdk/kernels/templates/photo/reference';
import { searchReference } from '@opengpu/sdk/kernels/templates/search/reference';

/** Neighbouring elements of one run. */
const runElements = 4;

/** Elements `first` to `first + count − 1` without the GPU. */
export type Reference = (inputs: readonly Uint32Array[], first: number, count: number) => Uint32Array;

const none = new Uint32Array();

/** The hand-written reference of each catalogue kernel. */
export const references: Record<CatalogueKernel['id'], Reference> = {
  fractal: ([view = none], first, count) => fractalReference(view, first, count),
  photo: ([filter = none, pixels = none], first, count) => photoReference(filter, pixels, first, count),
  search: ([words = none], first, count) => searchReference(words, first, count),
};

/** Computed elements: those from `start` on. */
export interface ComputedElements {
  start: number;
  /** Big-endian words. */
  bytes: Uint8Array;
  wordsPerElement: number;
}

/** Compares `runs` random runs of four elements with the kernel's reference; returns a sentence about the first mismatch. */
export function findMismatch(
  reference: Reference,
  inputs: readonly Uint32Array[],
  { start, bytes, wordsPerElement }: ComputedElements,
  runs: number,
  random: () => number = Math.random,
): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements = bytes.length / (4 * wordsPerElement);
  const count = Math.min(runElements, elements);
  for (let run = 0; run < (elements <= count ? 1 : runs); run++) {
    const first = Math.floor(random() * (elements - count + 1));
    const expected = reference(inputs, start + first, count);
    for (const [index, value] of expected.entries()) {
      const actual = view.getUint32(4 * (first * wordsPerElement + index));
      if (actual !== value) {
        const element = start + first + Math.floor(index / wordsPerElement);
        return `This GPU computes element ${element} wrongly (${hex(actual)} instead of ${hex(value)}): nothing was promised.`;
      }
    }
  }
  return undefined;
}

function hex(word: number): string {
  return `0x${word.toString(16).padStart(8, '0')}`;
}
