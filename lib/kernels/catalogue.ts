import type { Hex } from 'viem';
import { keccak256, stringToBytes } from 'viem';
import { sources } from './generated/sources.ts';
import type { CatalogueKernel } from './template.ts';

function kernel(
  id: CatalogueKernel['id'],
  facts: Pick<CatalogueKernel, 'wordsPerElement' | 'execution' | 'weight'>,
): CatalogueKernel {
  return { id, source: sources[id], sourceHash: keccak256(stringToBytes(sources[id])), ...facts };
}

/** Fixed-point Mandelbrot; one element is one pixel. */
export const fractalKernel = kernel('fractal', { wordsPerElement: 1, execution: 'map', weight: 1 });

/** 3×3 convolution; one element is one pixel. */
export const photoKernel = kernel('photo', { wordsPerElement: 1, execution: 'map', weight: 0.05 });

/** CREATE2 salt search; one element tries 256 salts and gives (found, eight words of the salt). */
export const searchKernel = kernel('search', { wordsPerElement: 9, execution: 'search', weight: 20 });

/** Every kernel that the project ships. */
export const catalogue: readonly CatalogueKernel[] = [fractalKernel, photoKernel, searchKernel];

/** The catalogue kernel whose source has this keccak256, if there is one. */
export function kernelByHash(sourceHash: Hex): CatalogueKernel | undefined {
  return catalogue.find((kernel) => kernel.sourceHash === sourceHash.toLowerCase());
}
