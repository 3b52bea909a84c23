import type { ArithmeticOperator } from './syntax.ts';
import type { BufferType, PointerType, Type } from './types.ts';

/** Scalars of a constant, one after another: untyped integers as bigint, bool as 0 or 1, u32 unsigned, i32 signed. */
export type ConstantScalar = number | bigint;
export interface Constant {
  type: Type;
  scalars: readonly ConstantScalar[];
}

/** Something with a name whose value is known only when the kernel runs. */
export interface Variable {
  name: string;
  kind: 'let' | 'var' | 'parameter' | 'private';
  type: Type;
}

export interface InputBuffer {
  name: string;
  binding: number;
  type: BufferType;
  /** Words from one element to the next. */
  strideWords: number;
}

export interface OutputBuffer {
  name: string;
  binding: number;
  element: 'u32' | 'i32';
}

/** Where a value is kept, without reading it. */
export type Reference = { type: Type } & (
  | { kind: 'variable'; variable: Variable }
  | { kind: 'target'; pointer: Variable }
  | { kind: 'buffer'; buffer: InputBuffer }
  | { kind: 'member'; base: Reference; member: number }
  | { kind: 'component'; base: Reference; component: number }
  | { kind: 'element'; base: Reference; index: Typed }
);

/** An expression with its type. Every constant expression is a `constant`; nothing else is of an abstract type. */
export type Typed = { type: Type; at: number; calls: boolean } & (
  | { kind: 'constant'; value: Constant }
  | { kind: 'load'; reference: Reference }
  | { kind: 'pointer'; reference: Reference; type: PointerType }
  | { kind: 'id' }
  | { kind: 'ids' }
  | { kind: 'length'; buffer: InputBuffer }
  | { kind: 'unary'; operator: '-' | '!' | '~'; operand: Typed }
  | { kind: 'binary'; operator: ArithmeticOperator | Comparison; left: Typed; right: Typed }
  | { kind: 'logic'; operator: '&&' | '||'; left: Typed; right: Typed }
  | { kind: 'swizzle'; base: Typed; components: number[] }
  | { kind: 'member'; base: Typed; member: number }
  | { kind: 'element'; base: Typed; index: Typed }
  | { kind: 'construct'; parts: Typed[] }
  | { kind: 'splat'; part: Typed }
  | { kind: 'convert'; operand: Typed }
  | { kind: 'bitcast'; operand: Typed }
  | { kind: 'builtin'; name: string; operands: Typed[] }
  | { kind: 'call'; function: CheckedFunction; operands: Typed[] }
);

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type TypedStatement = { at: number } & (
  | { kind: 'let'; variable: Variable; value: Typed }
  | { kind: 'var'; variable: Variable; value?: Typed }
  | { kind: 'assign'; target: Reference; operator?: ArithmeticOperator; value: Typed; calls: boolean }
  | { kind: 'output'; index: Typed; value: Typed }
  | { kind: 'evaluate'; value: Typed }
  | { kind: 'if'; condition: Typed; yes: TypedStatement[]; no: TypedStatement[] }
  | { kind: 'switch'; selector: Typed; clauses: TypedClause[] }
  | { kind: 'for'; first?: TypedStatement; condition?: Typed; next?: TypedStatement; body: TypedStatement[] }
  | { kind: 'break' }
  | { kind: 'continue' }
  | { kind: 'return'; value?: Typed }
  | { kind: 'block'; body: TypedStatement[] }
);

export interface TypedClause {
  values: number[];
  isDefault: boolean;
  body: TypedStatement[];
}

export interface CheckedFunction {
  name: string;
  at: number;
  parameters: Variable[];
  result?: Type;
  body: TypedStatement[];
  /** Nodes of the body, a measure of its size. */
  size: number;
  callees: { function: CheckedFunction; at: number }[];
  privates: Set<Variable>;
}

export interface CheckedModule {
  inputs: InputBuffer[];
  output: OutputBuffer;
  privates: { variable: Variable; value?: Typed }[];
  main: CheckedFunction;
  /** Where f32 first appears, if it does. */
  floats?: number;
}
