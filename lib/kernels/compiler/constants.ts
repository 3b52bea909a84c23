import { applyBuiltin } from './builtins.ts';
import { KernelError } from './diagnostics.ts';
import type { Operation } from './ir.ts';
import { constant as constantOperation } from './operations.ts';
import { checkedAbstract, checkedFloat } from './scalar-math.ts';
import type { Constant, ConstantScalar } from './typed.ts';
import {
  type AnyScalarName,
  abstractFloat,
  abstractInt,
  arrayOf,
  elementOf,
  f32,
  i32,
  type ScalarName,
  same,
  scalarCount,
  shapedLike,
  shownType,
  type Type,
  u32,
} from './types.ts';

/** Reads a literal such as `12u`, `0xff`, `1.5f`. Throws `KernelError` when it does not fit in its type. */
export function literal(text: string, at: number): Constant {
  const hexadecimal = /^0[xX]/.test(text);
  const suffix = hexadecimal ? /[iu]$/.exec(text)?.[0] : /[iufh]$/.exec(text)?.[0];
  const digits = suffix ? text.slice(0, -1) : text;
  if (suffix === 'h') throw new KernelError(at, 'f16 is not accepted.');
  if (hexadecimal && /[.pP]/.test(digits)) throw new KernelError(at, 'Hexadecimal floats are not accepted.');
  if (!hexadecimal && (suffix === 'f' || /[.eE]/.test(digits))) {
    if (suffix === 'i' || suffix === 'u') throw new KernelError(at, 'This is not a number of WGSL.');
    const value = Number(digits);
    if (suffix !== 'f') return { type: abstractFloat, scalars: [checkedFloat(value, at)] };
    return { type: f32, scalars: [checkedFloat(Math.fround(value), at)] };
  }
  if (/^0[xX]?$/.test(digits) && hexadecimal) throw new KernelError(at, 'This number has no digits.');
  if (!hexadecimal && /^0\d/.test(digits)) throw new KernelError(at, 'A number cannot start with zero.');
  const value = BigInt(digits);
  if (suffix === undefined) return { type: abstractInt, scalars: [checkedAbstract(value, at)] };
  return convertConstant({ type: abstractInt, scalars: [value] }, suffix === 'u' ? u32 : i32, at);
}

/** Whether a constant of type `from` becomes one of type `to` by itself: only abstract types do. */
export function converts(from: Type, to: Type): boolean {
  if (same(from, to)) return true;
  if (from.kind === 'scalar' && to.kind === 'scalar') {
    if (from.name === 'abstract-int') return ['u32', 'i32', 'f32', 'abstract-float'].includes(to.name);
    return from.name === 'abstract-float' && to.name === 'f32';
  }
  if (from.kind === 'vector' && to.kind === 'vector')
    return from.size === to.size && converts(from.element, to.element);
  if (from.kind === 'array' && to.kind === 'array')
    return from.count === to.count && converts(from.element, to.element);
  return false;
}

/** A constant as type `to`, which `converts` allows. Throws `KernelError` when a value does not fit. */
export function convertConstant(value: Constant, to: Type, at: number): Constant {
  if (same(value.type, to)) return value;
  if (!converts(value.type, to)) {
    throw new KernelError(at, `${shownType(value.type)} does not become ${shownType(to)} by itself.`);
  }
  const name = innermost(to);
  return { type: to, scalars: value.scalars.map((scalar) => fitted(scalar, name, at)) };
}

function innermost(type: Type): AnyScalarName {
  if (type.kind === 'array') return innermost(type.element);
  const element = elementOf(type);
  if (!element) throw new Error(`${type.name} is never converted.`);
  return element.name;
}

function fitted(value: ConstantScalar, name: AnyScalarName, at: number): ConstantScalar {
  if (name === 'abstract-int') return value;
  if (name === 'abstract-float') return checkedFloat(Number(value), at);
  if (name === 'f32') return checkedFloat(Math.fround(Number(value)), at);
  const [least, most] = name === 'u32' ? [0n, 0xffffffffn] : [-0x80000000n, 0x7fffffffn];
  if (BigInt(value) < least || BigInt(value) > most)
    throw new KernelError(at, `${value} does not fit in ${name}.`);
  return Number(value);
}

