import type { ProvableKernel } from '../compile-kernel.ts';
import { encodeElementCall, type Window, windowsOf } from '../element-abi.ts';
import type { EvmOracle } from './evm-oracle.ts';
import type { GpuOracle } from './gpu-oracle.ts';

/** A kernel, its buffers and the ids to compute: `count` of them from `first` on. */
export interface Trial {
  kernel: ProvableKernel;
  inputs: readonly Uint32Array[];
  first: number;
  count: number;
}

/** The words by the executor, and the first ways in which the EVM, its gas or the GPU disagree. */
export interface Comparison {
  words: Uint32Array;
  differences: string[];
  /** The gas of the dearest element, and the bound for the windows that it came in. */
  dearest: { id: number; gas: number; bound: number };
}

/** Runs each trial as EVM code, as canonical WGSL (where a GPU is given) and by the executor. */
export async function compare(
  trials: readonly Trial[],
  evm: EvmOracle,
  gpu?: GpuOracle,
): Promise<Comparison[]> {
  const gpuWords = await gpu?.run(
    trials.map(({ kernel, inputs, first, count }) => ({
      wgsl: kernel.canonicalWgsl,
      inputs,
      wordsPerElement: kernel.wordsPerElement,
      first,
      count,
    })),
  );
  const comparisons: Comparison[] = [];
  for (const [index, trial] of trials.entries())
    comparisons.push(await compareOne(trial, evm, gpuWords?.[index]));
  return comparisons;
}

async function compareOne(
  { kernel, inputs, first, count }: Trial,
  evm: EvmOracle,
  gpu: Uint32Array | string | undefined,
): Promise<Comparison> {
  const size = kernel.wordsPerElement;
  const words = new Uint32Array(count * size);
  const windows: Window[][][] = [];
  const calls = Array.from({ length: count }, (_, index) => {
    const { words: own, reads } = kernel.execute(first + index, inputs);
    words.set(own, index * size);
    const mine = reads.map((read, buffer) => windowsOf(read, inputs[buffer]?.length ?? 0));
    windows.push(mine);
    return encodeElementCall(first + index, inputs, mine);
  });
  const results = await evm.run(kernel.code, size, calls);
  const differences: string[] = [];
  const dearest = { id: first, gas: 0, bound: 0 };
  for (const [index, { words: got, gas }] of results.entries()) {
    const id = first + index;
    const expected = words.subarray(index * size, (index + 1) * size);
    if (!got) differences.push(`element ${id}: the EVM call failed`);
    else if (got.some((word, at) => word !== expected[at]))
      differences.push(`element ${id}: EVM ${[...got]}, executor ${[...expected]}`);
    const bound = kernel.gasBoundFor(windows[index]?.map((list) => list.length) ?? []);
    if (gas > bound || bound > kernel.gasBound)
      differences.push(`element ${id}: ${gas} gas, bounds ${bound} and ${kernel.gasBound}`);
    if (gas > dearest.gas) Object.assign(dearest, { id, gas, bound });
  }
  if (typeof gpu === 'string') differences.push(`the GPU refused: ${gpu}`);
  else if (gpu) {
    for (let at = 0; at < words.length; at++) {
      if (gpu[at] === words[at]) continue;
      differences.push(
        `element ${first + Math.floor(at / size)}: GPU ${gpu[at]}, executor ${words[at]} (word ${at % size})`,
      );
      break;
    }
  }
  return { words, differences: differences.slice(0, 5), dearest };
}
