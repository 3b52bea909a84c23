/** The challenger gets one part in this many of what is left of the bond after the price. */
export const challengersPart = 4n;
/** Gas of the dearest challenge that a provable kernel can need. */
export const mostChallengeGas = 8_000_000n;
/** What a bond reckons with at least, wei a gas. */
export const leastGasPriceWei = 1_000_000_000n;

/** Where a slashed bond goes, wei. */
export interface Slash {
  /** Back to the client. */
  priceWei: bigint;
  /** To whoever proved it. */
  rewardWei: bigint;
  /** To nobody. */
  burnedWei: bigint;
}

/** Splits the bond of a response that was paid `priceWei`, as Vault does, rounding the reward down. */
export function splitOfSlash(bondWei: bigint, priceWei: bigint): Slash {
  const rewardWei = (bondWei - priceWei) / challengersPart;
  return { priceWei, rewardWei, burnedWei: bondWei - priceWei - rewardWei };
}

/**
 * The least bond whose challenger's share pays for `gas` at `gasPriceWei` (at least `leastGasPriceWei`). With `mostChallengeGas`
 * and the block's base fee it is the most that the market lets a provable task ask where 20 times the price is less.
 */
export function payingBondWei(priceWei: bigint, gas: bigint, gasPriceWei: bigint): bigint {
  const reckoned = gasPriceWei > leastGasPriceWei ? gasPriceWei : leastGasPriceWei;
  return priceWei + challengersPart * gas * reckoned;
}
