import type { Operation } from './ir.ts';
import { binary, bitcast, constant, convert, dot4, float, select, unary, word, zero } from './operations.ts';
import { bool, f32, i32, type ScalarType, type Type, u32, vectorOf } from './types.ts';

/** Types that a builtin takes: `signed` are i32 and f32. */
export type NumberClass = 'number' | 'signed' | 'integer' | 'float';

/** What a builtin takes: `match` operands share one type of the class, `fixed` ones have the types given. */
export type BuiltinRule =
  | { takes: 'match'; count: number; of: NumberClass; vectorsOnly?: true; result?: 'element' }
  | { takes: 'fixed'; types: Type[]; result: Type }
  | { takes: 'bits'; values: number }
  | { takes: 'truth' }
  | { takes: 'select' };

const match = (count: number, of: NumberClass): BuiltinRule => ({ takes: 'match', count, of });
const fixed = (types: Type[], result: Type): BuiltinRule => ({ takes: 'fixed', types, result });
const vec4 = (element: ScalarType) => vectorOf(element, 4);

/** Builtin functions of the accepted language, `arrayLength` and `bitcast` apart. */
export const builtins = new Map<string, BuiltinRule>([
  ['abs', match(1, 'number')],
  ['sign', match(1, 'signed')],
  ['min', match(2, 'number')],
  ['max', match(2, 'number')],
  ['clamp', match(3, 'number')],
  ['countOneBits', match(1, 'integer')],
  ['countLeadingZeros', match(1, 'integer')],
  ['countTrailingZeros', match(1, 'integer')],
  ['firstLeadingBit', match(1, 'integer')],
  ['firstTrailingBit', match(1, 'integer')],
  ['reverseBits', match(1, 'integer')],
  ['extractBits', { takes: 'bits', values: 1 }],
  ['insertBits', { takes: 'bits', values: 2 }],
  ['dot', { takes: 'match', count: 2, of: 'number', vectorsOnly: true, result: 'element' }],
  ['all', { takes: 'truth' }],
  ['any', { takes: 'truth' }],
  ['select', { takes: 'select' }],
  ['dot4U8Packed', fixed([u32, u32], u32)],
  ['dot4I8Packed', fixed([u32, u32], i32)],
  ['pack4xU8', fixed([vec4(u32)], u32)],
  ['pack4xI8', fixed([vec4(i32)], u32)],
  ['pack4xU8Clamp', fixed([vec4(u32)], u32)],
  ['pack4xI8Clamp', fixed([vec4(i32)], u32)],
  ['unpack4xU8', fixed([u32], vec4(u32))],
  ['unpack4xI8', fixed([u32], vec4(i32))],
  ...'floor ceil round trunc fract sqrt inverseSqrt exp exp2 log log2 sin cos tan asin acos atan sinh cosh tanh saturate radians degrees'
    .split(' ')
    .map((name): [string, BuiltinRule] => [name, match(1, 'float')]),
  ...'pow atan2 step'.split(' ').map((name): [string, BuiltinRule] => [name, match(2, 'float')]),
  ...'fma mix smoothstep'.split(' ').map((name): [string, BuiltinRule] => [name, match(3, 'float')]),
  ['length', { takes: 'match', count: 1, of: 'float', vectorsOnly: true, result: 'element' }],
  ['distance', { takes: 'match', count: 2, of: 'float', vectorsOnly: true, result: 'element' }],
  ['normalize', { takes: 'match', count: 1, of: 'float', vectorsOnly: true }],
]);

