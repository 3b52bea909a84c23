import type { BinaryName, Local, Operation, Range, Region, Table, UnaryName } from './ir.ts';
import { mostNesting } from './limits.ts';
import { rangeOf } from './ranges.ts';
import { binaryBits, dot4 as dot4Bits, unaryBits, wrap } from './scalar-math.ts';
import type { ScalarName } from './types.ts';

// Makers of operations: they fold constants and the simplest identities, so that no back end ever meets an operation on
// constants alone, a constant shift of 32 or more, or a division by a constant zero. Floats are never folded.

const leaf = { depth: 1, reads: false, varies: false };

export function constant(type: ScalarName, value: number): Operation {
  return { ...leaf, op: 'constant', type, value };
}

export const zero = (type: ScalarName): Operation => constant(type, 0);
export const word = (value: number): Operation => constant('u32', value >>> 0);
export const elementId: Operation = { ...leaf, op: 'id', type: 'u32' };

export function length(buffer: number): Operation {
  return { ...leaf, op: 'length', type: 'u32', buffer };
}

export function read(local: Local): Operation {
  return { ...leaf, op: 'local', type: local.type, local, range: local.range, varies: !local.fixed };
}

/** A loop's counter as its body sees it: nothing there changes it, and it is within `range`. */
export function readCounter(local: Local, range: Range): Operation {
  return { ...leaf, op: 'local', type: local.type, local, range };
}

export function element(region: Region, index: Operation): Operation {
  return {
    op: 'element',
    type: region.type,
    region,
    index,
    depth: index.depth + 1,
    reads: index.reads,
    varies: true,
  };
}

export function tableEntry(table: Table, index: Operation): Operation {
  if (index.op === 'constant') return constant(table.type, table.values[index.value] ?? 0);
  return { op: 'table', type: table.type, table, index, ...traits(index) };
}

export function bufferWord(type: 'u32' | 'i32' | 'f32', buffer: number, index: Operation): Operation {
  return { op: 'word', type, buffer, index, ...traits(index), reads: true };
}

export function unary(name: UnaryName, operand: Operation): Operation {
  const { type } = operand;
  if (operand.op === 'constant' && type !== 'f32') {
    if (type === 'bool') return constant('bool', operand.value ? 0 : 1);
    const bits = operand.value | 0;
    if (name === 'negate') return constant(type, wrap(type, -bits));
    if (name === 'not') return constant(type, wrap(type, ~bits));
    if (name === 'abs') return constant(type, wrap(type, type === 'i32' ? Math.abs(bits) : bits));
    return constant(type, wrap(type, unaryBits(name, bits)));
  }
  if (name === 'abs' && type === 'u32') return operand;
  if (name === 'not' && type === 'bool' && operand.op === 'unary' && operand.name === 'not')
    return operand.operand;
  return { op: 'unary', name, type, operand, ...traits(operand) };
}

export function binary(name: BinaryName, left: Operation, right: Operation): Operation {
  const folded = left.type === 'f32' ? undefined : fold(name, left, right);
  if (folded) return folded;
  return { op: 'binary', name, type: isTest(name) ? 'bool' : left.type, left, right, ...traits(left, right) };
}

export function isTest(name: BinaryName): boolean {
  return ['==', '!=', '<', '<=', '>', '>=', '&&', '||'].includes(name);
}

function fold(name: BinaryName, left: Operation, right: Operation): Operation | undefined {
  const { type } = left;
  const a = left.op === 'constant' ? left.value : undefined;
  const b = right.op === 'constant' ? right.value : undefined;
  if (a !== undefined && b !== undefined) return foldBoth(name, type, a, b);
  if (name === '&&') {
    if (a !== undefined) return a ? right : left;
    return b === 1 ? left : undefined;
  }
  if (name === '||') {
    if (a !== undefined) return a ? left : right;
    return b === 0 ? left : undefined;
  }
  if (type !== 'u32' && type !== 'i32') return undefined;
  switch (name) {
    case '+':
      if (a === 0) return right;
      return b === 0 ? left : undefined;
    case '-':
      return b === 0 ? left : undefined;
    case '*':
      if (a === 1) return right;
      return b === 1 ? left : undefined;
    case '/':
      return b === 0 || b === 1 ? left : undefined;
    case '%':
      return b === 0 || b === 1 ? zero(type) : undefined;
    case '<<':
    case '>>':
      if (b === undefined) return undefined;
      if ((b & 31) === 0) return left;
      return b > 31 ? binary(name, left, word(b & 31)) : undefined;
    case '|':
    case '^':
      if (a === 0) return right;
      return b === 0 ? left : undefined;
    default:
      return undefined;
  }
}

