import { type BuiltinRule, builtins, type NumberClass, scalarTypes } from './builtins.ts';
import {
  castScalar,
  concreteType,
  constantBuiltin,
  convertConstant,
  converts,
  literal,
} from './constants.ts';
import { KernelError } from './diagnostics.ts';
import { mostScalars } from './limits.ts';
import { constantBinary } from './scalar-math.ts';
import { type Scope, unknownName } from './scope.ts';
import type { ArithmeticOperator, BinaryOperator, ExpressionSyntax, TypeSyntax } from './syntax.ts';
import type {
  CheckedFunction,
  Comparison,
  Constant,
  ConstantScalar,
  Reference,
  Typed,
  Variable,
} from './typed.ts';
import {
  arrayOf,
  bool,
  elementOf,
  f32,
  i32,
  type PointerType,
  type ScalarType,
  same,
  scalarCount,
  shapedLike,
  shownType,
  type Type,
  u32,
  vectorOf,
} from './types.ts';

type Of<Kind extends ExpressionSyntax['kind']> = ExpressionSyntax & { kind: Kind };

/** What the expressions of one function tell to the module around them. */
export interface ExpressionObserver {
  onCall(callee: CheckedFunction, roots: Variable[], at: number): void;
  onPrivate(variable: Variable): void;
  onFloat(at: number): void;
}

/** Gives expressions their types. Throws `KernelError`. Outside functions there is no observer: only constants are found there. */
export class ExpressionChecker {
  readonly #scope: Scope;
  readonly #observer: ExpressionObserver;

  constructor(scope: Scope, observer: ExpressionObserver) {
    this.#scope = scope;
    this.#observer = observer;
  }

  /** An expression of any type, abstract ones included. */
  any(syntax: ExpressionSyntax): Typed {
    const typed = this.#check(syntax);
    if (elementOf(typed.type)?.name === 'f32') this.#observer.onFloat(typed.at);
    return typed;
  }

  /** A value whose type a variable can have. */
  value(syntax: ExpressionSyntax): Typed {
    return this.concrete(this.any(syntax));
  }

  /** A value of exactly this type. */
  of(type: Type, syntax: ExpressionSyntax): Typed {
    return this.as(type, this.any(syntax));
  }

  /** A constant expression. */
  constant(syntax: ExpressionSyntax): Constant {
    const typed = this.any(syntax);
    if (typed.kind !== 'constant') throw new KernelError(syntax.at, 'A constant expression is needed here.');
    return typed.value;
  }

  /** A constant integer, as it stands in array lengths and attributes. */
  constantInteger(syntax: ExpressionSyntax): number {
    const { type, scalars } = this.constant(syntax);
    if (!['u32', 'i32', 'abstract-int'].includes(type.name)) {
      throw new KernelError(syntax.at, `A constant integer is needed here, not ${shownType(type)}.`);
    }
    return Number(scalars[0]);
  }

  concrete(typed: Typed): Typed {
    return this.as(concreteType(typed.type), typed);
  }

  as(type: Type, typed: Typed): Typed {
    if (same(type, typed.type)) return typed;
    if (typed.kind !== 'constant' || !converts(typed.type, type)) {
      throw new KernelError(typed.at, `${shownType(type)} is needed here, not ${shownType(typed.type)}.`);
    }
    if (elementOf(type)?.name === 'f32') this.#observer.onFloat(typed.at);
    return { ...typed, type, value: convertConstant(typed.value, type, typed.at) };
  }

  /** The type that a syntax names. */
  type(syntax: TypeSyntax): Type {
    const { name, at, parameters } = syntax;
    const short = /^vec([234])([uifh])$/.exec(name);
    if (short) {
      const element = { u: u32, i: i32, f: f32, h: undefined }[short[2] as 'u' | 'i' | 'f' | 'h'];
      if (!element) throw unknownName(name, at);
      if (element === f32) this.#observer.onFloat(at);
      return vectorOf(element, Number(short[1]));
    }
    const scalar = scalarTypes.get(name);
    if (scalar) {
      if (scalar === f32) this.#observer.onFloat(at);
      return scalar;
    }
    if (/^vec[234]$/.test(name)) {
      const [parameter, extra] = parameters;
      if (!parameter || extra) throw new KernelError(at, `"${name}" needs the type of its components.`);
      const element = this.type(parameter);
      if (element.kind !== 'scalar')
        throw new KernelError(parameter.at, `A vector of ${element.name} does not exist.`);
      return vectorOf(element, Number(name.at(-1)));
    }
    if (name === 'array') return this.#arrayType(syntax);
    if (name === 'ptr') return this.#pointerType(syntax);
    if (name === 'atomic')
      throw new KernelError(at, 'Atomics are not accepted: elements are computed apart from each other.');
    const meaning = this.#scope.find(name, at);
    if (meaning?.kind === 'type') return meaning.type;
    if (!meaning) throw unknownName(name, at);
    throw new KernelError(at, `"${name}" is no type.`);
  }

