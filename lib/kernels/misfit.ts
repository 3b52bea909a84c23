import { bytesToHex } from 'viem';
import { mostPixels } from '../protocol/metadata.ts';
import type { Task } from '../protocol/task.ts';
import { wordsToBytes } from '../protocol/words.ts';
import type { CatalogueKernel } from './template.ts';
import { encodeCondition } from './templates/search/template.ts';

/** The terms that a kernel's inputs have to go with. */
export type FittedTask = Pick<Task, 'client' | 'count' | 'verifierData'>;

/**
 * Why a task's inputs are not what its kernel reads, one sentence for whoever would compute it, or undefined when they are.
 * Inputs come from strangers: a word past a buffer's end differs from GPU to GPU, and a search for another
 * address than its verifier judges would be computed for nothing.
 */
export function misfit(
  { id }: Pick<CatalogueKernel, 'id'>,
  inputs: readonly Uint32Array[],
  task: FittedTask,
): string | undefined {
  const [first = new Uint32Array(0), second = new Uint32Array(0)] = inputs;
  switch (id) {
    case 'fractal':
      if (inputs.length !== 1 || first.length !== 26) return 'A fractal has one input of 26 words.';
      if ((first[0] ?? 0) === 0) return 'The fractal is no tile wide.';
      return task.count > mostPixels ? `The fractal has ${task.count} pixels.` : undefined;
    case 'photo': {
      const [width = 0, height = 0] = first;
      if (inputs.length !== 2 || first.length !== 13) return 'A photo has two inputs, the first of 13 words.';
      if (width < 1 || height < 1 || width * height !== second.length) {
        return `The photo says ${width} × ${height} pixels and has ${second.length}.`;
      }
      return task.count === second.length
        ? undefined
        : `The photo has ${second.length} pixels, the task ${task.count}.`;
    }
    case 'search':
      if (inputs.length !== 1 || first.length !== 29) return 'A search has one input of 29 words.';
      if (task.count !== 1) return `A search has one answer, the task asks for ${task.count}.`;
      return searchMisfit(first, task);
    default:
      return id satisfies never;
  }
}

function searchMisfit(words: Uint32Array, task: FittedTask): string | undefined {
  const hex = (start: number, end: number) => bytesToHex(wordsToBytes(words.subarray(start, end)));
  if (hex(13, 18) !== task.client.toLowerCase()) return "The salts searched are not the client's own.";
  const [value, mask] = [BigInt(hex(19, 24)), BigInt(hex(24, 29))];
  if ((value & mask) !== value) return 'No address can have the bits that are searched.';
  const judged = encodeCondition({ deployer: hex(0, 5), initCodeHash: hex(5, 13) }, { value, mask });
  return judged === task.verifierData.toLowerCase()
    ? undefined
    : 'The verifier judges another search than the inputs name.';
}