/** The type that an abstract one takes when nothing else asks for one: i32 or f32. */
export function concreteType(type: Type): Type {
  if (type.kind === 'array') return arrayOf(concreteType(type.element), type.count);
  const element = elementOf(type);
  if (element?.name === 'abstract-int') return shapedLike(type, i32);
  if (element?.name === 'abstract-float') return shapedLike(type, f32);
  return type;
}

/** Explicit conversion `u32(x)` of a constant scalar, by WGSL's rules; abstract integers convert where they fit. */
export function castScalar(
  value: ConstantScalar,
  from: AnyScalarName,
  to: AnyScalarName,
  at: number,
): ConstantScalar {
  if (from === to) return value;
  if (to === 'bool') return Number(value) === 0 ? 0 : 1;
  if (from === 'abstract-int') return fitted(value, to, at);
  const number = Number(value);
  if (to === 'f32') return checkedFloat(Math.fround(number), at);
  if (from === 'abstract-float' || from === 'f32') {
    const whole = Math.trunc(number);
    return to === 'u32'
      ? Math.min(Math.max(whole, 0), 0xffffffff)
      : Math.min(Math.max(whole, -0x80000000), 0x7fffffff);
  }
  return to === 'u32' ? number >>> 0 : number | 0;
}

/** A builtin on constants; `undefined` where its result is no constant of the accepted language (floats). */
export function constantBuiltin(
  name: string,
  result: Type,
  operands: Constant[],
  at: number,
): Constant | undefined {
  const [first] = operands;
  if (first && elementOf(first.type)?.name === 'abstract-int') {
    return { type: result, scalars: abstractBuiltin(name, operands, at) };
  }
  if (operands.some((operand) => elementOf(operand.type)?.name.includes('f'))) return undefined;
  const operations = operands.map(({ type, scalars }) => {
    const element = elementOf(type)?.name as ScalarName;
    return scalars.map((scalar) => constantOperation(element, Number(scalar)));
  });
  // A scalar condition of a vector select holds for each component.
  const width = operations[0]?.length ?? 1;
  const spread = operations.map((operation) =>
    name === 'select' && operation.length < width ? repeat(operation, width) : operation,
  );
  const scalars = applyBuiltin(name, spread).map((operation) => {
    if (operation.op !== 'constant') throw new Error(`${name} of constants was not folded.`);
    return operation.value;
  });
  if (scalars.length !== scalarCount(result)) throw new Error(`${name} has another shape.`);
  return { type: result, scalars };
}

function repeat(operation: Operation[], width: number): Operation[] {
  return Array.from({ length: width }, () => operation).flat();
}

function abstractBuiltin(name: string, operands: Constant[], at: number): bigint[] {
  const [first = [], second = [], third = []] = operands.map((operand) => operand.scalars.map(BigInt));
  const least = (a: bigint, b: bigint) => (a < b ? a : b);
  const most = (a: bigint, b: bigint) => (a > b ? a : b);
  const pick = (values: bigint[], index: number) => values[index] ?? 0n;
  switch (name) {
    case 'abs':
      return first.map((a) => checkedAbstract(a < 0n ? -a : a, at));
    case 'sign':
      return first.map((a) => (a > 0n ? 1n : a < 0n ? -1n : 0n));
    case 'min':
      return first.map((a, index) => least(a, pick(second, index)));
    case 'max':
      return first.map((a, index) => most(a, pick(second, index)));
    case 'clamp':
      return first.map((a, index) => least(most(a, pick(second, index)), pick(third, index)));
    case 'select':
      return first.map((a, index) => (pick(third, third.length === 1 ? 0 : index) ? pick(second, index) : a));
    case 'dot':
      return [first.reduce((sum, a, index) => checkedAbstract(sum + a * pick(second, index), at), 0n)];
    default:
      throw new Error(`${name} takes no untyped integers.`);
  }
}
