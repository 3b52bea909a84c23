import { readFileSync } from 'node:fs';
import { decodeAbiParameters, hexToBytes } from 'viem';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hex, small } from './golden-vectors.ts';
import { merkleRoot } from './merkle.ts';
import { leafWords, MerkleTree } from './merkle-tree.ts';
import { buildProof, type ElementKernel, type Proof } from './proof.ts';
import { proofParameters } from './proof-parameters.ts';
import { bytesToWords, wordsToBytes } from './words.ts';

// The contracts' tests show that every one of these proofs convicts.
const vector = z.object({
  code: hex,
  count: small,
  wordsPerElement: small,
  elementsPerShard: small,
  roots: z.array(hex),
  words: z.array(small),
  inputs: z.array(hex),
  outputs: z.array(hex),
  proofs: z.array(z.object({ id: small, committed: small, computed: small, outputRoot: hex, proof: hex })),
});

function read(name: string) {
  const file = new URL(`../../contracts/test/vectors/proofs/${name}.json`, import.meta.url);
  const json = vector.parse(JSON.parse(readFileSync(file, 'utf8')));
  const inputs = json.inputs.map((bytes) => bytesToWords(hexToBytes(bytes)));
  const outputs = json.outputs.map((bytes) => bytesToWords(hexToBytes(bytes)));
  const work = { inputs: json.roots.map((root, index) => ({ root, words: json.words[index] ?? 0 })) };
  return { ...json, inputs, outputs, work };
}

/** A kernel that reads the first word of every leaf that the proof shows. */
function readerOf(proof: Proof, inputs: readonly Uint32Array[]): ElementKernel {
  const reads = inputs.map((_, buffer) =>
    proof.windows
      .filter((window) => window.buffer === buffer)
      .flatMap(({ firstLeaf, leaves }) => Array.from({ length: leaves }, (_, leaf) => firstLeaf + leaf))
      .map((leaf) => leaf * leafWords),
  );
  return {
    code: new Uint8Array(),
    execute: () => ({ words: new Uint32Array(), reads: reads.map((list) => Uint32Array.from(list)) }),
  };
}

function decoded(proof: `0x${string}`): Proof {
  return decodeAbiParameters(proofParameters, proof)[0];
}

describe.each(['squares', 'gather', 'blend'])('proofs about %s', (name) => {
  const { inputs, outputs, work, proofs, ...task } = read(name);

  test.each(proofs)(
    'element $id is proven as the contracts take it',
    async ({ id, committed, computed, outputRoot, proof }) => {
      const expected = decoded(proof);
      const output = outputs[Math.floor(id / task.elementsPerShard)]?.slice() ?? new Uint32Array();
      const place = (id % task.elementsPerShard) * task.wordsPerElement + expected.word;
      expect(output[place]).toBe(computed);
      output[place] = committed;
      expect(merkleRoot(wordsToBytes(output))).toBe(outputRoot);
      const kernel = readerOf(expected, inputs);
      const built = await buildProof({ task, work, kernel, inputs, output, id, word: expected.word });
      expect(built).toEqual(expected);
    },
  );
});

describe('a proof', () => {
  const { inputs, outputs, work, proofs, ...task } = read('gather');
  const first = decoded(proofs[0]?.proof ?? '0x');
  const output = outputs[0] ?? new Uint32Array();
  const whole = { task, work, kernel: readerOf(first, inputs), inputs, output, id: 0, word: 0 };

  test('names the kernel or brings it along', async () => {
    const code = Uint8Array.of(1, 2, 3);
    const kernel = { ...whole.kernel, code };
    expect(await buildProof({ ...whole, kernel })).toMatchObject({
      code: '0x010203',
      kernel: `0x${'0'.repeat(40)}`,
    });
    const deployed = `0x${'12'.repeat(20)}` as const;
    expect(await buildProof({ ...whole, kernel, deployed })).toMatchObject({ code: '0x', kernel: deployed });
  });

  test('is the same from trees that were kept', async () => {
    const trees = {
      inputs: await Promise.all(inputs.map((words) => MerkleTree.of(words))),
      output: await MerkleTree.of(output),
    };
    expect(await buildProof({ ...whole, trees })).toEqual(await buildProof(whole));
  });

  test('needs an element and a word of the task', async () => {
    await expect(buildProof({ ...whole, id: task.count })).rejects.toThrow('there is no element 75');
    await expect(buildProof({ ...whole, word: 1 })).rejects.toThrow('there is no word 1');
  });

  test('needs the whole output of the element’s shard', async () => {
    await expect(buildProof({ ...whole, id: 74 })).rejects.toThrow("The shard's output has 35 words; 40");
  });

  test('needs the inputs that the task names', async () => {
    await expect(buildProof({ ...whole, inputs: [] })).rejects.toThrow('The task has 1 inputs; 0');
    const other = inputs.map((words) => words.map((word, index) => (index === 299 ? word ^ 1 : word)));
    await expect(buildProof({ ...whole, inputs: other })).rejects.toThrow('Input 0 is not the one');
  });
});

test.each([1, 31, 32, 33, 64, 65, 96, 97, 1000])('the tree over %d words has their root', async (words) => {
  const buffer = Uint32Array.from({ length: words }, (_, index) => index * 2654435761);
  expect((await MerkleTree.of(buffer)).root).toBe(merkleRoot(wordsToBytes(buffer)));
});
