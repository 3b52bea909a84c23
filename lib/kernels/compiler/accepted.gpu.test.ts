import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileKernel } from './compile-kernel.ts';
import { GpuOracle } from './testing/gpu-oracle.ts';

const kernel = (body: string, before = '', type = 'u32') => `
@group(0) @binding(0) var<storage, read> data: array<${type}>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
${before}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) gid: vec3<u32>) {
  let id = gid.x;
  ${body}
}
`;

function wordsOf(source: string, inputs: Uint32Array[], id = 0): number[] {
  const result = compileKernel(source);
  if (!result.ok || !result.provable) throw new Error(JSON.stringify(result));
  return [...result.run(id, inputs)];
}

describe('meaning', () => {
  const data = Uint32Array.from({ length: 64 }, (_, index) => index * 10);

  test.each<[string, string, string, number]>([
    [
      'untyped integers take the type that is needed',
      'let a: u32 = 3000000000; const b = -5 + 7; output[id] = a + b;',
      '',
      3000000002,
    ],
    ['an untyped integer alone is i32', 'var a = 5; a -= 6; output[id] = u32(a);', '', 0xffffffff],
    [
      'a variable starts at zero in each round',
      'var sum = 0u; for (var i = 0u; i < 3u; i++) { var n: u32; n += i + 1u; sum = sum * 10u + n; } output[id] = sum;',
      '',
      123,
    ],
    [
      'so does an array',
      'var sum = 0u; for (var i = 0u; i < 3u; i++) { var n: array<u32, 3>; n[i] += 1u; sum = sum * 10u + n[0] + n[1] + n[2]; } output[id] = sum;',
      '',
      111,
    ],
    [
      'operands are evaluated from left to right',
      'output[id] = p * 100u + next() * 10u + next();',
      'var<private> p: u32 = 1;\nfn next() -> u32 { p += 1u; return p; }',
      123,
    ],
    [
      'the right side of && runs only where it decides',
      'let a = data[0] > 5u && next() > 0u; let b = data[1] > 5u || next() > 0u; output[id] = p + u32(a) + u32(b) * 2u;',
      'var<private> p: u32 = 1;\nfn next() -> u32 { p += 1u; return p; }',
      3,
    ],
    [
      'a compound assignment reads its target first',
      'var a = array<u32, 2>(1u, 2u); a[step(&a)] += a[0]; output[id] = a[0] * 100u + a[1];',
      'fn step(a: ptr<function, array<u32, 2>>) -> u32 { (*a)[0] = 7u; return 1u; }',
      709,
    ],
    [
      'swizzles are read before any component is written',
      'var v = vec3<u32>(1, 2, 3); v = v.zxy; output[id] = v.x * 100u + v.y * 10u + v.z;',
      '',
      312,
    ],
    [
      'an array is copied by value',
      'var a = array<u32, 2>(1u, 2u); var b = a; b[0] = 9u; let c = a; a[1] = 5u; output[id] = a[0] * 1000u + a[1] * 100u + b[0] * 10u + c[1];',
      '',
      1592,
    ],
    [
      'an index past the end is the last',
      'var a = array<u32, 3>(4u, 5u, 6u); a[data[1]] = 9u; output[id] = a[2] * 100u + a[data[2]] + data[1000u] ;',
      '',
      900 + 9 + 630,
    ],
    [
      'a negative index is past the end',
      'var a = array<u32, 3>(4u, 5u, 6u); var i = -1; output[id] = a[i];',
      '',
      6,
    ],
    [
      'an inner name hides an outer one',
      'var a = 1u; { var a = 2u; a += 5u; } for (var a = 0u; a < 2u; a++) { } output[id] = a;',
      '',
      1,
    ],
    [
      'a pointer reaches the very variable',
      'var s = S(1u, array<u32, 2>(2u, 3u)); let p = &s.list; (*p)[1] = 8u; add(&s.n, 4u); add(&(*p)[0], 1u); output[id] = s.n * 100u + s.list[0] * 10u + s.list[1];',
      'struct S { n: u32, list: array<u32, 2> }\nfn add(p: ptr<function, u32>, by: u32) { *p += by; }',
      538,
    ],
    [
      'an early return leaves loops and switches',
      'output[id] = f(3u) * 100u + f(12u) * 10u + f(0u);',
      'fn f(x: u32) -> u32 { for (var i = 0u; i < 8u; i++) { switch (i) { case 2: { if (x == 3u) { return 4u; } } case 5: { break; } default: { continue; } } if (i + 7u == x) { return 5u; } } return 6u; }',
      456,
    ],
    [
      'a switch takes its default anywhere',
      'switch (data[id + 1u]) { case 1: { output[id] = 1u; } default: { output[id] = 2u; } case 3, 4: { output[id] = 3u; } }',
      '',
      2,
    ],
    [
      'constants are computed at once',
      'const a = array(1, 2, 3)[1] * 10; const v = vec3(1, a, 3).zyx; const_assert v.y == 20; output[id] = u32(v.x + v.y + min(a, 5) + select(1, 2, v.z == 1) + countOneBits(255));',
      '',
      3 + 20 + 5 + 2 + 8,
    ],
    [
      'words that are not written are zero',
      'if (data[0] > 5u) { output[2u * id] = 1u; } output[2u * id + 1u] = 7u;',
      '',
      0,
    ],
    [
      'declarations stand in any order',
      'output[id] = f();',
      'fn f() -> u32 { return A + 1; }\nconst A = B * 2;\nconst B = 4;',
      9,
    ],
    [
      'names of builtin functions can be taken',
      'let min = 3u; let length = min + 1u; output[id] = length;',
      '',
      4,
    ],
    ['comments nest', 'output[id] = 1u /* a /* b */ + 5u */ + 1u; // + 3u', '', 2],
    [
      'a loop may start anywhere below its end',
      'var n = 0u; for (var i = data[id]; i < 5u; i++) { n++; } output[id] = n;',
      '',
      5,
    ],
  ])('%s', (_, body, before, expected) => {
    expect(wordsOf(kernel(body, before), [data])[0]).toBe(expected);
  });

  test('structs in buffers lie as WGSL lays them out', () => {
    const struct = 'struct S { a: u32, v: vec3<u32>, b: i32, list: array<vec2<u32>, 2> }';
    // a 0, v 4 to 6, b 7, list 8 to 11, then the next: 12 words each.
    const body =
      'output[5u * id] = data[id].v.z; output[5u * id + 1u] = u32(data[id].b); output[5u * id + 2u] = data[id].list[1].y; output[5u * id + 3u] = arrayLength(&data); output[5u * id + 4u] = data[99].a;';
    const words = Uint32Array.from({ length: 40 }, (_, index) => index);
    expect(wordsOf(kernel(body, struct, 'S'), [words], 1)).toEqual([18, 19, 23, 3, 24]);
  });

  test('says which words an element read, each once', () => {
    const result = compileKernel(
      kernel('output[id] = data[id] + data[63] * data[99u + id] + u32(data[id] > 5u && data[7] > 0u);'),
    );
    if (!result.ok || !result.provable) throw new Error('It must compile.');
    expect([...(result.execute(0, [data]).reads[0] ?? [])]).toEqual([0, 63]);
    expect([...(result.execute(2, [data]).reads[0] ?? [])]).toEqual([2, 7, 63]);
    expect(() => result.run(0, [])).toThrow('Buffer data needs 1 words or more; 0 were given.');
  });
});

