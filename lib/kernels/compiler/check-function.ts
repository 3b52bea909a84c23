import { ExpressionChecker, type ExpressionObserver, isWritable, rootOf } from './check-expression.ts';
import { KernelError } from './diagnostics.ts';
import { Scope } from './scope.ts';
import type {
  BlockSyntax,
  ClauseSyntax,
  DeclarationSyntax,
  ExpressionSyntax,
  StatementSyntax,
} from './syntax.ts';
import type { CheckedFunction, OutputBuffer, Typed, TypedClause, TypedStatement, Variable } from './typed.ts';
import { bool, same, shownType, type Type } from './types.ts';

interface Place {
  scope: Scope;
  expressions: ExpressionChecker;
  inLoop: boolean;
  inSwitch: boolean;
}

/** Checks the body of one function and fills it into `checked`. Throws `KernelError`. */
export function checkBody(
  checked: CheckedFunction,
  body: BlockSyntax,
  scope: Scope,
  observer: Omit<ExpressionObserver, 'onPrivate'>,
): void {
  new BodyChecker(checked, observer).run(body, scope);
}

class BodyChecker {
  readonly #function: CheckedFunction;
  readonly #observer: ExpressionObserver;

  constructor(checked: CheckedFunction, observer: Omit<ExpressionObserver, 'onPrivate'>) {
    this.#function = checked;
    this.#observer = {
      onCall: (callee, roots, at) => {
        checked.callees.push({ function: callee, at });
        observer.onCall(callee, roots, at);
      },
      onPrivate: (variable) => checked.privates.add(variable),
      onFloat: (at) => observer.onFloat(at),
    };
  }

  run(body: BlockSyntax, scope: Scope): void {
    // A parameter and a variable of the outermost block share one scope in WGSL.
    const place = this.#place(scope, { inLoop: false, inSwitch: false });
    this.#function.body = this.#statements(body, place);
    const { result, name, at } = this.#function;
    if (result && !returns(this.#function.body)) {
      throw new KernelError(at, `"${name}" must return a value on every path.`);
    }
  }

  #place(scope: Scope, context: { inLoop: boolean; inSwitch: boolean }): Place {
    return { scope, expressions: new ExpressionChecker(scope, this.#observer), ...context };
  }

  #inner(place: Place, change: { inLoop?: boolean; inSwitch?: boolean } = {}): Place {
    const { inLoop, inSwitch } = place;
    return this.#place(new Scope(place.scope), { inLoop, inSwitch, ...change });
  }

  #block(
    body: BlockSyntax,
    place: Place,
    change: { inLoop?: boolean; inSwitch?: boolean } = {},
  ): TypedStatement[] {
    return this.#statements(body, this.#inner(place, change));
  }

  #statements(body: BlockSyntax, place: Place): TypedStatement[] {
    return body.flatMap((statement) => this.#statement(statement, place) ?? []);
  }

  #statement(syntax: StatementSyntax, place: Place): TypedStatement | undefined {
    const { at } = syntax;
    this.#function.size++;
    switch (syntax.kind) {
      case 'declare':
        return this.#declare(syntax.declaration, place);
      case 'assign':
        return this.#assign(syntax, place);
      case 'step':
        return this.#step(syntax, place);
      case 'ignore': {
        const value = place.expressions.value(syntax.value);
        return value.calls ? { kind: 'evaluate', at, value } : undefined;
      }
      case 'call':
        return { kind: 'evaluate', at, value: this.#callStatement(syntax.call, place) };
      case 'if': {
        const condition = this.#value(bool, syntax.condition, place);
        const then = this.#block(syntax.yes, place);
        return { kind: 'if', at, condition, yes: then, no: syntax.no ? this.#block(syntax.no, place) : [] };
      }
      case 'switch':
        return this.#switch(syntax, place);
      case 'for':
        return this.#for(syntax, place);
      case 'break':
        if (!place.inLoop && !place.inSwitch)
          throw new KernelError(at, '"break" stands in no loop and no "switch".');
        return { kind: 'break', at };
      case 'continue':
        if (!place.inLoop) throw new KernelError(at, '"continue" stands in no loop.');
        return { kind: 'continue', at };
      case 'return':
        return this.#return(syntax.value, at, place);
      case 'block':
        return { kind: 'block', at, body: this.#block(syntax.body, place) };
      case 'assert': {
        const { type, scalars } = place.expressions.constant(syntax.value);
        if (!same(type, bool)) throw new KernelError(at, `const_assert needs bool, not ${shownType(type)}.`);
        if (scalars[0] !== 1) throw new KernelError(at, 'This const_assert does not hold.');
        return undefined;
      }
    }
  }

  #value(type: Type, syntax: ExpressionSyntax, place: Place): Typed {
    this.#function.size += syntax.depth;
    return place.expressions.of(type, syntax);
  }

  #declare(
    { kind, name, at, type: typeSyntax, value: syntax }: DeclarationSyntax,
    place: Place,
  ): TypedStatement | undefined {
    const { expressions, scope } = place;
    const type = typeSyntax && expressions.type(typeSyntax);
    if (type?.kind === 'buffer') throw new KernelError(at, 'An array of a function needs a length.');
    if (syntax) this.#function.size += syntax.depth;
    if (kind === 'const') {
      const constant = constantOf(expressions, syntax, type, at);
      scope.declare(name, { kind: 'constant', value: constant }, at);
      return undefined;
    }
    const value = syntax && (type ? expressions.of(type, syntax) : expressions.value(syntax));
    const found = type ?? value?.type;
    if (!found) throw new KernelError(at, `"var ${name}" needs a type or a value.`);
    if (value && value.type.kind === 'buffer')
      throw new KernelError(value.at, 'A buffer can only be read element by element.');
    if (value?.kind === 'ids')
      throw new KernelError(value.at, 'Only x of global_invocation_id numbers an element.');
    if (kind === 'var' && found.kind === 'pointer')
      throw new KernelError(at, 'A pointer can only be named with "let".');
    const variable: Variable = { name, kind, type: found };
    scope.declare(name, { kind: 'variable', variable }, at);
    if (kind === 'var') return { kind: 'var', at, variable, value };
    return value && { kind: 'let', at, variable, value };
  }

  #assign(syntax: StatementSyntax & { kind: 'assign' }, place: Place): TypedStatement {
    const { target: targetSyntax, operator, at } = syntax;
    this.#function.size += targetSyntax.depth;
    const output = outputOf(targetSyntax, place.scope);
    if (output) return this.#output(output.index, output.buffer, syntax, place);
    const { expressions } = place;
    const target = expressions.any(targetSyntax);
    const reference = target.kind === 'load' ? target.reference : undefined;
    if (!reference || !isWritable(reference)) throw new KernelError(targetSyntax.at, notWritable(target));
    if (reference.type.kind === 'buffer')
      throw new KernelError(targetSyntax.at, 'An input buffer cannot be written.');
    if (!operator) {
      const value = this.#value(reference.type, syntax.value, place);
      return { kind: 'assign', at, target: reference, value, calls: target.calls };
    }
    this.#function.size += syntax.value.depth;
    const value = expressions.any(syntax.value);
    const combined = expressions.combine(operator, target, value, at);
    if (combined.kind !== 'binary' || !same(combined.type, reference.type)) {
      throw new KernelError(
        at,
        `"${operator}=" gives ${shownType(combined.type)}, not ${shownType(reference.type)}.`,
      );
    }
    return { kind: 'assign', at, target: reference, operator, value: combined.right, calls: target.calls };
  }

  #output(
    index: ExpressionSyntax,
    buffer: OutputBuffer,
    syntax: StatementSyntax & { kind: 'assign' },
    place: Place,
  ): TypedStatement {
    const { expressions } = place;
    if (syntax.operator)
      throw new KernelError(syntax.at, 'The output cannot be read, so it cannot be changed in place.');
    const at = index.at;
    const position = expressions.value(index);
    if (position.type.name !== 'u32' && position.type.name !== 'i32') {
      throw new KernelError(at, `An index must be u32 or i32, not ${shownType(position.type)}.`);
    }
    const element = buffer.element === 'u32' ? 'u32' : 'i32';
    const value = expressions.any(syntax.value);
    this.#function.size += index.depth + syntax.value.depth;
    return {
      kind: 'output',
      at: syntax.at,
      index: position,
      value: expressions.as({ kind: 'scalar', name: element }, value),
    };
  }

  #step({ target: syntax, operator, at }: StatementSyntax & { kind: 'step' }, place: Place): TypedStatement {
    const target = place.expressions.any(syntax);
    const { type } = target;
    if (target.kind !== 'load' || !isWritable(target.reference))
      throw new KernelError(syntax.at, notWritable(target));
    if (type.kind !== 'scalar' || (type.name !== 'u32' && type.name !== 'i32')) {
      throw new KernelError(at, `"${operator}${operator}" needs u32 or i32, not ${shownType(type)}.`);
    }
    const value: Typed = { kind: 'constant', type, at, calls: false, value: { type, scalars: [1] } };
    return { kind: 'assign', at, target: target.reference, operator, value, calls: target.calls };
  }

  #callStatement(syntax: ExpressionSyntax & { kind: 'call' }, place: Place): Typed {
    const { callee, at } = syntax;
    this.#function.size += syntax.depth;
    if (place.scope.find(callee.name, at)?.kind !== 'function') {
      const { type } = place.expressions.any(syntax);
      throw new KernelError(at, `The ${shownType(type)} that "${callee.name}" gives is used for nothing.`);
    }
    return place.expressions.userCall(syntax).typed;
  }

  #switch(syntax: StatementSyntax & { kind: 'switch' }, place: Place): TypedStatement {
    const { expressions } = place;
    this.#function.size += syntax.selector.depth;
    const selector = expressions.value(syntax.selector);
    if (selector.type.name !== 'u32' && selector.type.name !== 'i32') {
      throw new KernelError(
        syntax.selector.at,
        `"switch" needs u32 or i32, not ${shownType(selector.type)}.`,
      );
    }
    const seen = new Set<number | undefined>();
    const clauses = syntax.clauses.map((clause) => this.#clause(clause, selector.type, seen, place));
    if (!seen.has(undefined)) throw new KernelError(syntax.at, '"switch" needs a "default".');
    return { kind: 'switch', at: syntax.at, selector, clauses };
  }

  #clause(clause: ClauseSyntax, type: Type, seen: Set<number | undefined>, place: Place): TypedClause {
    const values = clause.values.map((syntax) => {
      const typed = syntax && place.expressions.of(type, syntax);
      if (typed && typed.kind !== 'constant') throw new KernelError(typed.at, 'A "case" needs constants.');
      const value = typed && Number(typed.value.scalars[0]);
      if (seen.has(value)) throw new KernelError(syntax?.at ?? clause.at, 'This case stands there already.');
      seen.add(value);
      return value;
    });
    return {
      values: values.filter((value) => value !== undefined),
      isDefault: values.includes(undefined),
      body: this.#block(clause.body, place, { inSwitch: true }),
    };
  }

  #for(syntax: StatementSyntax & { kind: 'for' }, place: Place): TypedStatement {
    const head = this.#inner(place, { inLoop: true, inSwitch: false });
    const first = syntax.first && this.#statement(syntax.first, head);
    const condition = syntax.condition && this.#value(bool, syntax.condition, head);
    const next = syntax.next && this.#statement(syntax.next, head);
    if (next && ['let', 'var', 'return', 'break', 'continue'].includes(next.kind)) {
      throw new KernelError(next.at, 'The third part of a "for" must be an assignment or a call.');
    }
    return { kind: 'for', at: syntax.at, first, condition, next, body: this.#block(syntax.body, head) };
  }

  #return(syntax: ExpressionSyntax | undefined, at: number, place: Place): TypedStatement {
    const { result, name } = this.#function;
    if (!result && syntax) throw new KernelError(at, `"${name}" gives no value.`);
    if (!result) return { kind: 'return', at };
    if (!syntax) throw new KernelError(at, `"${name}" must return ${result.name}.`);
    return { kind: 'return', at, value: this.#value(result, syntax, place) };
  }
}

