import { type Address, bytesToHex, type Hex, zeroAddress } from 'viem';
import { leafWords, MerkleTree } from './merkle-tree.ts';
import type { Task, Work } from './task.ts';

/** A run of leaves of one input buffer. */
export interface ProofWindow {
  /** Index into `Work.inputs`. */
  buffer: number;
  firstLeaf: number;
  leaves: number;
}

/** That one word of one element is wrong, exactly as the contract's struct decodes in viem. */
export interface Proof {
  id: number;
  word: number;
  leaf: Hex;
  path: readonly Hex[];
  windows: readonly ProofWindow[];
  data: Hex;
  siblings: readonly Hex[];
  kernel: Address;
  code: Hex;
}

/** What a proof needs of a compiled kernel. */
export interface ElementKernel {
  /** Element code. */
  code: Uint8Array;
  /** Computes an element and says which words of each buffer it read, ascending. */
  execute(id: number, inputs: readonly Uint32Array[]): { words: Uint32Array; reads: readonly Uint32Array[] };
}

/** Everything about one wrong word. `trees` saves hashing inputs and output again for further proofs. */
export interface ProofInput {
  task: Pick<Task, 'count' | 'elementsPerShard' | 'wordsPerElement'>;
  work: Pick<Work, 'inputs'>;
  kernel: ElementKernel;
  /** The words of every input buffer, in order of binding. */
  inputs: readonly Uint32Array[];
  /** The words of the output of the element's whole shard, as the provider committed to them. */
  output: Uint32Array;
  /** Element over the whole task, and word of it. */
  id: number;
  word: number;
  /** Where the element code is, if it is on chain; else the proof brings it along. */
  deployed?: Address;
  trees?: { inputs: readonly MerkleTree[]; output: MerkleTree };
}

/**
 * Builds the proof about one word of a response, right or wrong: the chain decides. Throws when the element is not the
 * task's, or when inputs or output are not those of the task.
 */
export async function buildProof(input: ProofInput): Promise<Proof> {
  const { task, kernel, inputs, output, id, word, deployed } = input;
  check(input);
  const outputTree = input.trees?.output ?? (await MerkleTree.of(output));
  const leaf = Math.floor(((id % task.elementsPerShard) * task.wordsPerElement + word) / leafWords);
  const { reads } = kernel.execute(id, inputs);
  const windows: ProofWindow[] = [];
  const data: string[] = [];
  const siblings: Hex[] = [];
  for (const [buffer, words] of inputs.entries()) {
    const leaves = leavesRead(reads[buffer] ?? new Uint32Array());
    if (leaves.length === 0) continue;
    const tree = input.trees?.inputs[buffer] ?? (await MerkleTree.of(words));
    requireRoot(buffer, tree, input.work);
    for (const run of runsOf(leaves)) {
      windows.push({ buffer, ...run });
      data.push(tree.run(run.firstLeaf, run.leaves).slice(2));
    }
    siblings.push(...tree.siblings(leaves));
  }
  return {
    id,
    word,
    leaf: outputTree.leaf(leaf),
    path: outputTree.siblings([leaf]),
    windows,
    data: `0x${data.join('')}`,
    siblings,
    kernel: deployed ?? zeroAddress,
    code: deployed ? '0x' : bytesToHex(kernel.code),
  };
}

function check({ task, work, inputs, output, id, word }: ProofInput): void {
  if (id >= task.count) throw new Error(`The task has ${task.count} elements; there is no element ${id}.`);
  if (word >= task.wordsPerElement) {
    throw new Error(`An element has ${task.wordsPerElement} words; there is no word ${word}.`);
  }
  const first = id - (id % task.elementsPerShard);
  const words = Math.min(task.elementsPerShard, task.count - first) * task.wordsPerElement;
  if (output.length !== words)
    throw new Error(`The shard's output has ${words} words; ${output.length} were given.`);
  if (inputs.length !== work.inputs.length) {
    throw new Error(`The task has ${work.inputs.length} inputs; ${inputs.length} were given.`);
  }
}

function requireRoot(buffer: number, tree: MerkleTree, work: Pick<Work, 'inputs'>): void {
  const expected = work.inputs[buffer]?.root;
  if (tree.root !== expected) throw new Error(`Input ${buffer} is not the one that the task names.`);
}

/** The leaves that hold the words at `reads`, ascending, each once. */
function leavesRead(reads: Uint32Array): number[] {
  return [...new Set(Array.from(reads, (index) => Math.floor(index / leafWords)))].sort((a, b) => a - b);
}

/** Neighbouring leaves joined. */
function runsOf(leaves: readonly number[]): Omit<ProofWindow, 'buffer'>[] {
  const runs: Omit<ProofWindow, 'buffer'>[] = [];
  for (const leaf of leaves) {
    const last = runs.at(-1);
    if (last && last.firstLeaf + last.leaves === leaf) last.leaves++;
    else runs.push({ firstLeaf: leaf, leaves: 1 });
  }
  return runs;
}