describe('not provable', () => {
  let gpu: GpuOracle;
  beforeAll(async () => {
    gpu = await GpuOracle.open();
  }, 60_000);
  afterAll(() => gpu?.close());

  const reasonsOf = (source: string) => {
    const result = compileKernel(source);
    return result.ok && !result.provable
      ? result.reasons.map(({ line, message }) => `${line} ${message}`)
      : result;
  };

  test('f32 is accepted, with the reason and its place', () => {
    expect(reasonsOf(kernel('let x = f32(data[id]) * 0.5;\n  output[id] = u32(x);'))).toEqual([
      '8 Results of f32 differ from one GPU to the next, so nobody can prove one wrong.',
    ]);
  });

  test('what is too dear or too large is accepted, with the figure', () => {
    const dear = 'var n = 0u; for (var i = 0u; i < 1000000u; i++) { n += data[i]; } output[id] = n;';
    expect(reasonsOf(kernel(dear))).toEqual([
      expect.stringMatching(
        /^1 To recompute one element on chain may take \d{9} gas; a challenge has 8000000\.$/,
      ),
    ]);
    const large = Array.from({ length: 1200 }, (_, index) => `n += data[n + ${index}u];`).join(' ');
    expect(reasonsOf(kernel(`var n = 0u; ${large} output[id] = n;`))).toEqual([
      expect.stringMatching(/^1 Its code on chain would have \d+ bytes; 24576 is the most\.$/),
    ]);
  });

  test('its text runs in Chromium, floats, constants and all', async () => {
    const source = kernel(
      `let v = vec3<f32>(f32(data[id]), 1.5, -2);
  var a: array<f32, 3>;
  for (var i = 0u; i < 3u; i++) { a[i] = v[i] * 2.0 + scale[i]; }
  let half = f(0.0);
  output[4u * id] = u32(a[0] + a[1] + a[2] + dot(v, vec3(1.0)) + half);
  output[4u * id + 1u] = u32(select(length(v), 3.0, a[0] > 1e9) + clamp(floor(2.75), 0.0, 1.0));
  output[4u * id + 2u] = bitcast<u32>(max(f32(id), 0.25));
  output[4u * id + 3u] = u32(i32(-3.9) + 9) + u32(sqrt(f32(16u)) / 2.0 + f32(true));`,
      'const scale = array<f32, 3>(0.5, 1.25, 1e-3);\nfn f(x: f32) -> f32 { return x * x + abs(-0.5) - x / 3.0; }',
    );
    const result = compileKernel(source);
    if (!result.ok || result.provable) throw new Error('It must be accepted and not provable.');
    expect(result.canonicalWgsl).toContain('fuel');
    const inputs = [Uint32Array.from({ length: 8 }, (_, index) => index * 3 + 10)];
    const [words] = await gpu.run([
      { wgsl: result.canonicalWgsl, inputs, wordsPerElement: 4, first: 0, count: 8 },
    ]);
    if (typeof words === 'string' || !words) throw new Error(words);
    // a = 20.5 + 4.25 - 3.999, dot = 9.5, half = 0.5; length = sqrt(106.25).
    expect([...words.subarray(0, 4)]).toEqual([30, 11, 0x3e800000, 9]);
  });

  test('its loops end when the fuel is used up', async () => {
    const source = kernel(
      'var n = 0u; for (var i = 0u; i < 4000u; i++) { for (var j = 0u; j < 4000u; j++) { n++; } } output[id] = n;',
    );
    const result = compileKernel(source);
    if (!result.ok || result.provable) throw new Error('It must be accepted and not provable.');
    const [words] = await gpu.run([
      { wgsl: result.canonicalWgsl, inputs: [Uint32Array.of(1)], wordsPerElement: 1, first: 0, count: 1 },
    ]);
    // Of 4,194,304 rounds 1,048 times 1 + 4,000 + 1 are used, the last of each to find that the inner loop is done; 208 are
    // left, one of them for the outer loop.
    expect(words).toEqual(Uint32Array.of(1048 * 4000 + 207));
  }, 60_000);
});
