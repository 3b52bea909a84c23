import type { UnaryBuiltin } from './scalar-math.ts';
import type { ArithmeticOperator } from './syntax.ts';
import type { Comparison } from './typed.ts';
import type { ScalarName } from './types.ts';

/** One scalar variable. A fixed one is set once for each run of its declaration, before it is read. */
export interface Local {
  id: number;
  type: ScalarName;
  fixed: boolean;
  /** Least and greatest value, where known. */
  range?: Range;
  /** What a fixed local was set to. */
  definition?: Operation;
}

/** An array of scalars in a kernel's own memory. */
export interface Region {
  id: number;
  type: ScalarName;
  count: number;
}

/** Constants that are read by an index. */
export interface Table {
  id: number;
  type: ScalarName;
  values: readonly number[];
}

export interface Range {
  least: number;
  most: number;
}

/** `abs` is of i32 or f32, `negate` too; what counts or finds bits is of u32. */
export type UnaryName = 'negate' | 'not' | 'abs' | UnaryBuiltin;
export type BinaryName = ArithmeticOperator | Comparison | 'min' | 'max' | '&&' | '||';

/**
 * A scalar, computed without any effect: operations can be evaluated in any order between two steps. Indices of elements
 * and tables are in range; the index of a word is not: past the end it means the last word.
 */
export type Operation = {
  type: ScalarName;
  depth: number;
  /** Whether a word of a buffer is read below. */
  reads: boolean;
  /** Whether the result may differ later: a local that is not fixed, or an element, is read below. */
  varies: boolean;
} & (
  | { op: 'constant'; value: number }
  | { op: 'id' }
  | { op: 'length'; buffer: number }
  | { op: 'local'; local: Local; range?: Range }
  | { op: 'element'; region: Region; index: Operation }
  | { op: 'table'; table: Table; index: Operation }
  | { op: 'word'; buffer: number; index: Operation }
  | { op: 'unary'; name: UnaryName; operand: Operation }
  | { op: 'binary'; name: BinaryName; left: Operation; right: Operation }
  | { op: 'select'; condition: Operation; yes: Operation; no: Operation }
  | { op: 'convert'; operand: Operation }
  | { op: 'bitcast'; operand: Operation }
  | { op: 'dot4'; signed: boolean; left: Operation; right: Operation }
  | { op: 'float'; name: string; operands: Operation[] }
);

/** What a `leave` or a `next` names: a loop, or a block that can be left early. */
export interface Label {
  id: number;
}

export type Step =
  | { step: 'set'; local: Local; value: Operation }
  | { step: 'store'; region: Region; index: Operation; value: Operation }
  | { step: 'zero'; region: Region; start: Operation; count: number }
  | { step: 'copy'; to: Region; toStart: Operation; from: Region; fromStart: Operation; count: number }
  | { step: 'if'; condition: Operation; yes: Step[]; no: Step[] }
  // Runs head, body and next in turn; only the head's test ends it on its own, at the latest when `most` rounds are done.
  | { step: 'loop'; label: Label; most: number; head: Step[]; body: Step[]; next: Step[] }
  | { step: 'block'; label: Label; body: Step[] }
  | { step: 'leave'; label: Label }
  | { step: 'next'; label: Label };

/** A kernel as every back end takes it: what one element computes. Element `id`'s words are those of `output`, of u32, at the end. */
export interface Program {
  buffers: { name: string; leastWords: number }[];
  output: Region;
  tables: Table[];
  regions: Region[];
  locals: Local[];
  steps: Step[];
  /** Whether f32 appears anywhere. */
  floats: boolean;
}

/** Calls `visit` on an operation and everything below it, parents first. */
export function visitOperation(operation: Operation, visit: (operation: Operation) => void): void {
  visit(operation);
  for (const operand of operandsOf(operation)) visitOperation(operand, visit);
}

export function operandsOf(operation: Operation): readonly Operation[] {
  switch (operation.op) {
    case 'constant':
    case 'id':
    case 'length':
    case 'local':
      return [];
    case 'element':
    case 'table':
    case 'word':
      return [operation.index];
    case 'unary':
    case 'convert':
    case 'bitcast':
      return [operation.operand];
    case 'binary':
    case 'dot4':
      return [operation.left, operation.right];
    case 'select':
      return [operation.condition, operation.yes, operation.no];
    case 'float':
      return operation.operands;
  }
}

/** The operations that a step evaluates itself, not those of steps inside it. */
export function operationsOf(step: Step): readonly Operation[] {
  switch (step.step) {
    case 'set':
      return [step.value];
    case 'store':
      return [step.index, step.value];
    case 'zero':
      return [step.start];
    case 'copy':
      return [step.toStart, step.fromStart];
    case 'if':
      return [step.condition];
    case 'loop':
    case 'block':
    case 'leave':
    case 'next':
      return [];
  }
}
