import type { ProviderRecord } from './state.ts';

/** A provider's part of earnings at a moment (unix seconds), in basis points: an announced rise counts from its time on. */
export function commissionAt(
  { commissionBps, nextCommission }: Pick<ProviderRecord, 'commissionBps' | 'nextCommission'>,
  nowSeconds: number,
): number {
  return nextCommission && nextCommission.at <= nowSeconds ? nextCommission.bps : commissionBps;
}