/** The value of a `const`, of its declared type or else of its own, perhaps abstract, one. */
export function constantOf(
  expressions: ExpressionChecker,
  syntax: ExpressionSyntax | undefined,
  type: Type | undefined,
  at: number,
) {
  const typed = syntax && (type ? expressions.of(type, syntax) : expressions.any(syntax));
  if (typed?.kind !== 'constant')
    throw new KernelError(at, 'The value of a "const" must be a constant expression.');
  return typed.value;
}

function outputOf(
  target: ExpressionSyntax,
  scope: Scope,
): { buffer: OutputBuffer; index: ExpressionSyntax } | undefined {
  if (target.kind !== 'index' || target.base.kind !== 'name') return undefined;
  const meaning = scope.find(target.base.name, target.at);
  return meaning?.kind === 'output' ? { buffer: meaning.buffer, index: target.index } : undefined;
}

function notWritable(target: Typed): string {
  const name = target.kind === 'load' ? rootOf(target.reference)?.name : undefined;
  if (name !== undefined) return `"${name}" cannot be assigned; only a "var" can.`;
  if (target.kind === 'load') return 'An input buffer cannot be written.';
  if (target.kind === 'swizzle') return 'WGSL assigns one component at a time.';
  return 'Only a variable can be assigned.';
}

function returns(body: TypedStatement[]): boolean {
  return body.some((statement) => {
    switch (statement.kind) {
      case 'return':
        return true;
      case 'block':
        return returns(statement.body);
      case 'if':
        return returns(statement.yes) && returns(statement.no);
      case 'switch':
        return statement.clauses.every((clause) => returns(clause.body) && !breaks(clause.body));
      default:
        return false;
    }
  });
}

// Whether a `break` may leave the switch around the body.
function breaks(body: TypedStatement[]): boolean {
  return body.some((statement) => {
    if (statement.kind === 'break') return true;
    if (statement.kind === 'block') return breaks(statement.body);
    return statement.kind === 'if' && (breaks(statement.yes) || breaks(statement.no));
  });
}
