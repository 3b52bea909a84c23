import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileKernel } from './compile-kernel.ts';
import { edgeRows, edgeSource } from './testing/edge-table.ts';
import { EvmOracle } from './testing/evm-oracle.ts';
import { GpuOracle } from './testing/gpu-oracle.ts';
import { edgeWords } from './testing/random.ts';
import { compare, type Trial } from './testing/three-ways.ts';

let evm: EvmOracle;
let gpu: GpuOracle;
beforeAll(async () => {
  [evm, gpu] = await Promise.all([EvmOracle.open(), GpuOracle.open()]);
}, 60_000);
afterAll(() => Promise.all([evm?.close(), gpu?.close()]));

const edges = Uint32Array.from(edgeWords);

test.each(
  edgeRows.map(([scalar, [label, expression, expected]]) => ({ scalar, label, expression, expected })),
)(
  '$scalar $label: executor, EVM, canonical text and the text as written agree on all pairs',
  async ({ scalar, expression, expected }) => {
    const kernel = compileKernel(edgeSource(scalar, expression));
    if (!kernel.ok || !kernel.provable) throw new Error(JSON.stringify(kernel));
    const trial: Trial = { kernel, inputs: [edges], first: 0, count: 1024 };
    const [comparison] = await compare([trial], evm, gpu);
    expect(comparison?.differences).toEqual([]);
    const words = comparison?.words ?? new Uint32Array(0);
    const [written] = await gpu.run([{ ...trial, wgsl: edgeSource(scalar, expression), wordsPerElement: 1 }]);
    expect(written).toEqual(words);
    const value = (word: number) => (scalar === 'u32' ? word >>> 0 : word | 0);
    for (let id = 0; expected && id < 1024; id++) {
      const [a = 0, b = 0, c = 0] = [id >> 5, id & 31, ((id >> 5) * 7 + id) & 31].map((at) =>
        value(edges[at] ?? 0),
      );
      const wanted = expected(a, b, c) >>> 0;
      if (words[id] !== wanted)
        throw new Error(`${expression} of ${a}, ${b}, ${c} is ${words[id]}, not ${wanted}.`);
    }
  },
  60_000,
);

test('the edges are 32 different words', () => {
  expect(new Set(edgeWords).size).toBe(32);
});
