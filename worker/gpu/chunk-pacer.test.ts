import { expect, test } from 'vitest';
import { ChunkPacer } from './chunk-pacer.ts';

test('chunks settle where they take about 65 ms, in whole workgroups', () => {
  const pacer = new ChunkPacer(64);
  const perSecond = 1_000_000;
  for (let chunk = 0; chunk < 10; chunk++) pacer.took(pacer.elements, (pacer.elements / perSecond) * 1_000);
  expect(pacer.elements % 64).toBe(0);
  expect(pacer.elements / perSecond).toBeGreaterThan(0.05);
  expect(pacer.elements / perSecond).toBeLessThan(0.08);
});

test('a slow chunk shrinks the next one at once, a fast one grows it fourfold at most', () => {
  const pacer = new ChunkPacer(64, Number.POSITIVE_INFINITY, 6_400);
  pacer.took(6_400, 0);
  expect(pacer.elements).toBe(25_600);
  pacer.took(25_600, 650);
  expect(pacer.elements).toBe(2_560);
  pacer.took(2_560, 1e9);
  expect(pacer.elements).toBe(256);
  for (let chunk = 0; chunk < 9; chunk++) pacer.took(pacer.elements, 1e9);
  expect(pacer.elements).toBe(64);
});

test('never more than the room in the buffer or than a dispatch allows', () => {
  const small = new ChunkPacer(64, 100);
  expect(small.elements).toBe(100);
  const large = new ChunkPacer(64);
  for (let chunk = 0; chunk < 30; chunk++) large.took(large.elements, 0);
  expect(large.elements).toBe(64 * 65_535);
});
