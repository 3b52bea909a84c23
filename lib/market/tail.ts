import type { ProviderRecord } from './state.ts';

/**
 * Wei of settled bonds that still count at `nowSeconds`: those of this window's epoch and of the one before, as Vault keeps
 * them. `windowSeconds` is the deployment's constant.
 */
export function tailAt(
  { tails }: Pick<ProviderRecord, 'tails'>,
  nowSeconds: number,
  windowSeconds: number,
): bigint {
  const epoch = Math.floor(nowSeconds / windowSeconds);
  let wei = 0n;
  for (const [settledAt, bond] of tails) {
    if (Math.floor(settledAt / windowSeconds) >= epoch - 1) wei += bond;
  }
  return wei;
}
