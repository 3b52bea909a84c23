import { edgeWords } from './random.ts';

// Every operator and builtin over all pairs of 32 edge values. Element 32 i + j computes `a <op> b` for the i-th and the
// j-th value; three-operand builtins take the third from a row further on.

/** Label, expression of a, b and c, and what plain JavaScript says of it (its low 32 bits count). */
export type Row = [label: string, expression: string, expected?: (a: number, b: number, c: number) => number];

const int = (value: number) => value | 0;
const pairs: [scalar: 'u32' | 'i32', rows: Row[]][] = [
  [
    'u32',
    [
      ['+', 'a + b', (a, b) => a + b],
      ['-', 'a - b', (a, b) => a - b],
      ['*', 'a * b', (a, b) => Math.imul(a, b)],
      ['/', 'a / b', (a, b) => (b === 0 ? a : Math.floor(a / b))],
      ['%', 'a % b', (a, b) => (b === 0 ? 0 : a % b)],
      ['&', 'a & b', (a, b) => a & b],
      ['|', 'a | b', (a, b) => a | b],
      ['^', 'a ^ b', (a, b) => a ^ b],
      ['<<', 'a << b', (a, b) => a << (b % 32)],
      ['>>', 'a >> b', (a, b) => a >>> (b % 32)],
      ['==', 'u32(a == b)', (a, b) => Number(a === b)],
      ['!=', 'u32(a != b)', (a, b) => Number(a !== b)],
      ['<', 'u32(a < b)', (a, b) => Number(a < b)],
      ['<=', 'u32(a <= b)', (a, b) => Number(a <= b)],
      ['>', 'u32(a > b)', (a, b) => Number(a > b)],
      ['>=', 'u32(a >= b)', (a, b) => Number(a >= b)],
      ['~', '~a', (a) => ~a],
      ['min', 'min(a, b)', (a, b) => Math.min(a, b)],
      ['max', 'max(a, b)', (a, b) => Math.max(a, b)],
      ['abs', 'abs(a)', (a) => a],
      ['clamp', 'clamp(a, b, c)', (a, b, c) => Math.min(Math.max(a, b), c)],
      ['select', 'select(a, b, c > b)', (a, b, c) => (c > b ? b : a)],
      [
        'if',
        'pick(a, b)',
        (a, b) =>
          (a < b ? 1 : 0) +
          (a <= b ? 2 : 0) +
          (a > b ? 4 : 0) +
          (a >= b ? 8 : 0) +
          (a === b ? 16 : 0) +
          (a !== b ? 32 : 0),
      ],
      ['dot4U8Packed', 'dot4U8Packed(a, b)'],
      ['dot4I8Packed', 'u32(dot4I8Packed(a, b))'],
      ['i32', 'u32(i32(a) + i32(b))', (a, b) => a + b],
      ['bool', 'u32(bool(a)) + 2u * u32(bool(b))', (a, b) => Number(a !== 0) + 2 * Number(b !== 0)],
      ['sum tested', 'u32(a + b < c) + 2u * u32(a - b < c) + 4u * u32(a * b < c) + 8u * u32((a << b) < c)'],
      ['sum halved', '((a + b) >> 1u) + ((a - b) >> 1u) + ((a * b) >> 1u) + ((a << b) >> 1u) + (~a >> 1u)'],
      ['i32 tested', 'u32(i32(a) < i32(b)) + 2u * u32(i32(a + b) < i32(c))'],
      ['found tested', 'u32(firstLeadingBit(a) > b) + 2u * u32(firstTrailingBit(a) > b)'],
      ['logic', 'u32(a > c && b > c) + 2u * u32(a > c || b > c) + 4u * u32(!(a == b))'],
      [
        'bool operators',
        'u32((a > c) & (b > c)) + 2u * u32((a > c) | (b > c)) + 4u * u32((a > c) == (b > c)) + 8u * u32((a > c) != (b > c))',
      ],
    ],
  ],
  [
    'i32',
    [
      ['+', 'a + b', (a, b) => a + b],
      ['-', 'a - b', (a, b) => a - b],
      ['*', 'a * b', (a, b) => Math.imul(a, b)],
      ['/', 'a / b', (a, b) => (b === 0 ? a : int(a / b))],
      ['%', 'a % b', (a, b) => (b === 0 ? 0 : a % b)],
      ['&', 'a & b', (a, b) => a & b],
      ['|', 'a | b', (a, b) => a | b],
      ['^', 'a ^ b', (a, b) => a ^ b],
      ['<<', 'a << u32(b)', (a, b) => a << (b & 31)],
      ['>>', 'a >> u32(b)', (a, b) => a >> (b & 31)],
      ['==', 'i32(a == b)', (a, b) => Number(a === b)],
      ['!=', 'i32(a != b)', (a, b) => Number(a !== b)],
      ['<', 'i32(a < b)', (a, b) => Number(a < b)],
      ['<=', 'i32(a <= b)', (a, b) => Number(a <= b)],
      ['>', 'i32(a > b)', (a, b) => Number(a > b)],
      ['>=', 'i32(a >= b)', (a, b) => Number(a >= b)],
      ['~', '~a', (a) => ~a],
      ['-x', '-a', (a) => -a],
      ['min', 'min(a, b)', (a, b) => Math.min(a, b)],
      ['max', 'max(a, b)', (a, b) => Math.max(a, b)],
      ['abs', 'abs(a)', (a) => Math.abs(a)],
      ['sign', 'sign(a)', (a) => Math.sign(a)],
      ['clamp', 'clamp(a, b, c)', (a, b, c) => Math.min(Math.max(a, b), c)],
      ['select', 'select(a, b, c > b)', (a, b, c) => (c > b ? b : a)],
      [
        'if',
        'pick(a, b)',
        (a, b) =>
          (a < b ? 1 : 0) +
          (a <= b ? 2 : 0) +
          (a > b ? 4 : 0) +
          (a >= b ? 8 : 0) +
          (a === b ? 16 : 0) +
          (a !== b ? 32 : 0),
      ],
      ['sum tested', 'i32(a + b < c) + 2 * i32(a - b < c) + 4 * i32(a * b < c) + 8 * i32((a << u32(b)) < c)'],
      [
        'quotient tested',
        'i32(a / b < c) + 2 * i32(a % b < c) + 4 * i32(-a < c) + 8 * i32(abs(a) < c) + 16 * i32(~a < c) + 32 * i32((a >> u32(b)) < c)',
      ],
      ['u32', 'i32(u32(a) * 3u) + i32(u32(b) >> 1u)', (a, b) => Math.imul(a, 3) + (b >>> 1)],
      ['bool', 'i32(bool(a)) - 2 * i32(bool(b))', (a, b) => Number(a !== 0) - 2 * Number(b !== 0)],
      ['/ constant', 'a / 7 + a % -5 + a / -1', (a) => int(a / 7) + (a % -5) + int(-a)],
      [
        'dot4I8Packed',
        'dot4I8Packed(u32(a), u32(b))',
        (a, b) =>
          [0, 8, 16, 24].reduce(
            (sum, shift) => sum + ((a << (24 - shift)) >> 24) * ((b << (24 - shift)) >> 24),
            0,
          ),
      ],
    ],
  ],
];
const bits: Row[] = [
  ['countOneBits', 'countOneBits(a)'],
  ['countLeadingZeros', 'countLeadingZeros(a)'],
  ['countTrailingZeros', 'countTrailingZeros(a)'],
  ['firstLeadingBit', 'firstLeadingBit(a)'],
  ['firstTrailingBit', 'firstTrailingBit(a)'],
  ['reverseBits', 'reverseBits(a)'],
  ['extractBits', 'extractBits(a, u32(b), u32(c))'],
  ['insertBits', 'insertBits(a, b, u32(b), u32(c))'],
  ['bitcast', 'bitcast<T>(bitcast<F>(a) ^ bitcast<F>(b))', (a, b) => a ^ b],
  ['vectors', 'dot(vec3<T>(a, b, c), vec3<T>(c, a, b)) + (vec2<T>(a, b) * vec2<T>(b, c)).y'],
  ['vector tests', 'T(any(vec2<T>(a, b) < vec2<T>(b, c))) + T(all(vec2<T>(a, b) <= vec2<T>(b, c))) * 2'],
];
const packed: Row[] = [
  ['pack4xU8', 'pack4xU8(vec4<u32>(a, b, c, a))'],
  ['pack4xI8', 'pack4xI8(vec4<i32>(vec4<u32>(a, b, c, a)))'],
  ['pack4xU8Clamp', 'pack4xU8Clamp(vec4<u32>(a, b, c, a))'],
  ['pack4xI8Clamp', 'pack4xI8Clamp(vec4<i32>(vec4<u32>(a, b, c, a)))'],
  ['unpack4xU8', 'unpack4xU8(a).x + unpack4xU8(b).y * 3u + unpack4xU8(c).z * 5u + unpack4xU8(a).w * 7u'],
  ['unpack4xI8', 'u32(unpack4xI8(a).x + unpack4xI8(b).y * 3 + unpack4xI8(c).z * 5 + unpack4xI8(a).w * 7)'],
  ['index', 'array<u32, 5>(7u, b, c, 9u, 11u)[a]', (a, b, c) => [7, b, c, 9, 11][Math.min(a, 4)] ?? 0],
  ['vector index', 'vec3<u32>(7u, b, c)[a]', (a, b, c) => [7, b, c][Math.min(a, 2)] ?? 0],
  ['word', 'in[a]', (a) => edgeWords[Math.min(a, 31)] ?? 0],
  ['length', 'a + arrayLength(&in)', (a) => a + 32],
];

