import { keccak256, stringToBytes } from 'viem';
import { describe, expect, test } from 'vitest';
import { catalogue, kernelByHash } from './catalogue.ts';
import { runnable } from './runnable.ts';

// Published tasks name kernels by these hashes: a change of one byte makes another kernel, which old tasks cannot run.
const golden = {
  fractal: {
    source: '0x11c18062a821ac9b6c90b2b635f9bf5619411b34ec6a08e1fb669df1acb15b0a',
    runnable: '0xaac84d7920d10293ac638bcd28b152ec2c17e3820b04f34b6b1135e4e2865d96',
  },
  photo: {
    source: '0xa1a734c480b0caa2d99d6a1095f4aa472da5e9218ecd4c908b4592b8a90d36b9',
    runnable: '0x7caca287fc995828cd0942f78971853aefcaca23278a2a9bbdf08c54d696ab5e',
  },
  search: {
    source: '0x91229ce7522a526862760535dc08de90b7f5bdcadd1cf7f018dae7992521ef93',
    runnable: '0x5e46e34d36a5bfcf083aff0b7be330d865c9454c7fbbe769d17cece883efb3fb',
  },
};

describe.each(catalogue)('$id', ({ id, source, sourceHash }) => {
  test('is the kernel that tasks name', () => {
    const hashes = {
      source: keccak256(stringToBytes(source)),
      runnable: keccak256(stringToBytes(runnable(source))),
    };
    expect(hashes).toEqual(golden[id]);
    expect(sourceHash).toBe(hashes.source);
    expect(kernelByHash(`0x${sourceHash.slice(2).toUpperCase()}`)?.id).toBe(id);
  });

  test('takes its range from the chunk uniform and nothing else changes', () => {
    const text = runnable(source);
    const back = text
      .replace('@group(1) @binding(0) var<uniform> chunk: vec4<u32>;\n\n', '')
      .replace(
        'let id = chunk.x + global_id.x;\n  if (id >= chunk.y) {\n    return;\n  }',
        'let id = global_id.x;',
      )
      .replaceAll('output[chunk.z + ', 'output[');
    expect(back).toBe(source);
    expect(text.match(/\boutput\b/g)).toHaveLength(
      text.match(/output\[chunk\.z \+ |> output:/g)?.length ?? 0,
    );
    expect(text.match(/global_id/g)).toHaveLength(2);
  });

  test('fits a blob and keeps to the language of exact integers', () => {
    expect(stringToBytes(source).length).toBeLessThanOrEqual(24 * 1024);
    const code = source.replaceAll(/\/\/.*/g, '');
    const outside =
      /\b(f32|f16|while|loop|continuing|atomic\w*|texture\w*|\w*[bB]arrier|override|enable|bitcast|subgroup\w*|local_\w+|num_workgroups|ptr)\b/;
    expect(outside.exec(code)?.[0]).toBeUndefined();
    expect(code.match(/@builtin\((\w+)\)/g)).toEqual(['@builtin(global_invocation_id)']);
    expect(code).not.toMatch(/\d\.\d/);
  });
});

test('no other text is made runnable', () => {
  const [{ source } = { source: '' }] = catalogue;
  expect(() => runnable(`${source}\n`)).toThrow('Only kernels of the catalogue');
  expect(() => runnable('@compute @workgroup_size(1) fn main() { let id = global_id.x; }')).toThrow(
    'Only kernels',
  );
  expect(kernelByHash(keccak256(stringToBytes('another')))).toBeUndefined();
});