  #arrayType({ at, parameters, count }: TypeSyntax): Type {
    const [parameter] = parameters;
    if (!parameter) throw new KernelError(at, '"array" needs the type of its elements.');
    const element = this.type(parameter);
    if (element.kind === 'pointer' || element.kind === 'buffer') {
      throw new KernelError(parameter.at, `An array of ${element.name} is not accepted.`);
    }
    if (!count) return { kind: 'buffer', name: `array<${element.name}>`, element };
    const length = this.constantInteger(count);
    if (length < 1) throw new KernelError(count.at, 'An array has at least one element.');
    if (length * scalarCount(element) > mostScalars) {
      throw new KernelError(count.at, `An array may hold at most ${mostScalars} scalars.`);
    }
    return arrayOf(element, length);
  }

  #pointerType({ at, parameters }: TypeSyntax): Type {
    const [space, target, access] = parameters;
    if (!space || !target) throw new KernelError(at, '"ptr" needs an address space and a type.');
    if (space.name !== 'function' && space.name !== 'private') {
      throw new KernelError(space.at, `Pointers into "${space.name}" are not accepted.`);
    }
    if (access && access.name !== 'read_write')
      throw new KernelError(access.at, `Pointers with "${access.name}" are not accepted.`);
    const type = this.type(target);
    if (type.kind === 'pointer' || type.kind === 'buffer')
      throw new KernelError(target.at, `A pointer to ${type.name} is not accepted.`);
    return { kind: 'pointer', name: `ptr<${space.name}, ${type.name}>`, space: space.name, target: type };
  }

  #check(syntax: ExpressionSyntax): Typed {
    switch (syntax.kind) {
      case 'number':
        return this.#constant(literal(syntax.text, syntax.at), syntax.at);
      case 'boolean':
        return this.#constant({ type: bool, scalars: [syntax.value ? 1 : 0] }, syntax.at);
      case 'name':
        return this.#name(syntax);
      case 'unary':
        return this.#unary(syntax);
      case 'binary':
        return this.#binary(syntax);
      case 'member':
        return this.#member(syntax);
      case 'index':
        return this.#index(syntax);
      case 'call':
        return this.#call(syntax);
    }
  }

  #constant(value: Constant, at: number): Typed {
    return { kind: 'constant', type: value.type, at, calls: false, value };
  }

  #name({ name, at }: Of<'name'>): Typed {
    const meaning = this.#scope.find(name, at);
    switch (meaning?.kind) {
      case 'constant':
        return this.#constant(meaning.value, at);
      case 'ids':
        return { kind: 'ids', type: vectorOf(u32, 3), at, calls: false };
      case 'input':
        return load({ kind: 'buffer', type: meaning.buffer.type, buffer: meaning.buffer }, at, false);
      case 'output':
        throw new KernelError(
          at,
          `"${name}" can only be written, one word after another: ${name}[...] = value.`,
        );
      case 'variable': {
        const { variable } = meaning;
        if (variable.kind === 'private') this.#observer.onPrivate(variable);
        if (variable.type.kind === 'pointer') {
          const reference: Reference = { kind: 'target', type: variable.type.target, pointer: variable };
          return { kind: 'pointer', type: variable.type, at, calls: false, reference };
        }
        return load({ kind: 'variable', type: variable.type, variable }, at, false);
      }
      case 'type':
        throw new KernelError(at, `"${name}" is a type; a value is needed here.`);
      case 'function':
        throw new KernelError(at, `"${name}" is a function; a value is needed here.`);
      case undefined:
        throw unknownName(name, at);
    }
  }

  #unary({ operator, operand: syntax, at }: Of<'unary'>): Typed {
    if (operator === '&') return this.#addressOf(syntax, at);
    const operand = this.any(syntax);
    if (operator === '*') {
      if (operand.kind !== 'pointer')
        throw new KernelError(at, `"*" needs a pointer, not ${shownType(operand.type)}.`);
      return load(operand.reference, at, operand.calls);
    }
    const element = elementOf(operand.type)?.name;
    const allowed =
      operator === '!'
        ? element === 'bool'
        : operator === '~'
          ? element === 'u32' || element === 'i32' || element === 'abstract-int'
          : element !== undefined && element !== 'bool' && element !== 'u32';
    if (!allowed) throw new KernelError(at, `"${operator}" does not apply to ${shownType(operand.type)}.`);
    if (operand.kind !== 'constant')
      return { kind: 'unary', type: operand.type, at, calls: operand.calls, operator, operand };
    const scalars = operand.value.scalars.map((scalar): ConstantScalar => {
      if (operator === '!') return scalar ? 0 : 1;
      if (typeof scalar === 'bigint') return operator === '-' ? -scalar : ~scalar;
      if (operator === '~') return element === 'u32' ? ~scalar >>> 0 : ~scalar;
      return element === 'i32' ? -scalar | 0 : -scalar;
    });
    return this.#constant({ type: operand.type, scalars }, at);
  }

  #addressOf(syntax: ExpressionSyntax, at: number): Typed {
    const operand = this.any(syntax);
    if (operand.kind !== 'load') throw new KernelError(at, '"&" needs a variable.');
    const root = rootOf(operand.reference);
    if (root === undefined)
      throw new KernelError(at, 'Pointers into buffers are not accepted, except in arrayLength(&name).');
    if (!isWritable(operand.reference))
      throw new KernelError(at, `"&" needs a "var", and "${root.name}" is none.`);
    if (operand.reference.kind === 'component')
      throw new KernelError(at, 'WGSL has no pointer to a component of a vector.');
    const base = operand.reference.kind === 'element' ? operand.reference.base : undefined;
    if (base?.type.kind === 'vector')
      throw new KernelError(at, 'WGSL has no pointer to a component of a vector.');
    const space =
      root.kind === 'private' || (root.type.kind === 'pointer' && root.type.space === 'private')
        ? 'private'
        : 'function';
    const target = operand.type;
    const type: PointerType = { kind: 'pointer', name: `ptr<${space}, ${target.name}>`, space, target };
    return { kind: 'pointer', type, at, calls: operand.calls, reference: operand.reference };
  }

  #binary({ operator, left: leftSyntax, right: rightSyntax, at }: Of<'binary'>): Typed {
    const left = this.any(leftSyntax);
    const right = this.any(rightSyntax);
    if (operator === '&&' || operator === '||') return this.#logic(operator, left, right, at);
    if (operator === '<<' || operator === '>>') return this.#shift(operator, left, right, at);
    return this.combine(operator, left, right, at);
  }

  #logic(operator: '&&' | '||', left: Typed, right: Typed, at: number): Typed {
    for (const operand of [left, right]) {
      if (!same(operand.type, bool))
        throw new KernelError(at, `"${operator}" needs bool, not ${shownType(operand.type)}.`);
    }
    if (left.kind === 'constant' && right.kind === 'constant') {
      const [a, b] = [left.value.scalars[0] === 1, right.value.scalars[0] === 1];
      return this.#constant({ type: bool, scalars: [(operator === '&&' ? a && b : a || b) ? 1 : 0] }, at);
    }
    return { kind: 'logic', type: bool, at, calls: left.calls || right.calls, operator, left, right };
  }

  #shift(operator: '<<' | '>>', leftAny: Typed, rightAny: Typed, at: number): Typed {
    const left = rightAny.kind === 'constant' ? leftAny : this.concrete(leftAny);
    const element = elementOf(left.type);
    if (!element || !['u32', 'i32', 'abstract-int'].includes(element.name)) {
      throw new KernelError(at, `"${operator}" does not apply to ${shownType(left.type)}.`);
    }
    const rightType = shapedLike(left.type, u32);
    // A vector may be shifted by one amount only where we spread it ourselves: WGSL asks for a vector.
    const right = this.as(rightType, rightAny);
    if (right.kind !== 'constant') {
      return { kind: 'binary', type: left.type, at, calls: left.calls || right.calls, operator, left, right };
    }
    const bits = element.name === 'abstract-int' ? 64 : 32;
    for (const amount of right.value.scalars) {
      if (Number(amount) >= bits)
        throw new KernelError(at, `This shifts by ${amount}; a shift must be below ${bits}.`);
    }
    if (left.kind !== 'constant') {
      return { kind: 'binary', type: left.type, at, calls: left.calls, operator, left, right };
    }
    const scalars = left.value.scalars.map((scalar, index) =>
      constantBinary(operator, element.name, scalar, right.value.scalars[index] ?? 0, at),
    );
    return this.#constant({ type: left.type, scalars }, at);
  }

  /** Every binary operator but the logical ones and the shifts. */
  combine(
    operator: Exclude<BinaryOperator, '&&' | '||'>,
    leftAny: Typed,
    rightAny: Typed,
    at: number,
  ): Typed {
    if (operator === '<<' || operator === '>>') return this.#shift(operator, leftAny, rightAny, at);
    const fail = () =>
      new KernelError(
        at,
        `"${operator}" does not apply to ${shownType(leftAny.type)} and ${shownType(rightAny.type)}.`,
      );
    const element = common(elementOf(leftAny.type), elementOf(rightAny.type));
    if (!element) throw fail();
    const left = this.as(shapedLike(leftAny.type, element), leftAny);
    const right = this.as(shapedLike(rightAny.type, element), rightAny);
    const vector =
      left.type.kind === 'vector' ? left.type : right.type.kind === 'vector' ? right.type : undefined;
    const mixed = left.type.kind !== right.type.kind;
    if (mixed && !'+-*/%'.includes(operator)) throw fail();
    if (!mixed && !same(left.type, right.type)) throw fail();
    if (!operatorTakes(operator, element)) throw fail();
    const type = isComparison(operator) ? (vector ? shapedLike(vector, bool) : bool) : (vector ?? element);
    if (left.kind === 'constant' && right.kind === 'constant') {
      const scalars = Array.from({ length: vector?.size ?? 1 }, (_, index) =>
        constantBinary(
          operator,
          element.name,
          component(left.value, index),
          component(right.value, index),
          at,
        ),
      );
      return this.#constant({ type, scalars }, at);
    }
    if (right.kind === 'constant' && (operator === '/' || operator === '%') && element.name !== 'f32') {
      if (right.value.scalars.some((scalar) => Number(scalar) === 0))
        throw new KernelError(at, 'This divides by zero.');
    }
    const spread = (operand: Typed): Typed =>
      vector && operand.type.kind === 'scalar'
        ? { kind: 'splat', type: vector, at: operand.at, calls: operand.calls, part: operand }
        : operand;
    return {
      kind: 'binary',
      type,
      at,
      calls: left.calls || right.calls,
      operator,
      left: spread(left),
      right: spread(right),
    };
  }

  #member({ base: baseSyntax, name, at }: Of<'member'>): Typed {
    const base = this.#through(this.any(baseSyntax));
    if (base.kind === 'ids') {
      if (name !== 'x' && name !== 'r')
        throw new KernelError(at, 'Only x of global_invocation_id numbers an element.');
      return { kind: 'id', type: u32, at, calls: false };
    }
    if (base.type.kind === 'struct') {
      const member = base.type.members.findIndex((member) => member.name === name);
      const type = base.type.members[member]?.type;
      if (!type) throw new KernelError(at, `${base.type.name} has no member "${name}".`);
      if (base.kind === 'load')
        return load({ kind: 'member', type, base: base.reference, member }, at, base.calls);
      if (base.kind === 'constant') {
        const start = base.type.members
          .slice(0, member)
          .reduce((sum, before) => sum + scalarCount(before.type), 0);
        return this.#constant(slice(base.value, type, start), at);
      }
      return { kind: 'member', type, at, calls: base.calls, base, member };
    }
    if (base.type.kind !== 'vector') throw new KernelError(at, `${shownType(base.type)} has no members.`);
    return this.#swizzle(base, name, at);
  }

  #swizzle(base: Typed, name: string, at: number): Typed {
    if (base.type.kind !== 'vector') throw new Error('A swizzle of no vector.');
    const { size, element } = base.type;
    const letters = /^[xyzw]{1,4}$/.test(name) ? 'xyzw' : 'rgba';
    const components = [...name].map((letter) => letters.indexOf(letter));
    if (components.length > 4 || components.some((component) => component < 0 || component >= size)) {
      throw new KernelError(at, `${shownType(base.type)} has no components "${name}".`);
    }
    const [first = 0, ...more] = components;
    const type = more.length === 0 ? element : vectorOf(element, components.length);
    if (base.kind === 'constant') {
      return this.#constant({ type, scalars: components.map((index) => component(base.value, index)) }, at);
    }
    if (base.kind === 'load' && more.length === 0) {
      return load({ kind: 'component', type, base: base.reference, component: first }, at, base.calls);
    }
    return { kind: 'swizzle', type, at, calls: base.calls, base, components };
  }

  #index({ base: baseSyntax, index: indexSyntax, at }: Of<'index'>): Typed {
    const raw = this.#through(this.any(baseSyntax));
    const index = this.#indexValue(indexSyntax);
    if (raw.kind === 'ids') {
      if (index.kind !== 'constant' || index.value.scalars[0] !== 0) {
        throw new KernelError(at, 'Only x of global_invocation_id numbers an element.');
      }
      return { kind: 'id', type: u32, at, calls: false };
    }
    const known = index.kind === 'constant' ? Number(index.value.scalars[0]) : undefined;
    if (known !== undefined && known < 0)
      throw new KernelError(indexSyntax.at, `The index ${known} is negative.`);
    const base = known === undefined ? this.concrete(raw) : raw;
    const type =
      base.type.kind === 'array' || base.type.kind === 'buffer' ? base.type.element : elementOf(base.type);
    if (!type || base.type.kind === 'scalar')
      throw new KernelError(at, `${shownType(base.type)} has no elements.`);
    const count =
      base.type.kind === 'array' ? base.type.count : base.type.kind === 'vector' ? base.type.size : Infinity;
    if (known !== undefined && known >= count) {
      throw new KernelError(indexSyntax.at, `The index ${known} is past the end of ${shownType(base.type)}.`);
    }
    if (base.kind === 'constant' && known !== undefined)
      return this.#constant(slice(base.value, type, known * scalarCount(type)), at);
    const calls = base.calls || index.calls;
    if (base.kind === 'load') {
      if (base.type.kind === 'vector' && known !== undefined) {
        return load({ kind: 'component', type, base: base.reference, component: known }, at, calls);
      }
      return load({ kind: 'element', type, base: base.reference, index }, at, calls);
    }
    return { kind: 'element', type, at, calls, base, index };
  }

  #indexValue(syntax: ExpressionSyntax): Typed {
    const index = this.value(syntax);
    if (!same(index.type, u32) && !same(index.type, i32)) {
      throw new KernelError(syntax.at, `An index must be u32 or i32, not ${shownType(index.type)}.`);
    }
    return index;
  }

  // p.x and p[i] mean (*p).x and (*p)[i].
  #through(typed: Typed): Typed {
    return typed.kind === 'pointer' ? load(typed.reference, typed.at, typed.calls) : typed;
  }

  #call(syntax: Of<'call'>): Typed {
    const { callee, values, at } = syntax;
    const { name } = callee;
    const meaning = isTypeName(name) ? undefined : this.#scope.find(name, at);
    if (meaning?.kind === 'function') {
      const typed = this.userCall(syntax);
      if (!typed.result) throw new KernelError(at, `"${name}" gives no value.`);
      return typed.typed;
    }
    if (meaning && meaning.kind !== 'type') throw new KernelError(at, `"${name}" is no function.`);
    if (name === 'bitcast') return this.#bitcast(callee, values, at);
    if (meaning || isTypeName(name)) return this.#construct(callee, values, at);
    if (name === 'arrayLength') return this.#arrayLength(values, at);
    const rule = builtins.get(name);
    if (!rule) throw unknownName(name, at);
    return this.#builtin(
      name,
      rule,
      values.map((value) => this.any(value)),
      at,
    );
  }

  /** A call of one of the kernel's own functions, with or without a result. */
  userCall({ callee, values, at }: Of<'call'>): { typed: Typed; result: boolean } {
    const meaning = this.#scope.find(callee.name, at);
    if (meaning?.kind !== 'function')
      throw new KernelError(at, `"${callee.name}" is no function of this kernel.`);
    const { parameters, result } = meaning.function;
    if (values.length !== parameters.length) {
      throw new KernelError(at, `"${callee.name}" takes ${parameters.length} values, not ${values.length}.`);
    }
    const operands = values.map((value, index) => this.of(parameters[index]?.type ?? bool, value));
    const roots = operands.flatMap((operand) =>
      operand.kind === 'pointer' ? (rootOf(operand.reference) ?? []) : [],
    );
    if (new Set(roots).size < roots.length) {
      throw new KernelError(at, 'Two pointers to one variable are passed in one call.');
    }
    this.#observer.onCall(meaning.function, roots, at);
    // A call without a result is typed bool; nobody can read it.
    const typed: Typed = {
      kind: 'call',
      type: result ?? bool,
      at,
      calls: true,
      function: meaning.function,
      operands,
    };
    return { typed, result: result !== undefined };
  }

  #arrayLength(values: ExpressionSyntax[], at: number): Typed {
    const [syntax] = values;
    const meaning =
      values.length === 1 &&
      syntax?.kind === 'unary' &&
      syntax.operator === '&' &&
      syntax.operand.kind === 'name'
        ? this.#scope.find(syntax.operand.name, at)
        : undefined;
    if (meaning?.kind === 'output') {
      throw new KernelError(
        at,
        'The length of the output is not known: leave the test out, ids past the end never run.',
      );
    }
    if (meaning?.kind !== 'input')
      throw new KernelError(at, 'arrayLength takes "&" and the name of a buffer.');
    return { kind: 'length', type: u32, at, calls: false, buffer: meaning.buffer };
  }

  #bitcast(callee: TypeSyntax, values: ExpressionSyntax[], at: number): Typed {
    const [parameter] = callee.parameters;
    const [syntax] = values;
    if (!parameter || !syntax || values.length !== 1)
      throw new KernelError(at, 'Write bitcast<type>(value).');
    const type = this.type(parameter);
    const operand = this.value(syntax);
    const [to, from] = [elementOf(type), elementOf(operand.type)];
    const shapes =
      type.kind === operand.type.kind && (type.kind !== 'vector' || type.size === scalarCount(operand.type));
    if (!to || !from || to.name === 'bool' || from.name === 'bool' || !shapes) {
      throw new KernelError(at, `${shownType(operand.type)} has no bitcast to ${shownType(type)}.`);
    }
    if (operand.kind === 'constant' && to.name !== 'f32' && from.name !== 'f32') {
      const scalars = operand.value.scalars.map((scalar) => castScalar(scalar, from.name, to.name, at));
      return this.#constant({ type, scalars }, at);
    }
    return { kind: 'bitcast', type, at, calls: operand.calls, operand };
  }

  #construct(callee: TypeSyntax, values: ExpressionSyntax[], at: number): Typed {
    const operands = values.map((value) => this.any(value));
    const inferred = callee.parameters.length === 0 && /^(vec[234]|array)$/.test(callee.name);
    if (inferred) return this.#constructInferred(callee, operands, at);
    const type = this.type(callee);
    if (type.kind === 'pointer' || type.kind === 'buffer')
      throw new KernelError(at, `${type.name} cannot be made from values.`);
    if (operands.length === 0) {
      return this.#constant({ type, scalars: Array.from({ length: scalarCount(type) }, () => 0) }, at);
    }
    if (type.kind === 'scalar') {
      const [operand] = operands;
      if (!operand || operands.length > 1) throw new KernelError(at, `${type.name}(...) takes one value.`);
      return this.#cast(type, operand, at);
    }
    if (type.kind === 'vector') return this.#constructVector(type.size, type.element, operands, at);
    const members =
      type.kind === 'struct'
        ? type.members.map((member) => member.type)
        : Array(type.count).fill(type.element);
    if (operands.length !== members.length) {
      throw new KernelError(at, `${type.name} is made of ${members.length} values, not ${operands.length}.`);
    }
    return this.#join(
      type,
      operands.map((operand, index) => this.as(members[index], operand)),
      at,
    );
  }

  #constructInferred(callee: TypeSyntax, operands: Typed[], at: number): Typed {
    const [first] = operands;
    if (!first) throw new KernelError(at, `"${callee.name}" needs a type or values.`);
    if (callee.name === 'array') {
      let element = first.type;
      for (const operand of operands) if (!converts(operand.type, element)) element = operand.type;
      if (element.kind === 'pointer' || element.kind === 'buffer')
        throw new KernelError(at, `An array of ${element.name} is not accepted.`);
      const constant = operands.every((operand) => operand.kind === 'constant');
      const type = arrayOf(constant ? element : concreteType(element), operands.length);
      if (scalarCount(type) > mostScalars)
        throw new KernelError(at, `An array may hold at most ${mostScalars} scalars.`);
      return this.#join(
        type,
        operands.map((operand) => this.as(type.element, operand)),
        at,
      );
    }
    let element: ScalarType | undefined = elementOf(first.type);
    for (const operand of operands) element = common(element, elementOf(operand.type));
    if (!element) throw new KernelError(at, `"${callee.name}" needs components of one type.`);
    return this.#constructVector(Number(callee.name.at(-1)), element, operands, at, true);
  }

  #constructVector(
    size: number,
    element: ScalarType,
    operands: Typed[],
    at: number,
    inferred = false,
  ): Typed {
    const constant = operands.every((operand) => operand.kind === 'constant');
    const concrete = constant ? element : (concreteType(element) as ScalarType);
    const type = vectorOf(concrete, size);
    const [first] = operands;
    if (first && operands.length === 1 && first.type.kind === 'vector') {
      if (first.type.size !== size)
        throw new KernelError(at, `${shownType(first.type)} does not make ${type.name}.`);
      return inferred ? this.as(type, first) : this.#cast(type, first, at);
    }
    const parts = operands.map((operand) => this.as(shapedLike(operand.type, concrete), operand));
    const [only] = parts;
    if (only && parts.length === 1) {
      if (only.type.kind !== 'scalar')
        throw new KernelError(at, `${shownType(only.type)} does not make ${type.name}.`);
      if (only.kind !== 'constant') return { kind: 'splat', type, at, calls: only.calls, part: only };
      return this.#constant(
        { type, scalars: Array.from({ length: size }, () => component(only.value, 0)) },
        at,
      );
    }
    const given = parts.reduce(
      (sum, part) => sum + (elementOf(part.type) ? scalarCount(part.type) : Infinity),
      0,
    );
    if (given !== size)
      throw new KernelError(at, `${type.name} has ${size} components; ${given} were given.`);
    return this.#join(type, parts, at);
  }

  #join(type: Type, parts: Typed[], at: number): Typed {
    const scalars: ConstantScalar[] = [];
    for (const part of parts) {
      if (part.kind !== 'constant')
        return { kind: 'construct', type, at, calls: parts.some((part) => part.calls), parts };
      scalars.push(...part.value.scalars);
    }
    return this.#constant({ type, scalars }, at);
  }

  #cast(type: Type, operand: Typed, at: number): Typed {
    const [to, from] = [elementOf(type), elementOf(operand.type)];
    if (!to || !from || same(type, operand.type)) {
      if (same(type, operand.type)) return operand;
      throw new KernelError(at, `${shownType(operand.type)} does not make ${type.name}.`);
    }
    if (type.kind !== operand.type.kind)
      throw new KernelError(at, `${shownType(operand.type)} does not make ${type.name}.`);
    if (operand.kind === 'constant') {
      const scalars = operand.value.scalars.map((scalar) => castScalar(scalar, from.name, to.name, at));
      return this.#constant({ type, scalars }, at);
    }
    return { kind: 'convert', type, at, calls: operand.calls, operand };
  }

  #builtin(name: string, rule: BuiltinRule, given: Typed[], at: number): Typed {
    const fail = () =>
      new KernelError(
        at,
        `"${name}" does not take (${given.map((operand) => shownType(operand.type)).join(', ')}).`,
      );
    const { operands, type } = this.#operandsFor(name, rule, given, fail);
    const values = operands.map((operand) => (operand.kind === 'constant' ? operand.value : undefined));
    if (values.every((value) => value !== undefined)) {
      const value = constantBuiltin(name, type, values, at);
      if (value) return this.#constant(value, at);
    }
    const concrete = operands.map((operand) => this.concrete(operand));
    return {
      kind: 'builtin',
      type: concreteType(type),
      at,
      calls: operands.some((operand) => operand.calls),
      name,
      operands: concrete,
    };
  }

  #operandsFor(
    name: string,
    rule: BuiltinRule,
    given: Typed[],
    fail: () => KernelError,
  ): { operands: Typed[]; type: Type } {
    const [first, second, third, fourth] = given;
    switch (rule.takes) {
      case 'fixed': {
        if (given.length !== rule.types.length) throw fail();
        return {
          operands: given.map((operand, index) => this.as(rule.types[index] ?? bool, operand)),
          type: rule.result,
        };
      }
      case 'truth':
        if (!first || given.length !== 1 || elementOf(first.type)?.name !== 'bool') throw fail();
        return { operands: [first], type: bool };
      case 'bits': {
        if (!first || given.length !== rule.values + 2) throw fail();
        const { operands, type } = this.#unify(given.slice(0, rule.values), 'integer', fail);
        const amounts = given.slice(rule.values).map((operand) => this.as(u32, operand));
        return { operands: [...operands, ...amounts], type };
      }
      case 'select': {
        if (!first || !second || !third || fourth || elementOf(third.type)?.name !== 'bool') throw fail();
        const { operands, type } = this.#unify([first, second], 'any', fail);
        if (third.type.kind === 'vector' && (type.kind !== 'vector' || type.size !== third.type.size))
          throw fail();
        const constant = given.every((operand) => operand.kind === 'constant');
        if (constant) return { operands: [...operands, third], type };
        return {
          operands: [...operands.map((operand) => this.concrete(operand)), third],
          type: concreteType(type),
        };
      }
      case 'match': {
        if (given.length !== rule.count) throw fail();
        const { operands, type } = this.#unify(given, rule.of, fail);
        if (rule.vectorsOnly && type.kind !== 'vector') throw fail();
        const element = elementOf(type);
        return { operands, type: rule.result === 'element' && element ? element : type };
      }
    }
    throw new Error(`No rule for ${name}.`);
  }

  #unify(
    given: Typed[],
    kind: NumberClass | 'any',
    fail: () => KernelError,
  ): { operands: Typed[]; type: Type } {
    const [first] = given;
    let element = first && elementOf(first.type);
    for (const operand of given) element = common(element, elementOf(operand.type));
    if (!first || !element) throw fail();
    if (element.name === 'abstract-int' && kind === 'integer') element = i32;
    if (kind === 'float' && (element.name === 'abstract-int' || element.name === 'abstract-float'))
      element = f32;
    const fits = {
      number: element.name !== 'bool',
      signed: element.name !== 'bool' && element.name !== 'u32',
      integer: element.name === 'u32' || element.name === 'i32',
      float: element.name === 'f32',
      any: true,
    }[kind];
    const type = shapedLike(first.type, element);
    if (!fits || given.some((operand) => operand.type.kind !== first.type.kind)) throw fail();
    return {
      operands: given.map((operand) =>
        converts(operand.type, type) ? this.as(type, operand) : raise(fail()),
      ),
      type,
    };
  }
}

