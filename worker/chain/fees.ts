import type { PublicClient } from 'viem';

/** What a unit of gas costs, wei. */
export interface Fees {
  /** Base fee of the next block and the tip: what is paid if it is mined at once. */
  gasPriceWei: bigint;
  /** Room for the base fee to double. */
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
}

/** Blocks whose tips are looked at, and the share of their gas that paid less than the tip taken, percent. */
const blocks = 10;
const percentile = 20;
/** The tip on a chain whose blocks are empty, wei. */
const leastTipWei = 1_000_000n;

/**
 * Fees by what lately got into blocks, not by the node's suggestion: a quiet chain's node often suggests a gwei where nothing
 * is asked, which for answers of a million gas is most of the price.
 */
export async function currentFees(client: PublicClient): Promise<Fees> {
  const { baseFeePerGas, reward } = await client.getFeeHistory({
    blockCount: blocks,
    rewardPercentiles: [percentile],
  });
  const baseFeeWei = baseFeePerGas.at(-1) ?? 0n;
  const tips = (reward ?? []).map(([tip]) => tip ?? 0n).sort((one, other) => (one < other ? -1 : 1));
  const medianWei = tips[Math.floor(tips.length / 2)] ?? 0n;
  const tipWei = medianWei > leastTipWei ? medianWei : leastTipWei;
  return {
    gasPriceWei: baseFeeWei + tipWei,
    maxFeePerGas: 2n * baseFeeWei + tipWei,
    maxPriorityFeePerGas: tipWei,
  };
}
