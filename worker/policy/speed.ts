import { catalogue } from '@opengpu/sdk/kernels/catalogue';
import type { CatalogueKernel } from '@opengpu/sdk/kernels/template';
import type { Journal } from '../journal/journal.ts';

/** Under which name a kernel's speed on an adapter is remembered. */
export function speedKey(adapter: string, kernel: CatalogueKernel): string {
  return `${adapter} ${kernel.sourceHash}`;
}

/**
 * Elements a second of a kernel on this adapter: as last measured, else scaled from another kernel's measurement by their
 * weights, else 0.
 */
export async function estimateSpeed(
  journal: Pick<Journal, 'speed'>,
  adapter: string,
  kernel: CatalogueKernel,
): Promise<number> {
  const measured = await journal.speed(speedKey(adapter, kernel));
  if (measured > 0) return measured;
  for (const other of catalogue) {
    const speed = await journal.speed(speedKey(adapter, other));
    if (speed > 0) return (speed * other.weight) / kernel.weight;
  }
  return 0;
}
