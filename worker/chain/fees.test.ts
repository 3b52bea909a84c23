import { createPublicClient, custom } from 'viem';
import { expect, test } from 'vitest';
import { currentFees } from './fees.ts';

const hex = (wei: number) => `0x${wei.toString(16)}`;

/** A node that answers with this history only. */
const node = (baseFees: number[], tips: number[]) =>
  createPublicClient({
    transport: custom({
      request: async () => ({
        oldestBlock: '0x1',
        baseFeePerGas: baseFees.map(hex),
        gasUsedRatio: tips.map(() => 0.5),
        reward: tips.map((tip) => [hex(tip)]),
      }),
    }),
  });

test('the tip is the median of what got in, on the next block’s base fee, with room for that to double', async () => {
  expect(await currentFees(node([50, 60, 70, 100], [9_000_000, 2_000_000, 3_000_000]))).toEqual({
    gasPriceWei: 3_000_100n,
    maxFeePerGas: 3_000_200n,
    maxPriorityFeePerGas: 3_000_000n,
  });
});

test('empty blocks ask for next to nothing', async () => {
  expect(await currentFees(node([7, 7], [0]))).toMatchObject({
    gasPriceWei: 1_000_007n,
    maxPriorityFeePerGas: 1_000_000n,
  });
  expect(await currentFees(node([7], []))).toMatchObject({ gasPriceWei: 1_000_007n });
});
