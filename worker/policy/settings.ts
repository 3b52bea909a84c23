import type { CatalogueKernel } from '@opengpu/sdk/kernels/template';
import type { Model } from '@opengpu/sdk/protocol/task';

/** What the provider chooses; everything else follows from the chain and the machine. */
export interface WorkerSettings {
  /** Wei a shard below which nothing is worth the trouble. */
  lowestPriceWei: bigint;
  /** Manual Confirmation: the ask as a share of the task's highest price, percent, 1 to 100. */
  askPercent: number;
  /** Competition models to take part in. */
  models: readonly Model[];
  /** Catalogue kernels to run. */
  kernels: readonly CatalogueKernel['id'][];
}

/** Take everything that this version can do, at nine tenths of the highest price. */
export const defaultSettings: WorkerSettings = {
  lowestPriceWei: 0n,
  askPercent: 90,
  models: ['firstResponse', 'manualConfirmation'],
  kernels: ['fractal', 'photo', 'search'],
};
