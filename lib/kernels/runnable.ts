import { catalogue } from './catalogue.ts';

const entry = 'let id = global_id.x;';
const store = /\boutput\[/g;

/**
 * The WGSL that a worker runs for a catalogue kernel: the same kernel over any range of element ids.
 * It reads a uniform `chunk` at @group(1) @binding(0), four words: the first id of the dispatch, the id after the last,
 * (−K·base) mod 2^32 where base is the id of the output buffer's first element, and zero; invocations past the end do
 * nothing. Throws an `Error` for any other source: text that nobody has checked is never rewritten, let alone run.
 */
export function runnable(source: string): string {
  const kernel = catalogue.find((kernel) => kernel.source === source);
  if (!kernel) throw new Error('Only kernels of the catalogue can be run.');
  const parts = source.split(entry);
  const [before, after] = parts;
  if (parts.length !== 2 || before === undefined || after === undefined) {
    throw new Error(`Kernel ${kernel.id} does not start with "${entry}".`);
  }
  return [
    '@group(1) @binding(0) var<uniform> chunk: vec4<u32>;\n\n',
    before,
    'let id = chunk.x + global_id.x;\n  if (id >= chunk.y) {\n    return;\n  }',
    after.replace(store, 'output[chunk.z + '),
  ].join('');
}
