// Writes contracts/test/vectors/proofs/: element code of real kernels, what they compute and proofs about it, made by the
// compiler and the proof builder, for the tests of the contracts. Run with tsx; `--check` fails when a file is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bytesToHex, encodeAbiParameters, type Hex } from 'viem';
import { compileKernel, type ProvableKernel } from '../lib/kernels/compiler/compile-kernel.ts';
import { fractalPresets } from '../lib/kernels/templates/fractal/presets.ts';
import { viewWords } from '../lib/kernels/templates/fractal/template.ts';
import { MerkleTree } from '../lib/protocol/merkle-tree.ts';
import { buildProof, type Proof } from '../lib/protocol/proof.ts';
import { proofParameters } from '../lib/protocol/proof-parameters.ts';
import { wordsToBytes } from '../lib/protocol/words.ts';

/** A kernel with its inputs and the shape of its task. */
interface Setting {
  name: string;
  source: string;
  inputs: Uint32Array[];
  count: number;
  elementsPerShard: number;
  /** Elements to prove things about. */
  chosen: number[];
  /** So large that the vectors name roots only, and elsewhere than at the chosen elements its output is noise. */
  large?: boolean;
}

const side = 1024;
const small = (name: string) => `contracts/test/kernels/${name}.wgsl`;
const template = (name: string) => `lib/kernels/templates/${name}/kernel.wgsl`;
const fractalParams = fractalPresets[0].params;

const settings: Setting[] = [
  {
    name: 'squares',
    source: small('squares'),
    inputs: [],
    count: 75,
    elementsPerShard: 40,
    chosen: [0, 39, 40, 74],
  },
  {
    name: 'gather',
    source: small('gather'),
    inputs: [noise(300, 1)],
    count: 75,
    elementsPerShard: 40,
    chosen: [0, 7, 39, 40, 63, 74],
  },
  {
    name: 'blend',
    source: small('blend'),
    inputs: [noise(1, 2), noise(33, 3), noise(701, 4)],
    count: 50,
    elementsPerShard: 23,
    chosen: [0, 1, 10, 11, 21, 22, 46, 49],
  },
  {
    name: 'spin',
    source: small('spin'),
    inputs: [Uint32Array.from({ length: 32 }, (_, id) => 128 * id)],
    count: 32,
    elementsPerShard: 32,
    chosen: [0, 1, 31],
  },
  // A point of the set itself takes every iteration.
  {
    name: 'fractal',
    source: template('fractal'),
    inputs: [
      viewWords({ ...fractalParams, centreRe: '-0.5', centreIm: '0', zoom: 1, size: side, iterations: 256 }),
    ],
    count: side * side,
    elementsPerShard: side * side,
    chosen: [tiled(512, 512)],
    large: true,
  },
  {
    name: 'photo',
    source: template('photo'),
    inputs: [Uint32Array.from([side, side, 3, 0, 0, 1, 0, 1, 4, 1, 0, 1, 0]), noise(side * side, 5)],
    count: side * side,
    elementsPerShard: side * side,
    // Inside of leaves, across two leaves, a corner.
    chosen: [side * 500 + 500, side * 500 + 512, 0],
    large: true,
  },
];

/** Words that look like noise and are the same every time. */
function noise(words: number, seed: number): Uint32Array {
  let state = seed;
  return Uint32Array.from({ length: words }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state ^ (state >>> 13)) >>> 0;
  });
}

/** Element of a pixel in the fractal's order of tiles. */
function tiled(column: number, row: number): number {
  const tile = (row >> 6) * (side >> 6) + (column >> 6);
  return (tile << 12) | ((row & 63) << 6) | (column & 63);
}

function compiled(source: string): ProvableKernel {
  const result = compileKernel(readFileSync(source, 'utf8'));
  if (!result.ok || !result.provable) throw new Error(`${source} is not provable.`);
  return result;
}

/** What an honest provider of a shard committed to. */
function outputOf(setting: Setting, kernel: ProvableKernel, shard: number): Uint32Array {
  const { chosen, large, inputs, count, elementsPerShard } = setting;
  const first = shard * elementsPerShard;
  const elements = Math.min(elementsPerShard, count - first);
  const k = kernel.wordsPerElement;
  const output = large ? noise(elements * k, 6) : new Uint32Array(elements * k);
  const ids = large ? chosen : Array.from({ length: elements }, (_, index) => first + index);
  for (const id of ids) output.set(kernel.run(id, inputs), (id - first) * k);
  return output;
}

function encoded(proof: Proof): Hex {
  return encodeAbiParameters(proofParameters, [proof]);
}

async function caseOf(setting: Setting) {
  const { name, source, inputs, count, elementsPerShard } = setting;
  const kernel = compiled(source);
  const k = kernel.wordsPerElement;
  const trees = await Promise.all(inputs.map((words) => MerkleTree.of(words)));
  const work = {
    inputs: inputs.map((words, index) => ({ root: trees[index]?.root ?? '0x', words: words.length })),
  };
  const task = { count, elementsPerShard, wordsPerElement: k };
  const shards = Array.from({ length: Math.ceil(count / elementsPerShard) }, (_, shard) =>
    outputOf(setting, kernel, shard),
  );
  const proofs = [];
  for (const id of setting.chosen) {
    const word = id % k;
    const honest = shards[Math.floor(id / elementsPerShard)] ?? new Uint32Array();
    const wrong = honest.slice();
    const at = (id % elementsPerShard) * k + word;
    const computed = honest[at] ?? 0;
    const committed = (computed ^ (1 << (id % 32))) >>> 0;
    wrong[at] = committed;
    const output = await MerkleTree.of(wrong);
    const proof = await buildProof({
      ...{ task, work, kernel, inputs, output: wrong, id, word },
      trees: { inputs: trees, output },
    });
    // The code is the kernel's in every proof; said once.
    proofs.push({
      id: `${id}`,
      committed: `${committed}`,
      computed: `${computed}`,
      outputRoot: output.root,
      proof: encoded({ ...proof, code: '0x' }),
    });
  }
  return {
    name,
    code: bytesToHex(kernel.code),
    codeHash: kernel.codeHash,
    count: `${count}`,
    wordsPerElement: `${k}`,
    elementsPerShard: `${elementsPerShard}`,
    roots: work.inputs.map(({ root }) => root),
    words: work.inputs.map(({ words }) => `${words}`),
    // The small ones whole, shard by shard, so that the tests can build any response about them.
    inputs: setting.large ? [] : inputs.map((words) => bytesToHex(wordsToBytes(words))),
    outputs: setting.large ? [] : shards.map((words) => bytesToHex(wordsToBytes(words))),
    proofs,
  };
}

const folder = 'contracts/test/vectors/proofs';
mkdirSync(folder, { recursive: true });
for (const setting of settings) {
  const file = `${folder}/${setting.name}.json`;
  const text = `${JSON.stringify(await caseOf(setting), null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`Stale: ${file}. Run npm run generate and commit the result.`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`Written: ${file}`);
  }
}
