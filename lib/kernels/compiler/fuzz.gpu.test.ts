import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileKernel } from './compile-kernel.ts';
import { EvmOracle } from './testing/evm-oracle.ts';
import { GpuOracle } from './testing/gpu-oracle.ts';
import { features, type RandomProgram, randomProgram } from './testing/random-program.ts';
import { compare, type Trial } from './testing/three-ways.ts';

// FUZZ_PROGRAMS and FUZZ_SEED make it deeper: `npm run test:deep` takes 2,000 programs of 256 elements.
const programs = Number(process.env.FUZZ_PROGRAMS ?? 100);
const firstSeed = Number(process.env.FUZZ_SEED ?? 0);
const elements = Number(process.env.FUZZ_ELEMENTS ?? 64);
const batch = 20;

let evm: EvmOracle;
let gpu: GpuOracle;
beforeAll(async () => {
  [evm, gpu] = await Promise.all([EvmOracle.open(), GpuOracle.open()]);
}, 60_000);
afterAll(() => Promise.all([evm?.close(), gpu?.close()]));

/** Trials from `seed` on; programs that are too dear to be proven are passed over, and so are those without output. */
function trialsFrom(seed: number, count: number): { program: RandomProgram; trial: Trial }[] {
  return Array.from({ length: count }, (_, index) => randomProgram(seed + index)).flatMap((program) => {
    const kernel = compileKernel(program.source);
    if (!kernel.ok) {
      expect(kernel.errors, program.source).toEqual([
        expect.objectContaining({ message: 'The kernel writes nothing to its output.' }),
      ]);
      return [];
    }
    return kernel.provable
      ? [{ program, trial: { kernel, inputs: program.inputs, first: 0, count: elements } }]
      : [];
  });
}

test(
  `random programs give the same words as EVM code, canonical WGSL, JavaScript and, where WGSL fixes them, as written`,
  async () => {
    const seen = new Map<string, number>(features.map((feature) => [feature, 0]));
    const problems: string[] = [];
    const asWritten: { equal: number; refused: number; different: string[] } = {
      equal: 0,
      refused: 0,
      different: [],
    };
    let compared = 0;
    for (let seed = firstSeed; seed < firstSeed + programs; seed += batch) {
      const trials = trialsFrom(seed, Math.min(batch, firstSeed + programs - seed));
      const comparisons = await compare(
        trials.map(({ trial }) => trial),
        evm,
        gpu,
      );
      // Tint does not set a variable of a loop to zero again, and SwiftShader divides vectors by zero in its own way: such
      // programs mean something else as written. That is why providers run canonical text.
      const comparable = trials.flatMap(({ program, trial }, index) => {
        const words = comparisons[index]?.words;
        return words &&
          !program.features.has('uninitialised in loop') &&
          !program.features.has('vector quotient') &&
          elements === 64
          ? [{ program, trial, words }]
          : [];
      });
      const written = await gpu.run(
        comparable.map(({ program, trial }) => ({
          ...trial,
          wgsl: program.source,
          wordsPerElement: trial.kernel.wordsPerElement,
        })),
      );
      for (const [index, { program, words, trial }] of comparable.entries()) {
        const got = written[index];
        if (typeof got === 'string') {
          asWritten.refused++;
          if (process.env.FUZZ_VERBOSE) console.log(program.seed, got);
        } else {
          const wrong =
            trial.kernel.wordsPerElement === 1 || !program.features.has('unwritten word')
              ? firstDifference(got ?? words, words)
              : undefined;
          if (wrong === undefined) asWritten.equal++;
          else asWritten.different.push(`seed ${program.seed}: ${wrong}`);
        }
      }
      for (const [index, { program }] of trials.entries()) {
        const comparison = comparisons[index];
        for (const feature of program.features) seen.set(feature, (seen.get(feature) ?? 0) + 1);
        for (const difference of comparison?.differences ?? [])
          problems.push(`seed ${program.seed}: ${difference}`);
        compared++;
      }
    }
    console.log(`${compared} programs, as written ${JSON.stringify(asWritten)}`);
    console.log([...seen].map(([feature, count]) => `${feature} ${count}`).join(', '));
    expect(problems).toEqual([]);
    // SwiftShader computes some vectors wrong as written (v << 0 times w gave 0): few, and never in canonical text.
    expect(asWritten.different.length, asWritten.different.join('\n')).toBeLessThanOrEqual(programs * 0.02);
    expect(asWritten.equal).toBeGreaterThan(programs * 0.2);
    expect(compared).toBeGreaterThan(programs * 0.8);
    expect([...seen].filter(([, count]) => count === 0)).toEqual([]);
  },
  60_000 + programs * 2_000,
);

function firstDifference(got: Uint32Array, expected: Uint32Array): string | undefined {
  const at = expected.findIndex((word, index) => got[index] !== word && !(got[index] === 0xdeadbeef));
  return at < 0 ? undefined : `word ${at} is ${got[at]}, not ${expected[at]}`;
}
