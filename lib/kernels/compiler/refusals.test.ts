import { describe, expect, test } from 'vitest';
import { compileKernel } from './compile-kernel.ts';

const head =
  '@group(0) @binding(0) var<storage, read> data: array<u32>;\n@group(0) @binding(1) var<storage, read_write> output: array<u32>;\n';
const main = (body: string, before = '') =>
  `${head}${before && `${before}\n`}@compute @workgroup_size(64)\nfn main(@builtin(global_invocation_id) gid: vec3<u32>) {\n${body}\n}\n`;

/** The first error, as line:column message. */
function refusal(source: string | Uint8Array): string {
  // Time of this process, not of a clock: other work on the machine must not fail the test.
  const before = process.cpuUsage();
  const result = compileKernel(source);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1000);
  if (result.ok) return 'accepted';
  const [error] = result.errors;
  return `${error?.line}:${error?.column} ${error?.message}`;
}

describe('bad input gives a clear error at once', () => {
  const functions = (count: number, body: (index: number) => string) =>
    Array.from(
      { length: count },
      (_, index) => `fn g${index}(x: u32) -> u32 { return ${body(index)}; }`,
    ).join('\n');

  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', '1:1 The text is empty.'],
    ['blanks', ' \n\t ', '1:1 The text is empty.'],
    ['too long', ' '.repeat(40_000), '1:1 A kernel has at most 32768 bytes; this has 40000.'],
    [
      'too many bytes',
      new Uint8Array(10_000_000),
      '1:1 A kernel has at most 32768 bytes; this has 10000000.',
    ],
    ['not UTF-8', Uint8Array.of(0x66, 0x6e, 0xff, 0xfe), '1:1 The text is not UTF-8.'],
    ['a null', 'fn\0', '1:3 The character U+0000 cannot stand here.'],
    ['no end of a comment', '/* /* */', '1:1 This comment has no end.'],
    [
      '10,000 parentheses',
      main(`output[gid.x] = ${'('.repeat(10_000)}1u${')'.repeat(10_000)};`),
      '5:136 Nothing may nest deeper than 120 levels.',
    ],
    ['10,000 signs', main(`let x = ${'-'.repeat(10_000)}1;`), '5:9 "--" is a statement of its own in WGSL.'],
    [
      '10,000 inversions',
      main(`let x = ${'~'.repeat(10_000)}1;`),
      '5:127 Nothing may nest deeper than 120 levels.',
    ],
    [
      '10,000 brackets',
      main(`let x = data${'[data'.repeat(5000)};`),
      '5:604 Nothing may nest deeper than 120 levels.',
    ],
    ['10,000 blocks', main('{'.repeat(10_000)), '5:120 Nothing may nest deeper than 120 levels.'],
    [
      'a sum of 10,000',
      main(`output[gid.x] = 1u${' + 1u'.repeat(5000)};`),
      '5:615 Nothing may nest deeper than 120 levels.',
    ],
    ['20,000 statements', main(';'.repeat(20_000)), '5:4097 A kernel has at most 4096 statements.'],
    [
      'a chain of types',
      main(
        '',
        `alias T0 = T1;\n${Array.from({ length: 500 }, (_, i) => `alias T${i + 1} = T${i + 2};`).join('\n')}`,
      ),
      '63:13 Too many declarations hang on later ones.',
    ],
    [
      'recursion',
      main(
        'output[gid.x] = f(1u);',
        'fn f(x: u32) -> u32 { return g(x); }\nfn g(x: u32) -> u32 { return f(x); }',
      ),
      '4:30 "f" calls itself; recursion is not accepted.',
    ],
    [
      'an exponential call graph',
      main(
        'output[gid.x] = g0(1u);',
        functions(40, (index) => (index < 39 ? `g${index + 1}(x) + g${index + 1}(x)` : 'x')),
      ),
      '29:4 With every call expanded, "g26" is too large.',
    ],
    [
      'a deep call graph',
      main(
        'output[gid.x] = g0(1u);',
        functions(200, (index) => (index < 199 ? `g${index + 1}(x)` : 'x')),
      ),
      '67:32 Calls may nest at most 64 deep.',
    ],
    [
      'a huge array',
      main('var a: array<array<u32, 4096>, 4096>;'),
      '5:32 An array may hold at most 4096 scalars.',
    ],
    [
      'a type of itself',
      main('', 'struct A { b: B }\nstruct B { a: A }'),
      '3:15 "B" is declared by way of itself.',
    ],
  ])('%s', (_, source, expected) => {
    expect(refusal(source)).toBe(expected);
  });

  test('random bytes and broken programs never throw', () => {
    const valid = main(
      'var a: array<vec2<u32>, 3>; for (var i = 0u; i < 3u; i++) { a[i].x += data[i]; } output[gid.x] = a[gid.x].x;',
    );
    let state = 1;
    const next = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    let refused = 0;
    for (let round = 0; round < 2000; round++) {
      const letters = [...valid];
      for (let change = 0; change < 3; change++)
        letters.splice(next(letters.length), next(4), ...'{}()<>;,+-*/=.[]0x1uif '.charAt(next(24)));
      if (!compileKernel(letters.join('')).ok) refused++;
    }
    expect(refused).toBeGreaterThan(1000);
  });
});

