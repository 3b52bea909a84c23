import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileKernel, type KernelResult, type ProvableKernel } from './compile-kernel.ts';
import { encodeElementCall, windowsOf } from './element-abi.ts';
import { type Mutant, mutants } from './mutants.ts';
import { EvmOracle, WideWord } from './testing/evm-oracle.ts';
import { type Probe, probes } from './testing/probes.ts';

let evm: EvmOracle;
beforeAll(async () => {
  evm = await EvmOracle.open();
}, 60_000);
afterAll(() => evm?.close());

/** What the EVM code of `subject` does wrong on a probe, by the executor of the compiler as it is. */
async function problemOf(probe: Probe, subject: ProvableKernel): Promise<string | undefined> {
  const kernel = provable(compileKernel(probe.source));
  const traces = Array.from({ length: probe.count }, (_, id) => kernel.execute(id, probe.inputs));
  const windows = traces.map(({ reads }) =>
    reads.map((read, buffer) => windowsOf(read, probe.inputs[buffer]?.length ?? 0)),
  );
  const calls = windows.map((mine, id) => encodeElementCall(id, probe.inputs, mine));
  try {
    const results = await evm.run(subject.code, kernel.wordsPerElement, calls);
    for (const [id, { words, gas }] of results.entries()) {
      if (!words) return `element ${id} failed`;
      if (words.some((word, at) => word !== traces[id]?.words[at])) return `element ${id} is wrong`;
      const bound = subject.gasBoundFor(windows[id]?.map((list) => list.length) ?? []);
      if (gas > bound) return `element ${id} takes ${gas} gas, the bound is ${bound}`;
    }
  } catch (error) {
    // Too wide a word, or code that never ends.
    if (error instanceof WideWord || (error instanceof Error && error.message.includes('OutOfGas')))
      return error.message;
    throw error;
  }
  return undefined;
}

/** Whether some call whose calldata lacks a window that it needs gives words all the same. */
async function problemWithoutWindows(subject: ProvableKernel, probe: Probe): Promise<string | undefined> {
  const kernel = provable(compileKernel(probe.source));
  const calls: Uint8Array[] = [];
  for (let id = 0; id < 8; id++) {
    const reads = kernel.execute(id, probe.inputs).reads;
    const windows = reads.map((read, buffer) => windowsOf(read, probe.inputs[buffer]?.length ?? 0));
    for (const [buffer, list] of windows.entries()) {
      for (const left of list.keys()) {
        calls.push(encodeElementCall(id, probe.inputs, windows.with(buffer, list.toSpliced(left, 1))));
      }
      // The word just after a window is as missing as any other.
      const last = list.at(-1);
      const word = reads[buffer]?.at(-1);
      if (last && word !== undefined && word > last.start) {
        const cut = list.with(-1, { start: last.start, length: word - last.start });
        calls.push(encodeElementCall(id, probe.inputs, windows.with(buffer, cut)));
      }
    }
  }
  const results = await evm.run(subject.code, kernel.wordsPerElement, calls);
  const given = results.findIndex(({ words }) => words !== undefined);
  return given < 0 ? undefined : `call ${given} gave words`;
}

function provable(kernel: KernelResult): ProvableKernel {
  if (!kernel.ok || !kernel.provable)
    throw new Error(JSON.stringify(kernel.ok ? kernel.reasons : kernel.errors));
  return kernel;
}

const windowProbes = ['far windows', 'window edges', 'past the end', 'forged window'].map(probeNamed);

function probeNamed(name: string): Probe {
  const probe = probes.find((probe) => probe.name === name);
  if (!probe) throw new Error(`There is no probe "${name}".`);
  return probe;
}

test('the compiler as it is passes every probe', async () => {
  const problems: string[] = [];
  for (const probe of probes) {
    const problem = await problemOf(probe, provable(compileKernel(probe.source)));
    if (problem) problems.push(`${probe.name}: ${problem}`);
  }
  expect(problems).toEqual([]);
}, 120_000);

test('a call without one of the windows that it needs fails', async () => {
  for (const probe of windowProbes) {
    expect(await problemWithoutWindows(provable(compileKernel(probe.source)), probe)).toBeUndefined();
  }
});

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The compiler with one file changed. */
async function mutated({ file, find, replace }: Mutant): Promise<typeof compileKernel> {
  const text = readFileSync(`${folder}${file}`, 'utf8');
  expect(text.split(find), `${file} must contain this once: ${find}`).toHaveLength(2);
  const { outputFiles } = await build({
    entryPoints: [`${folder}compile-kernel.ts`],
    bundle: true,
    format: 'esm',
    write: false,
    plugins: [
      {
        name: 'mutant',
        setup: ({ onLoad, onResolve }) => {
          // Only the code's hash comes from viem, and no probe looks at it.
          onResolve({ filter: /^viem$/ }, () => ({ path: 'viem', namespace: 'none' }));
          onLoad({ filter: /.*/, namespace: 'none' }, () => ({
            contents: "export const keccak256 = () => '0x';",
          }));
          onLoad({ filter: new RegExp(`compiler/${file.replace('.', '\\.')}$`) }, () => ({
            contents: text.replace(find, () => replace),
            loader: 'ts',
          }));
        },
      },
    ],
  });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`;
  const module: { compileKernel: typeof compileKernel } = await import(/* @vite-ignore */ url);
  return module.compileKernel;
}

test.each(mutants.map((mutant, number) => ({ ...mutant, number })))(
  'mutant $number of $file is caught by $caughtBy',
  async (mutant) => {
    const compile = await mutated(mutant);
    if (mutant.caughtBy === 'missing windows') {
      const found = await Promise.all(
        windowProbes.map((probe) => problemWithoutWindows(provable(compile(probe.source)), probe)),
      );
      expect(found.some((problem) => problem !== undefined)).toBe(true);
      return;
    }
    const probe = probeNamed(mutant.caughtBy);
    expect(await problemOf(probe, provable(compile(probe.source)))).toBeDefined();
  },
  60_000,
);