function foldBoth(name: BinaryName, type: ScalarName, a: number, b: number): Operation {
  const truth = (value: boolean) => constant('bool', value ? 1 : 0);
  switch (name) {
    case '==':
      return truth(a === b);
    case '!=':
      return truth(a !== b);
    case '<':
      return truth(a < b);
    case '<=':
      return truth(a <= b);
    case '>':
      return truth(a > b);
    case '>=':
      return truth(a >= b);
    case '&&':
      return truth(a !== 0 && b !== 0);
    case '||':
      return truth(a !== 0 || b !== 0);
    case 'min':
      return constant(type, Math.min(a, b));
    case 'max':
      return constant(type, Math.max(a, b));
    default: {
      if (type === 'bool') return constant('bool', name === '&' ? a & b : a | b);
      const integer = type === 'i32' ? 'i32' : 'u32';
      return constant(integer, wrap(integer, binaryBits(name, integer, a | 0, b | 0)));
    }
  }
}

export function select(condition: Operation, yes: Operation, no: Operation): Operation {
  if (condition.op === 'constant') return condition.value ? yes : no;
  if (yes.op === 'constant' && no.op === 'constant' && yes.value === no.value && yes.type !== 'f32')
    return yes;
  return { op: 'select', type: yes.type, condition, yes, no, ...traits(condition, yes, no) };
}

/** Conversion by value; between u32 and i32 the bits stay. */
export function convert(type: ScalarName, operand: Operation): Operation {
  if (operand.type === type) return operand;
  if (operand.op === 'constant' && type !== 'f32' && operand.type !== 'f32') {
    if (type === 'bool') return constant('bool', operand.value === 0 ? 0 : 1);
    return constant(type, wrap(type, operand.value));
  }
  if (
    operand.op === 'convert' &&
    type !== 'f32' &&
    type !== 'bool' &&
    operand.type !== 'bool' &&
    operand.type !== 'f32'
  ) {
    const inner = operand.operand;
    if (inner.type === type) return inner;
  }
  return { op: 'convert', type, operand, ...traits(operand) };
}

/** The same 32 bits as another type. */
export function bitcast(type: 'u32' | 'i32' | 'f32', operand: Operation): Operation {
  if (operand.type === type) return operand;
  if (type !== 'f32' && operand.type !== 'f32') return convert(type, operand);
  return { op: 'bitcast', type, operand, ...traits(operand) };
}

export function dot4(signed: boolean, left: Operation, right: Operation): Operation {
  const type = signed ? 'i32' : 'u32';
  if (left.op === 'constant' && right.op === 'constant') {
    return constant(type, wrap(type, dot4Bits(signed, left.value | 0, right.value | 0)));
  }
  return { op: 'dot4', type, signed, left, right, ...traits(left, right) };
}

export function float(name: string, operands: Operation[]): Operation {
  return { op: 'float', type: 'f32', name, operands, ...traits(...operands) };
}

/** The index itself where it is below `count`, else the last one; u32 or i32 in, u32 out. */
export function clampIndex(index: Operation, count: number): Operation {
  const position = convert('u32', index);
  return rangeOf(position).most < count ? position : binary('min', position, word(count - 1));
}

/** Whether an operation is better named than repeated or nested further. */
export function isAtom(operation: Operation): boolean {
  return (
    operation.op === 'constant' || operation.op === 'id' || (operation.op === 'local' && !operation.varies)
  );
}

/** Deeper operations are cut by a local, so that no back end recurses or stacks far. */
export const mostDepth = Math.floor(mostNesting / 2);

function traits(...operands: Operation[]): { depth: number; reads: boolean; varies: boolean } {
  let depth = 0;
  let reads = false;
  let varies = false;
  for (const operand of operands) {
    depth = Math.max(depth, operand.depth);
    reads ||= operand.reads;
    varies ||= operand.varies;
  }
  return { depth: depth + 1, reads, varies };
}
