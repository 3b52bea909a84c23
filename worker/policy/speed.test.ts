import { fractalKernel, photoKernel } from '@opengpu/sdk/kernels/catalogue';
import { expect, test } from 'vitest';
import { estimateSpeed, speedKey } from './speed.ts';

const journal = (speeds: Record<string, number>) => ({ speed: async (key: string) => speeds[key] ?? 0 });

test('a measured speed is used as it is, another kernel’s by their weights, else none', async () => {
  const measured = { [speedKey('gpu', fractalKernel)]: 1_000 };
  expect(await estimateSpeed(journal(measured), 'gpu', fractalKernel)).toBe(1_000);
  expect(await estimateSpeed(journal(measured), 'gpu', photoKernel)).toBeCloseTo(1_000 / photoKernel.weight);
  expect(await estimateSpeed(journal(measured), 'another gpu', fractalKernel)).toBe(0);
});
