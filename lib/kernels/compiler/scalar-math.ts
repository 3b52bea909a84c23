import { KernelError } from './diagnostics.ts';
import type { ArithmeticOperator } from './syntax.ts';
import type { Comparison, ConstantScalar } from './typed.ts';
import type { AnyScalarName } from './types.ts';

/** Arithmetic of constant expressions: WGSL's rules on overflow, with errors at `at`. */
export function constantBinary(
  operator: ArithmeticOperator | Comparison,
  type: AnyScalarName,
  left: ConstantScalar,
  right: ConstantScalar,
  at: number,
): ConstantScalar {
  if (
    operator === '==' ||
    operator === '!=' ||
    operator === '<' ||
    operator === '<=' ||
    operator === '>' ||
    operator === '>='
  ) {
    return compare(operator, left, right) ? 1 : 0;
  }
  switch (type) {
    case 'bool':
      return operator === '&' ? Number(left) & Number(right) : Number(left) | Number(right);
    case 'abstract-int':
      return abstractBinary(operator, BigInt(left), BigInt(right), at);
    case 'abstract-float':
    case 'f32':
      return floatBinary(operator, type, Number(left), Number(right), at);
    case 'u32':
    case 'i32':
      return integerBinary(operator, type, Number(left), Number(right), at);
  }
}

function compare(operator: Comparison, left: ConstantScalar, right: ConstantScalar): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

function abstractBinary(operator: ArithmeticOperator, left: bigint, right: bigint, at: number): bigint {
  if ((operator === '/' || operator === '%') && right === 0n) throw new KernelError(at, divisionByZero);
  if ((operator === '<<' || operator === '>>') && right >= 64n)
    throw new KernelError(at, 'This shifts by 64 or more.');
  const result = {
    '+': () => left + right,
    '-': () => left - right,
    '*': () => left * right,
    '/': () => left / right,
    '%': () => left % right,
    '&': () => left & right,
    '|': () => left | right,
    '^': () => left ^ right,
    '<<': () => left << right,
    '>>': () => left >> right,
  }[operator]();
  return checkedAbstract(result, at);
}

/** An untyped integer, which must fit in 64 bits. */
export function checkedAbstract(value: bigint, at: number): bigint {
  if (BigInt.asIntN(64, value) !== value) throw new KernelError(at, `${value} does not fit in 64 bits.`);
  return value;
}

function floatBinary(
  operator: ArithmeticOperator,
  type: 'abstract-float' | 'f32',
  left: number,
  right: number,
  at: number,
): number {
  let result: number;
  if (operator === '+') result = left + right;
  else if (operator === '-') result = left - right;
  else if (operator === '*') result = left * right;
  else if (operator === '/') result = left / right;
  else if (operator === '%') result = left % right;
  else throw new Error(`Floats have no ${operator}.`);
  return checkedFloat(type === 'f32' ? Math.fround(result) : result, at);
}

export function checkedFloat(value: number, at: number): number {
  if (!Number.isFinite(value)) throw new KernelError(at, 'This constant is not a finite number.');
  return value;
}

function integerBinary(
  operator: ArithmeticOperator,
  type: 'u32' | 'i32',
  left: number,
  right: number,
  at: number,
): number {
  if ((operator === '/' || operator === '%') && right === 0) throw new KernelError(at, divisionByZero);
  if (operator === '<<' || operator === '>>') {
    if (right >= 32) throw new KernelError(at, `This shifts by ${right}; a shift must be below 32.`);
    if (operator === '<<') {
      const exact = BigInt(left) << BigInt(right);
      if ((type === 'u32' ? BigInt.asUintN(32, exact) : BigInt.asIntN(32, exact)) !== exact) {
        throw new KernelError(at, 'This constant shift loses bits.');
      }
    }
  }
  return wrap(type, binaryBits(operator, type, left | 0, right | 0));
}

const divisionByZero = 'This divides by zero.';

/** The bits of a word, 32 of them as a signed number, as a value of its type. */
export function wrap(type: 'u32' | 'i32' | 'bool' | 'f32', bits: number): number {
  return type === 'u32' ? bits >>> 0 : bits | 0;
}

/**
 * The defined results of the integer operators on words given as signed 32-bit numbers: wrapping, x/0 = x, x%0 = 0,
 * INT_MIN/-1 = INT_MIN, INT_MIN%-1 = 0, shifts modulo 32.
 */
export function binaryBits(
  operator: ArithmeticOperator,
  type: 'u32' | 'i32',
  left: number,
  right: number,
): number {
  switch (operator) {
    case '+':
      return (left + right) | 0;
    case '-':
      return (left - right) | 0;
    case '*':
      return Math.imul(left, right);
    case '/':
      if (right === 0) return left;
      return type === 'u32' ? ((left >>> 0) / (right >>> 0)) | 0 : (left / right) | 0;
    case '%':
      if (right === 0) return 0;
      return type === 'u32' ? ((left >>> 0) % (right >>> 0)) | 0 : (left % right) | 0;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<<':
      return left << (right & 31);
    case '>>':
      return type === 'u32' ? (left >>> (right & 31)) | 0 : left >> (right & 31);
  }
}

/** Builtins of one word, on 32 bits given as a signed number. */
export function unaryBits(name: UnaryBuiltin, bits: number): number {
  switch (name) {
    case 'countOneBits': {
      let count = 0;
      for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
      return count;
    }
    case 'countLeadingZeros':
      return Math.clz32(bits);
    case 'countTrailingZeros':
      return bits === 0 ? 32 : 31 - Math.clz32(bits & -bits);
    case 'firstLeadingBit':
      return 31 - Math.clz32(bits);
    case 'firstTrailingBit':
      return bits === 0 ? -1 : 31 - Math.clz32(bits & -bits);
    case 'reverseBits': {
      let result = 0;
      for (let bit = 0; bit < 32; bit++) if (bits & (1 << bit)) result |= 1 << (31 - bit);
      return result;
    }
  }
}

export type UnaryBuiltin =
  | 'countOneBits'
  | 'countLeadingZeros'
  | 'countTrailingZeros'
  | 'firstLeadingBit'
  | 'firstTrailingBit'
  | 'reverseBits';

/** dot4U8Packed and dot4I8Packed on words given as signed 32-bit numbers. */
export function dot4(signed: boolean, left: number, right: number): number {
  let sum = 0;
  for (let shift = 0; shift < 32; shift += 8) {
    const a = signed ? (left << (24 - shift)) >> 24 : (left >>> shift) & 255;
    const b = signed ? (right << (24 - shift)) >> 24 : (right >>> shift) & 255;
    sum = (sum + a * b) | 0;
  }
  return sum;
}
