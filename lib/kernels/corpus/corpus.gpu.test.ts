import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileKernel, type ProvableKernel } from '../compiler/compile-kernel.ts';
import { EvmOracle } from '../compiler/testing/evm-oracle.ts';
import { GpuOracle } from '../compiler/testing/gpu-oracle.ts';
import { Random } from '../compiler/testing/random.ts';
import { compare } from '../compiler/testing/three-ways.ts';
import { fractalReference } from '../templates/fractal/reference.ts';
import { fractalTemplate } from '../templates/fractal/template.ts';
import { photoReference } from '../templates/photo/reference.ts';
import { photoTemplate } from '../templates/photo/template.ts';
import { testPicture } from '../testing/test-picture.ts';
import { gameOfLifeReference } from './game-of-life/reference.ts';
import { gemmReference } from './int8-gemm/reference.ts';
import { keccakReference } from './keccak/reference.ts';
import { monteCarloReference } from './monte-carlo/reference.ts';
import { sha256dReference } from './sha256d/reference.ts';
import { smithWatermanReference } from './smith-waterman/reference.ts';

interface Case {
  name: string;
  file: string;
  /** Hash of the compiled code. It changes with the compiler's version only. */
  codeHash: string;
  inputs: () => Uint32Array[] | Promise<Uint32Array[]>;
  first: number;
  count: number;
  expected: (inputs: Uint32Array[], id: number) => ArrayLike<number>;
}

const random = new Random(7);
const words = (length: number) => Uint32Array.from({ length }, () => random.word());
const empty = new Uint32Array(0);

const cases: Case[] = [
  {
    name: 'SHA-256d',
    file: 'sha256d/kernel.wgsl',
    codeHash: '0xee9fb7a37b9fe5936a4b7428663f1969d186eae308f7c811e91cc37d954862e5',
    inputs: () => [words(19)],
    first: 1_000_000,
    count: 64,
    expected: ([head = empty], id) => sha256dReference(head, id),
  },
  {
    name: 'int8 GEMM',
    file: 'int8-gemm/kernel.wgsl',
    codeHash: '0xc6113a30f5d988e9e9d5e201d1d63f8ebf32f0229fe44afa19fa2df6baf7e02b',
    inputs: () => [Uint32Array.of(16), words(16 * 256), words(16 * 256)],
    first: 40,
    count: 64,
    expected: ([, left = empty, right = empty], id) => [gemmReference(16, left, right, id)],
  },
  {
    name: 'Monte Carlo',
    file: 'monte-carlo/kernel.wgsl',
    codeHash: '0x6d2042ab1f0d2bf804a1cea7850603977edf2dd2104c6481ae532e7c193d0a43',
    inputs: () => [words(1)],
    first: 0,
    count: 64,
    expected: ([seed = empty], id) => [monteCarloReference(seed[0] ?? 0, id)],
  },
  {
    name: 'Smith-Waterman',
    file: 'smith-waterman/kernel.wgsl',
    codeHash: '0xd6754cd76e9b30022cbe5dbd4e3c9951c3dae25e8ad24d18f71a5a5bf472bbc9',
    inputs: () => {
      const query = words(2);
      return [query, Uint32Array.of(...query, ...words(126))];
    },
    first: 0,
    count: 64,
    expected: ([query = empty, database = empty], id) => [smithWatermanReference(query, database, id)],
  },
  {
    name: 'Game of Life',
    file: 'game-of-life/kernel.wgsl',
    codeHash: '0xa3a5df5d25351044f2e20de4ec0626706e4e45424ed9141840fe0cc53b358153',
    inputs: () => [Uint32Array.of(5, 40), words(200)],
    first: 0,
    count: 200,
    expected: ([size = empty, cells = empty], id) => [
      gameOfLifeReference(size[0] ?? 0, size[1] ?? 0, cells, id),
    ],
  },
  {
    name: 'keccak-256',
    file: 'keccak/kernel.wgsl',
    codeHash: '0x2d0f9e6822edec45b86d4fba244dce91c0d951631063b775d2ba9faf38efafba',
    inputs: () => [words(512)],
    first: 0,
    count: 64,
    expected: ([data = empty], id) => keccakReference(data, id),
  },
  {
    name: 'fractal',
    file: '../templates/fractal/kernel.wgsl',
    codeHash: '0xbb8e92d019fdda593aab36da5c9d4c7ed25b94ff4b174e9b0daa17b27ef9caa2',
    // Point 832 lies inside the set, where every iteration runs.
    inputs: async () =>
      (await fractalTemplate.draft({ ...fractalTemplate.defaults, iterations: 1024, size: 128 })).inputs,
    first: 800,
    count: 64,
    expected: ([view = empty], id) => fractalReference(view, id, 1),
  },
  {
    name: 'photo filter',
    file: '../templates/photo/kernel.wgsl',
    codeHash: '0xdfa2d1749ac03484d1abe36ea0f4514149adc0d230950f053eb278b43d44d243',
    inputs: async () =>
      (await photoTemplate.draft({ picture: testPicture(97, 47), filter: 'sharpen', strengthPercent: 100 }))
        .inputs,
    first: 500,
    count: 256,
    expected: ([filter = empty, pixels = empty], id) => photoReference(filter, pixels, id, 1),
  },
];

function compile(file: string): ProvableKernel {
  const kernel = compileKernel(readFileSync(new URL(file, import.meta.url)));
  if (!kernel.ok || !kernel.provable)
    throw new Error(JSON.stringify(kernel.ok ? kernel.reasons : kernel.errors));
  return kernel;
}

let evm: EvmOracle;
let gpu: GpuOracle;
beforeAll(async () => {
  [evm, gpu] = await Promise.all([EvmOracle.open(), GpuOracle.open()]);
}, 60_000);
afterAll(() => Promise.all([evm?.close(), gpu?.close()]));

describe.each(cases)('$name', ({ name, file, codeHash, inputs: makeInputs, first, count, expected }) => {
  test('compiles to the code that it always compiled to', () => {
    expect(compile(file).codeHash).toBe(codeHash);
  });

  test('gives the words of its reference in all three ways, within the gas bound and close to it', async () => {
    const kernel = compile(file);
    const inputs = await makeInputs();
    const [comparison] = await compare([{ kernel, inputs, first, count }], evm, gpu);
    if (!comparison) throw new Error('Nothing was compared.');
    expect(comparison.differences).toEqual([]);
    const reference = Array.from({ length: count }, (_, index) => [
      ...Array.from(expected(inputs, first + index)),
    ]).flat();
    expect([...comparison.words]).toEqual(reference);
    expect(new Set(reference).size).toBeGreaterThan(1);
    const { gas, bound } = comparison.dearest;
    console.log(
      `${name}: ${kernel.code.length} bytes, ${gas} gas, bound ${bound} (${((bound / gas - 1) * 100).toFixed(1)} % above)`,
    );
    expect(bound / gas).toBeLessThanOrEqual(1.25);
  }, 120_000);
});
