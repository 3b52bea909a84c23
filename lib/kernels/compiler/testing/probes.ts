import { edgeRows, edgeSource } from './edge-table.ts';
import { edgeWords, Random } from './random.ts';

/** A small kernel that shows one thing that a back end may get wrong. */
export interface Probe {
  name: string;
  source: string;
  inputs: Uint32Array[];
  count: number;
}

const random = new Random(3);
const words = (length: number) => Uint32Array.from({ length }, () => random.edge());

function kernel(body: string, options: { before?: string; type?: string } = {}): string {
  return `
@group(0) @binding(0) var<storage, read> a: array<${options.type ?? 'u32'}>;
@group(0) @binding(1) var<storage, read> b: array<u32>;
@group(0) @binding(2) var<storage, read_write> output: array<u32>;
${options.before ?? ''}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  ${body}
}
`;
}

const probe = (name: string, source: string): Probe => ({
  name,
  source,
  inputs: [words(400), words(33)],
  count: 40,
});

/** Probes of single operators are the rows of the edge table, named after type and operator. */
export const probes: Probe[] = [
  ...edgeRows.map(([scalar, [label, expression]]): Probe => {
    return {
      name: `${scalar} ${label}`,
      source: edgeSource(scalar, expression),
      inputs: [Uint32Array.from(edgeWords)],
      count: 1024,
    };
  }),
  probe(
    'far windows',
    kernel(
      'output[id] = a[id] + a[id + 100u] * 3u + a[(id * 7u + 200u) % 400u] * 5u + a[399u - id] * 7u + a[id * 9u] * 9u + b[32];',
    ),
  ),
  probe(
    'window edges',
    kernel(
      'output[id] = a[31] + a[32] * 3u + a[95u + (id & 1u)] * 5u + a[128] * 7u + a[224] * 11u + a[399];',
    ),
  ),
  probe('past the end', kernel('output[id] = a[id * 30u] + b[id] * 3u + b[0xffffffffu - id] * 5u;')),
  probe('words of i32', kernel('output[id] = u32(a[id] < 0) + 2u * u32(a[id + 40u] / 2);', { type: 'i32' })),
  probe(
    'table of i32',
    kernel('output[id] = u32(list[b[id] & 3u] < 0) + 2u * u32(list[id & 3u] / 2);', {
      before: 'const list = array<i32, 4>(-5, 7, -2147483647, 0);',
    }),
  ),
  probe(
    'two tables',
    kernel('output[id] = one[id & 3u] ^ two[id % 5u];', {
      before:
        'const one = array<u32, 4>(5, 0xffffffff, 7, 9);\nconst two = array<u32, 5>(0x80000000, 11, 12, 13, 14);',
    }),
  ),
  probe(
    'array in a loop',
    kernel(
      'var sum = 0u; for (var i = 0u; i < 5u; i++) { var list: array<u32, 6>; list[i] += a[id + i] + 1u; sum = sum * 3u + list[0] + list[4] + list[5]; } output[id] = sum;',
    ),
  ),
  probe(
    'copies of arrays',
    kernel(
      'var list: array<u32, 7>; for (var i = 0u; i < 7u; i++) { list[i] = a[id * 3u + i]; } let before = list; list[id % 7u] = 1u; var grid: array<array<u32, 7>, 3>; grid[id % 3u] = list; grid[(id + 1u) % 3u] = before; grid[2] = grid[0]; var sum = 0u; for (var i = 0u; i < 7u; i++) { sum = sum * 5u + grid[0][i] + grid[1][i] * 3u + grid[2][i] * 7u; } output[id] = sum;',
    ),
  ),
  probe(
    'cleared arrays',
    kernel(
      'var grid: array<array<u32, 4>, 3>; for (var i = 0u; i < 12u; i++) { grid[i >> 2u][i & 3u] = a[id + i]; } grid[id % 3u] = array<u32, 4>(); var sum = 0u; for (var i = 0u; i < 12u; i++) { sum = sum * 5u + grid[i >> 2u][i & 3u]; } output[id] = sum;',
    ),
  ),
  probe(
    'variables across rounds',
    kernel(
      'var x = a[id]; var y = 1u; var z = 2u; for (var i = 0u; i < 4u; i++) { let t = x + y; for (var j = 0u; j < 3u; j++) { let u = t ^ z; z = y + u; y = u * 3u + j; } x = t + z; } let after = b[id]; output[id] = x ^ y ^ z ^ after;',
    ),
  ),
  probe(
    'constants across rounds',
    kernel(
      'var n = 1u; let k = a[id] ^ 5u; let m = b[id % 33u] + k; for (var i = 0u; i < 4u; i++) { n = n * 3u + k + m; var w = n ^ i; w = w * w + w; n = n + w; } output[id] = n;',
    ),
  ),
  probe(
    'words written early',
    kernel(
      'output[2u * id] = a[id]; var n = b[0]; for (var i = 0u; i < 9u; i++) { n = n * 3u + i; } output[2u * id + 1u] = n;',
    ),
  ),
  // Without the window of a, the data of b would pass for one.
  {
    name: 'forged window',
    source: kernel('output[id] = a[id] + b[0];'),
    inputs: [words(400), Uint32Array.from({ length: 33 }, (_, index) => (index === 15 ? 1000 : 0))],
    count: 40,
  },
  probe(
    'breaks and rounds',
    kernel(
      'var n = 0u; for (var i = 0u; i < 20u; i++) { if (i % 3u == id % 4u) { continue; } if (a[id + i] > 0x80000000u) { break; } n += i; } output[id] = n;',
    ),
  ),
  probe(
    'early ends',
    kernel('output[id] = f(a[id], b[id & 31u]);', {
      before:
        'fn f(x: u32, y: u32) -> u32 { for (var i = 0u; i < 4u; i++) { switch (x % 5u) { case 0: { return i + 7u; } case 1, 2: { if (y > 9u) { break; } return y; } default: {} } if (i == x % 7u) { return x; } } return y * 2u; }',
    }),
  ),
  probe(
    'short circuit reads',
    kernel(
      'let i = a[id] % 97u; output[id] = u32(i < 50u && a[i + 100u] > 7u) + 2u * u32(i < 50u || a[i + 200u] > 7u) + 4u * u32(i > 90u && i < 95u || a[id] < 9u || b[i % 33u] > 5u);'.replace(
        'i > 90u && i < 95u ||',
        '(i > 90u && i < 95u) ||',
      ),
    ),
  ),
  probe(
    'ifs',
    kernel(
      'var n = 1u; let x = a[id]; let y = b[id % 33u]; if (!(x < y)) { n += 1u; } if (!(x == y)) { n += 2u; } else { n += 64u; } if (x != y) { n += 4u; } if (!(x >= y)) { n += 8u; } if (!(x <= y && y > 3u)) { n += 16u; } else if (x > 100u) { n *= 3u; } else { n *= 5u; } output[id] = n;',
    ),
  ),
  probe(
    'several words',
    kernel('output[3u * id] = a[id]; if (a[id] > 9u) { output[3u * id + 2u] = ~b[id % 33u]; }'),
  ),
  probe(
    'length',
    kernel('output[id] = arrayLength(&a) * 1000u + arrayLength(&b) + a[arrayLength(&a) - 1u - id];'),
  ),
  probe(
    'two rounds at most',
    kernel('var n = 0u; for (var i = 0u; i < 2u; i++) { n += a[id + i] / (b[i] | 1u); } output[id] = n;'),
  ),
  probe(
    'steady loop',
    kernel('var n = a[id]; for (var i = 0u; i < 200u; i++) { n = n * 3u + i; } output[id] = n;'),
  ),
  probe(
    'wide memory',
    kernel(
      'var list: array<u32, 600>; list[id] = a[id]; list[599u - id] = 3u; var copy = list; copy[id * 2u] += 5u; output[id] = copy[id] + copy[599] + list[id * 2u];',
    ),
  ),
  probe(
    'dear side',
    kernel(
      'var n = a[id]; if (id >= 0u) { n = n / (b[0] | 1u) + n % 77u + reverseBits(n); } output[id] = n;',
    ),
  ),
];