/** A builtin on scalars: `operands[i][c]` is component c of operand i. Gives the result's components. */
export function applyBuiltin(name: string, operands: Operation[][]): Operation[] {
  const [first = [], second = []] = operands;
  switch (name) {
    case 'dot':
      return [dot(first, second)];
    case 'all':
      return [first.reduce((left, right) => binary('&', left, right))];
    case 'any':
      return [first.reduce((left, right) => binary('|', left, right))];
    case 'length':
      return [float('sqrt', [dot(first, first)])];
    case 'distance': {
      const difference = first.map((value, index) => binary('-', value, at(second, index)));
      return [float('sqrt', [dot(difference, difference)])];
    }
    case 'normalize': {
      const size = float('sqrt', [dot(first, first)]);
      return first.map((value) => binary('/', value, size));
    }
    case 'pack4xU8':
    case 'pack4xI8':
      return [pack(first.map((value) => binary('&', convert('u32', value), word(255))))];
    case 'pack4xU8Clamp':
      return [pack(first.map((value) => binary('min', value, word(255))))];
    case 'pack4xI8Clamp': {
      const clamped = first.map((value) => binary('min', binary('max', value, integer(-128)), integer(127)));
      return [pack(clamped.map((value) => binary('&', convert('u32', value), word(255))))];
    }
    case 'unpack4xU8':
      return [0, 8, 16, 24].map((shift) => binary('&', binary('>>', at(first, 0), word(shift)), word(255)));
    case 'unpack4xI8':
      return [24, 16, 8, 0].map((shift) =>
        binary('>>', binary('<<', convert('i32', at(first, 0)), word(shift)), word(24)),
      );
    default:
      return first.map((_, component) =>
        applyScalar(
          name,
          operands.map((operand) => at(operand, component)),
        ),
      );
  }
}

function applyScalar(name: string, operands: Operation[]): Operation {
  const a = at(operands, 0);
  const b = () => at(operands, 1);
  const c = () => at(operands, 2);
  const floats = a.type === 'f32';
  switch (name) {
    case 'abs':
      return unary('abs', a);
    case 'min':
    case 'max':
      return binary(name, a, b());
    case 'clamp':
      return binary('min', binary('max', a, b()), c());
    case 'sign':
      return floats ? float(name, operands) : sign(a);
    case 'select':
      return select(c(), b(), a);
    case 'extractBits':
      return extractBits(a, b(), c());
    case 'insertBits':
      return insertBits(a, b(), c(), at(operands, 3));
    case 'dot4U8Packed':
      return dot4(false, a, b());
    case 'dot4I8Packed':
      return dot4(true, a, b());
    case 'countOneBits':
    case 'countLeadingZeros':
    case 'countTrailingZeros':
    case 'firstTrailingBit':
    case 'reverseBits':
      return convert(a.type, unary(name, convert('u32', a)));
    case 'firstLeadingBit': {
      // Of a negative number WGSL asks for the first bit that is not set.
      const bits = a.type === 'i32' ? binary('^', a, binary('>>', a, word(31))) : a;
      return convert(a.type, unary(name, convert('u32', bits)));
    }
    default:
      return float(name, operands);
  }
}

function sign(a: Operation): Operation {
  return binary('-', convert('i32', binary('>', a, integer(0))), convert('i32', binary('<', a, integer(0))));
}

// offset = min(offset, 32), count = min(count, 32 - offset): shifts of 32 need the select, as shifts are modulo 32.
function fieldOf(offset: Operation, count: Operation): { start: Operation; width: Operation } {
  const start = binary('min', offset, word(32));
  return { start, width: binary('min', count, binary('-', word(32), start)) };
}

function extractBits(value: Operation, offset: Operation, count: Operation): Operation {
  const { start, width } = fieldOf(offset, count);
  const left = binary('-', binary('-', word(32), start), width);
  const moved = binary('>>', binary('<<', value, left), binary('-', word(32), width));
  return select(binary('==', width, word(0)), zero(value.type), moved);
}

function insertBits(value: Operation, bits: Operation, offset: Operation, count: Operation): Operation {
  const { start, width } = fieldOf(offset, count);
  const ones = binary('>>', word(0xffffffff), binary('-', word(32), width));
  const mask = bitcast(value.type === 'i32' ? 'i32' : 'u32', binary('<<', ones, start));
  const merged = binary(
    '|',
    binary('&', value, unary('not', mask)),
    binary('&', binary('<<', bits, start), mask),
  );
  return select(binary('==', width, word(0)), value, merged);
}

function dot(left: Operation[], right: Operation[]): Operation {
  return left.map((value, index) => binary('*', value, at(right, index))).reduce((a, b) => binary('+', a, b));
}

// Four values below 256.
function pack(bytes: Operation[]): Operation {
  return bytes.map((byte, index) => binary('<<', byte, word(8 * index))).reduce((a, b) => binary('|', a, b));
}

const integer = (value: number) => constant('i32', value);

function at(operations: Operation[], index: number): Operation {
  const operation = operations[index];
  if (!operation) throw new Error(`A builtin lacks operand ${index}.`);
  return operation;
}

export const scalarTypes = new Map<string, ScalarType>([
  ['u32', u32],
  ['i32', i32],
  ['bool', bool],
  ['f32', f32],
]);
