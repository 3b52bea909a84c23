import type { Operation, Range } from './ir.ts';
import { mostTrips } from './limits.ts';
import { rangeOf } from './ranges.ts';
import { binaryBits, wrap } from './scalar-math.ts';
import type { ArithmeticOperator } from './syntax.ts';
import type { Comparison, Reference, Typed, TypedStatement, Variable } from './typed.ts';

/** How often a loop's body may run at most, and the counter's values: inside the body, and at any time. */
export interface TripCount {
  most: number;
  inside: Range;
  always: Range;
}

interface Counting {
  type: 'u32' | 'i32';
  first: Operation;
  operator: ArithmeticOperator;
  step: number;
  comparison: Comparison;
  bound: Range;
}

const limits = { u32: { least: 0, most: 0xffffffff }, i32: { least: -0x80000000, most: 0x7fffffff } };

/** Bounds a loop that counts while `counter <comparison> bound` holds; `undefined` where no useful bound can be seen. */
export function tripCount(counting: Counting): TripCount | undefined {
  const trips = counted(counting);
  return trips && trips.most <= mostTrips ? trips : undefined;
}

function counted({ type, first, operator, step, comparison, bound }: Counting): TripCount | undefined {
  const start = rangeOf(first);
  const whole = limits[type];
  if (operator === '+' && step < 0)
    return counted({ type, first, operator: '-', step: -step, comparison, bound });
  if (operator === '-' && step < 0)
    return counted({ type, first, operator: '+', step: -step, comparison, bound });
  const exact = first.op === 'constant' && bound.least === bound.most;
  if (operator === '+' && step > 0 && (comparison === '<' || comparison === '<=')) {
    const end = comparison === '<' ? bound.most : bound.most + 1;
    const last = Math.max(end - 1 + step, start.most);
    if (last > whole.most) return undefined;
    const inside = { least: start.least, most: Math.max(end - 1, start.least) };
    return {
      most: Math.max(0, Math.ceil((end - start.least) / step)),
      inside,
      always: { least: start.least, most: last },
    };
  }
  if (operator === '-' && step > 0 && (comparison === '>' || comparison === '>=')) {
    const end = comparison === '>' ? bound.least : bound.least - 1;
    const last = Math.min(end + 1 - step, start.least);
    if (last < whole.least) return undefined;
    const inside = { least: Math.min(end + 1, start.most), most: start.most };
    return {
      most: Math.max(0, Math.ceil((start.most - end) / step)),
      inside,
      always: { least: last, most: start.most },
    };
  }
  const distance = operator === '-' ? start.least - bound.least : bound.least - start.least;
  if (
    exact &&
    comparison === '!=' &&
    (operator === '+' || operator === '-') &&
    step > 0 &&
    distance >= 0 &&
    distance % step === 0
  ) {
    const always = { least: Math.min(start.least, bound.least), most: Math.max(start.least, bound.least) };
    return { most: distance / step, inside: always, always };
  }
  return exact ? simulate(type, start.least, operator, step, comparison, bound.least) : undefined;
}

const mostSimulated = 4096;

// Doubling, halving, != and the like: by running through them.
function simulate(
  type: 'u32' | 'i32',
  first: number,
  operator: ArithmeticOperator,
  step: number,
  comparison: Comparison,
  bound: number,
): TripCount | undefined {
  const inside = { least: first, most: first };
  const always = { least: first, most: first };
  let value = first;
  for (let trips = 0; trips <= mostSimulated; trips++) {
    always.least = Math.min(always.least, value);
    always.most = Math.max(always.most, value);
    if (!holds(comparison, value, bound)) return { most: trips, inside, always };
    inside.least = Math.min(inside.least, value);
    inside.most = Math.max(inside.most, value);
    value = wrap(type, binaryBits(operator, type, value | 0, step | 0));
  }
  return undefined;
}

function holds(comparison: Comparison, value: number, bound: number): boolean {
  switch (comparison) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '==':
      return value === bound;
    case '!=':
      return value !== bound;
  }
}

/** Turns `bound < counter` around. */
export function mirrored(comparison: Comparison): Comparison {
  const mirror: Record<Comparison, Comparison> = {
    '<': '>',
    '<=': '>=',
    '>': '<',
    '>=': '<=',
    '==': '==',
    '!=': '!=',
  };
  return mirror[comparison];
}

/** Whether any of the statements may change a variable: assigns it, or a part, or takes its address. */
export function changes(body: TypedStatement[], variable: Variable): boolean {
  return body.some((statement) => changesIn(statement, variable));
}

function changesIn(statement: TypedStatement, variable: Variable): boolean {
  const inExpression = (typed: Typed | undefined): boolean =>
    typed !== undefined && pointsTo(typed, variable);
  switch (statement.kind) {
    case 'assign':
      return (
        rootVariable(statement.target) === variable ||
        inReference(statement.target, variable) ||
        inExpression(statement.value)
      );
    case 'let':
    case 'var':
    case 'evaluate':
    case 'return':
      return inExpression(statement.value);
    case 'output':
      return inExpression(statement.index) || inExpression(statement.value);
    case 'if':
      return (
        inExpression(statement.condition) ||
        changes(statement.yes, variable) ||
        changes(statement.no, variable)
      );
    case 'switch':
      return (
        inExpression(statement.selector) || statement.clauses.some((clause) => changes(clause.body, variable))
      );
    case 'for':
      return (
        (statement.first !== undefined && changes([statement.first], variable)) ||
        inExpression(statement.condition) ||
        (statement.next !== undefined && changes([statement.next], variable)) ||
        changes(statement.body, variable)
      );
    case 'block':
      return changes(statement.body, variable);
    case 'break':
    case 'continue':
      return false;
  }
}

function rootVariable(reference: Reference): Variable | undefined {
  for (let at = reference; ; at = at.base) {
    if (at.kind === 'variable') return at.variable;
    if (at.kind === 'target' || at.kind === 'buffer') return undefined;
  }
}

// Whether the variable's address is taken anywhere in the expression.
function pointsTo(typed: Typed, variable: Variable): boolean {
  switch (typed.kind) {
    case 'pointer':
      return rootVariable(typed.reference) === variable || inReference(typed.reference, variable);
    case 'load':
      return inReference(typed.reference, variable);
    case 'unary':
    case 'convert':
    case 'bitcast':
      return pointsTo(typed.operand, variable);
    case 'binary':
    case 'logic':
      return pointsTo(typed.left, variable) || pointsTo(typed.right, variable);
    case 'swizzle':
    case 'member':
      return pointsTo(typed.base, variable);
    case 'element':
      return pointsTo(typed.base, variable) || pointsTo(typed.index, variable);
    case 'construct':
      return typed.parts.some((part) => pointsTo(part, variable));
    case 'splat':
      return pointsTo(typed.part, variable);
    case 'builtin':
    case 'call':
      return typed.operands.some((operand) => pointsTo(operand, variable));
    case 'constant':
    case 'id':
    case 'ids':
    case 'length':
      return false;
  }
}

function inReference(reference: Reference, variable: Variable): boolean {
  for (let at = reference; ; at = at.base) {
    if (at.kind === 'element' && pointsTo(at.index, variable)) return true;
    if (at.kind === 'variable' || at.kind === 'target' || at.kind === 'buffer') return false;
  }
}