describe('what is not accepted is refused with its place and the reason', () => {
  test.each<[string, string]>([
    ['output[gid.x] = x;', '5:17 "x" is not known.'],
    ['output[gid.x] = 1;\noutput[gid.x] = -1;', '6:17 -1 does not fit in u32.'],
    ['output[gid.x] = 1i;', '5:17 u32 is needed here, not i32.'],
    ['output[gid.x] = 4294967296;', '5:17 4294967296 does not fit in u32.'],
    ['output[gid.x] = 4294967296u;', '5:17 4294967296 does not fit in u32.'],
    ['output[gid.x] = data[gid.x] + 1i;', '5:29 "+" does not apply to u32 and i32.'],
    ['output[gid.x] = 1u << 32u;', '5:20 This shifts by 32; a shift must be below 32.'],
    ['output[gid.x] = data[0] >> 32;', '5:25 This shifts by 32; a shift must be below 32.'],
    ['output[gid.x] = 3u << 31u;', '5:20 This constant shift loses bits.'],
    ['output[gid.x] = data[0] / 0u;', '5:25 This divides by zero.'],
    ['output[gid.x] = data[0] % 0;', '5:25 This divides by zero.'],
    [
      'output[gid.x] = u32(9223372036854775807 + 1 > 0);',
      '5:41 9223372036854775808 does not fit in 64 bits.',
    ],
    ['output[gid.x] = data[-1];', '5:22 The index -1 is negative.'],
    ['var a: array<u32, 2>;\noutput[gid.x] = a[2];', '6:19 The index 2 is past the end of array<u32, 2>.'],
    ['var v: vec2<u32>;\noutput[gid.x] = v.z;', '6:18 vec2<u32> has no components "z".'],
    ['var v: vec2<u32>;\nv.xy = vec2(1u);', '6:2 WGSL assigns one component at a time.'],
    ['let a = 1u;\na = 2u;', '6:1 "a" cannot be assigned; only a "var" can.'],
    ['data[0] = 1u;', '5:5 An input buffer cannot be written.'],
    ['let x = output[0];', '5:9 "output" can only be written, one word after another: output[...] = value.'],
    ['output[gid.x] += 1u;', '5:1 The output cannot be read, so it cannot be changed in place.'],
    ['output[0] = 1u;', '5:1 The output must be written at "K * id + c", K and c constant, 0 <= c < K.'],
    [
      'output[gid.x * gid.x] = 1u;',
      '5:1 The output must be written at "K * id + c", K and c constant, 0 <= c < K.',
    ],
    [
      'output[data[gid.x]] = 1u;',
      '5:1 The output must be written at "K * id + c", K and c constant, 0 <= c < K.',
    ],
    ['output[2u * gid.x + 2u] = 1u;', '5:1 The output must be written at "2 * id + c" with 0 <= c < 2.'],
    ['output[2u * gid.x + data[0]] = 1u;', '5:1 The output must be written at "2 * id + c" with 0 <= c < 2.'],
    ['output[2u * gid.x] = 1u;\noutput[gid.x] = 1u;', '6:1 Here an element has 1 words, elsewhere 2.'],
    ['output[gid.x - 1u] = 1u;', '5:1 The output must be written at "1 * id + c" with 0 <= c < 1.'],
    ['output[1000u * gid.x] = 1u;', '5:1 An element may write at most 256 words, not 1000.'],
    ['let x = gid.y;', '5:12 Only x of global_invocation_id numbers an element.'],
    ['let x = gid;', '5:9 Only x of global_invocation_id numbers an element.'],
    [
      'if (gid.x >= arrayLength(&output)) { return; }',
      '5:14 The length of the output is not known: leave the test out, ids past the end never run.',
    ],
    [
      'while (true) { }',
      '5:1 "while" has no bound that can be seen. A kernel must end on its own: write it as a "for" loop with a constant bound.',
    ],
    [
      'loop { break; }',
      '5:1 "loop" has no bound that can be seen. A kernel must end on its own: write it as a "for" loop with a constant bound.',
    ],
    ['break;', '5:1 "break" stands in no loop and no "switch".'],
    ['switch (data[0]) { default: { continue; } }', '5:31 "continue" stands in no loop.'],
    ['switch (data[0]) { case 1: {} }', '5:1 "switch" needs a "default".'],
    ['switch (data[0]) { case 1, 1u: {} default: {} }', '5:28 This case stands there already.'],
    ['if (data[0]) { }', '5:9 bool is needed here, not u32.'],
    ['let x = data[0] & data[1] + 1u;', '5:17 Put parentheses around "+" beside "&".'],
    ['let x = true && false || true;', '5:23 Put parentheses around "&&" beside "||".'],
    ['let x = 1u < 2u < 3u;', '5:17 Put parentheses around "<" beside "<".'],
    ['let p = &data[0];', '5:9 Pointers into buffers are not accepted, except in arrayLength(&name).'],
    ['let a = 1u; let p = &a;', '5:21 "&" needs a "var", and "a" is none.'],
    ['var v: vec2<u32>; let p = &v.x;', '5:27 WGSL has no pointer to a component of a vector.'],
    ['const c = data[0];', '5:7 The value of a "const" must be a constant expression.'],
    ['let u32 = 1;', '5:5 "u32" is a type of WGSL and cannot be declared anew.'],
    ['let a = 1; let a = 2;', '5:16 "a" is declared already in this block.'],
    [
      'workgroupBarrier();',
      '5:1 "workgroupBarrier" is not accepted: elements are computed apart from each other.',
    ],
    ['let x = subgroupAdd(1u);', '5:9 Subgroups are not accepted.'],
    ['let x = textureLoad(1u);', '5:9 Textures are not accepted.'],
    ['let x = mat2x2f();', '5:9 Matrices are not accepted.'],
    ['let x: f16 = 1.0h;', '5:8 f16 is not accepted.'],
    ['var x: atomic<u32>;', '5:8 Atomics are not accepted: elements are computed apart from each other.'],
    ['discard;', '5:1 "discard" is not accepted.'],
    ['min(1u, 2u);', '5:1 The u32 that "min" gives is used for nothing.'],
    ['let x = min(1u, 2i);', '5:9 "min" does not take (u32, i32).'],
    ['let x = dot(1u, 2u);', '5:9 "dot" does not take (u32, u32).'],
    ['let x = 08;', '5:9 A number cannot start with zero.'],
    ['let x = 1z;', '5:9 This is not a number of WGSL.'],
    ['const_assert 1 > 2;', '5:1 This const_assert does not hold.'],
    ['', '4:4 The kernel writes nothing to its output.'],
  ])('%s', (body, expected) => {
    expect(refusal(main(body))).toBe(expected);
  });

  const unbounded = /^5:1 This loop has no bound that can be seen/;
  test.each([
    'for (;;) { }',
    'for (var i = 0u; ; i++) { }',
    'for (var i = 0u; i < data[0]; i++) { }',
    'for (var i = data[0]; i > 0u; i--) { i++; }',
    'for (var i = 0u; i < 4u; i++) { i = 0u; }',
    'for (var i = 0u; i < 4u; i++) { let p = &i; *p = 0u; }',
    'for (var i = 0u; i >= 0u; i--) { }',
    'for (var i = 0u; i < 4u; i += data[0]) { }',
    'for (var i = 0u; i < 4294967295u; i += 2u) { }',
    'for (var i = data[0]; i != 10u; i++) { }',
    'for (var i = 0; i < 10; i--) { }',
  ])('%s', (body) => {
    expect(refusal(main(`${body} output[gid.x] = 0u;`))).toMatch(unbounded);
  });

  test.each<[string, string, string]>([
    ['an extension', 'enable f16;', '3:1 Extensions ("enable") are not accepted.'],
    [
      'an override',
      'override x: u32 = 1;',
      '3:1 "override" is not accepted: a kernel has no constants that change from run to run.',
    ],
    [
      'workgroup memory',
      'var<workgroup> w: u32;',
      '3:1 Workgroup memory is not accepted: elements are computed apart from each other.',
    ],
    [
      'a uniform',
      '@group(0) @binding(2) var<uniform> u: u32;',
      '3:23 Uniforms are not accepted: put the values into a storage buffer.',
    ],
    [
      'a second output',
      '@group(0) @binding(2) var<storage, read_write> more: array<u32>;',
      '3:23 There is one output, and "output" is it.',
    ],
    [
      'a buffer of bool',
      '@group(0) @binding(2) var<storage, read> b: array<bool>;',
      '3:23 A buffer cannot hold bool: bool has no layout.',
    ],
    [
      'a gap in the bindings',
      '@group(0) @binding(3) var<storage, read> b: array<u32>;',
      '3:23 Bindings must be 0 to 2, each once.',
    ],
    [
      'the output before a buffer',
      '@group(0) @binding(2) var<storage, read> b: array<u32>;',
      '2:23 The output must have the last binding, 2.',
    ],
    [
      'no value on some path',
      'fn f(x: u32) -> u32 { if (x > 1u) { return 1u; } }',
      '3:4 "f" must return a value on every path.',
    ],
    [
      'two pointers to one variable',
      'fn f(a: ptr<function, u32>, b: ptr<function, u32>) { *a = *b; }\nfn g() { var x = 1u; f(&x, &x); }',
      '4:22 Two pointers to one variable are passed in one call.',
    ],
    [
      'a pointer to a private variable used by name',
      'var<private> p: u32;\nfn f(a: ptr<private, u32>) { *a = p; }\nfn g() { f(&p); }',
      '5:10 "f" uses "p" by its name and gets a pointer to it too.',
    ],
    [
      'a second entry point',
      '@compute @workgroup_size(1) fn more() { }',
      '5:4 A kernel has one entry point.',
    ],
    ['another type of a name', 'const a = 1; fn a() { }', '3:17 "a" is declared twice.'],
  ])('%s', (_, before, expected) => {
    expect(refusal(main('output[gid.x] = 0u;', before))).toBe(expected);
  });

  test('every broken function is named, in the order of the text', () => {
    const result = compileKernel(
      main('output[gid.x] = y;', 'fn f() -> u32 { return x; }\nfn g() -> u32 { return 1i; }'),
    );
    expect(result.ok ? [] : result.errors.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '3 "x" is not known.',
      '4 u32 is needed here, not i32.',
      '7 "y" is not known.',
    ]);
  });
});