/** Every row, with the scalar type that it is for. */
export const edgeRows = [
  ...pairs.flatMap(([scalar, list]) => [...list, ...bits].map((row): [string, Row] => [scalar, row])),
  ...packed.map((row): [string, Row] => ['u32', row]),
];

/** A kernel over all pairs for one expression; its buffer is `edgeWords`. */
export function edgeSource(scalar: string, expression: string): string {
  const other = scalar === 'u32' ? 'i32' : 'u32';
  const body = expression
    .replace(/\bT\b/g, scalar)
    .replace(/\bF\b/g, other)
    .replace(/\bin\b/g, 'edge');
  return `
@group(0) @binding(0) var<storage, read> edge: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<${scalar}>;

fn pick(a: ${scalar}, b: ${scalar}) -> ${scalar} {
  var found: ${scalar} = 0;
  if (a < b) { found += 1; }
  if (a <= b) { found += 2; }
  if (a > b) { found += 4; }
  if (a >= b) { found += 8; }
  if (a == b) { found += 16; }
  if (a != b) { found += 32; }
  return found;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  let a = ${scalar}(edge[id >> 5u]);
  let b = ${scalar}(edge[id & 31u]);
  let c = ${scalar}(edge[((id >> 5u) * 7u + id) & 31u]);
  output[id] = ${body};
}
`;
}