function raise(error: KernelError): never {
  throw error;
}

/** The variable at the bottom of a reference; none for buffers. */
export function rootOf(reference: Reference): Variable | undefined {
  for (let at = reference; ; at = at.base) {
    if (at.kind === 'variable') return at.variable;
    if (at.kind === 'target') return at.pointer;
    if (at.kind === 'buffer') return undefined;
  }
}

/** Whether a value can be kept there: in a `var`, a private variable, or behind a pointer. */
export function isWritable(reference: Reference): boolean {
  for (let at = reference; ; at = at.base) {
    if (at.kind === 'variable') return at.variable.kind === 'var' || at.variable.kind === 'private';
    if (at.kind === 'target') return true;
    if (at.kind === 'buffer') return false;
  }
}

function load(reference: Reference, at: number, calls: boolean): Typed {
  return { kind: 'load', type: reference.type, at, calls, reference };
}

function isTypeName(name: string): boolean {
  return scalarTypes.has(name) || /^(vec[234][uifh]?|array|ptr|atomic)$/.test(name);
}

function common(a: ScalarType | undefined, b: ScalarType | undefined): ScalarType | undefined {
  if (!a || !b) return undefined;
  if (converts(a, b)) return b;
  return converts(b, a) ? a : undefined;
}

function isComparison(operator: string): operator is Comparison {
  return ['==', '!=', '<', '<=', '>', '>='].includes(operator);
}

function operatorTakes(operator: ArithmeticOperator | Comparison, element: ScalarType): boolean {
  const { name } = element;
  if (operator === '==' || operator === '!=') return true;
  if (operator === '&' || operator === '|') return name !== 'f32' && name !== 'abstract-float';
  if (operator === '^') return name === 'u32' || name === 'i32' || name === 'abstract-int';
  return name !== 'bool';
}

function component(value: Constant, index: number): ConstantScalar {
  const scalar = value.scalars[value.scalars.length === 1 ? 0 : index];
  if (scalar === undefined) throw new Error(`No component ${index}.`);
  return scalar;
}

function slice(value: Constant, type: Type, start: number): Constant {
  return { type, scalars: value.scalars.slice(start, start + scalarCount(type)) };
}
