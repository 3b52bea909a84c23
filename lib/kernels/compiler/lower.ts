import { affineIndex } from './affine.ts';
import { applyBuiltin } from './builtins.ts';
import { KernelError } from './diagnostics.ts';
import type { Label, Local, Operation, Program, Range, Region, Step, Table } from './ir.ts';
import { mostArrayWords, mostExpanded, mostNesting, mostWordsPerElement } from './limits.ts';
import {
  binary,
  bitcast,
  bufferWord,
  clampIndex,
  constant,
  convert,
  element,
  elementId,
  isAtom,
  length,
  mostDepth,
  read,
  readCounter,
  select,
  tableEntry,
  unary,
  word,
  zero,
} from './operations.ts';
import { rangeOf } from './ranges.ts';
import type { ArithmeticOperator } from './syntax.ts';
import { changes, mirrored, type TripCount, tripCount } from './trip-count.ts';
import type {
  CheckedFunction,
  CheckedModule,
  Comparison,
  Constant,
  Reference,
  Typed,
  TypedStatement,
  Variable,
} from './typed.ts';
import {
  elementOf,
  memberOffset,
  pieceOffsets,
  piecesOf,
  type ScalarName,
  strideOf,
  type Type,
} from './types.ts';

/** A piece of a value (see `piecesOf`): one scalar, or scalars in a row that nothing changes while the value is in use. */
type Part =
  | { kind: 'scalar'; value: Operation }
  | { kind: 'row'; region: Region; start: Operation; count: number }
  | { kind: 'constants'; table: Table; start: Operation; count: number };

/** Where a piece of a variable is kept. */
type Kept =
  | { kind: 'local'; local: Local; counter?: Range }
  | { kind: 'region'; region: Region; start: Operation; count: number; array: boolean }
  // Only read: a part of a `let`.
  | { kind: 'value'; value: Operation }
  | { kind: 'table'; table: Table; start: Operation; count: number; array: boolean };

type Place =
  | { kind: 'kept'; type: Type; pieces: Kept[] }
  | { kind: 'choice'; type: Type; pieces: Kept[]; index: Operation }
  | { kind: 'buffer'; type: Type; buffer: number; strideWords: number; start: Operation | undefined };

/** One call being expanded: where its result goes, and how its body is left early. */
interface Frame {
  result?: Place;
  label: Label;
  left: boolean;
  bindings: Map<Variable, Part[] | Place>;
}

interface Jumps {
  leave?: Label;
  next?: Label;
}

const parts = (values: Operation[]): Part[] => values.map((value) => ({ kind: 'scalar', value }));

// Returns are turned into the shape of nested ifs this deep; deeper ones leave a block.
const mostTailNesting = 24;

/** Turns a checked module into a program: calls expanded, aggregates taken apart, order of evaluation explicit. */
export function lower(module: CheckedModule): Program {
  return new Lowering(module).run();
}

class Lowering {
  readonly #module: CheckedModule;
  readonly #privates = new Map<Variable, Place>();
  readonly #tables = new Map<string, Table>();
  readonly #regions: Region[] = [];
  readonly #locals: Local[] = [];
  readonly #output: Region;
  #steps: Step[] = [];
  #labels = 0;
  #expanded = 0;
  #arrayWords = 0;
  #at = 0;
  #floats = false;
  #tailNesting = 0;
  #nesting = 0;

  constructor(module: CheckedModule) {
    this.#module = module;
    this.#output = { id: 0, type: 'u32', count: 0 };
    this.#regions.push(this.#output);
  }

  run(): Program {
    for (const { variable, value } of this.#module.privates) {
      const place = this.#newPlace(variable.type);
      this.#privates.set(variable, place);
      this.#initialise(place, value && this.#value(value, this.#frame()));
    }
    this.#body(this.#module.main, this.#frame());
    if (this.#output.count === 0)
      throw new KernelError(this.#module.main.at, 'The kernel writes nothing to its output.');
    return {
      buffers: this.#module.inputs.map(({ name, strideWords }) => ({ name, leastWords: strideWords })),
      output: this.#output,
      tables: [...this.#tables.values()],
      regions: this.#regions,
      locals: this.#locals,
      steps: this.#steps,
      floats: this.#floats,
    };
  }

  #frame(result?: Place): Frame {
    return { result, label: { id: this.#labels++ }, left: false, bindings: new Map() };
  }

  #body(checked: CheckedFunction, frame: Frame): void {
    const body = this.#inside(() => this.#statements(checked.body, frame, {}, true));
    if (frame.left) this.#emit({ step: 'block', label: frame.label, body });
    else this.#steps.push(...body);
  }

  // Statements, ------------------------------------------------------------------------------------------------------

  /** `tail`: nothing of the function follows, so that a `return` just ends here. Says whether what follows may run. */
  #statements(statements: TypedStatement[], frame: Frame, jumps: Jumps, tail: boolean): void {
    for (const [index, statement] of statements.entries()) {
      this.#at = statement.at;
      const rest = statements.slice(index + 1);
      if (
        tail &&
        statement.kind === 'if' &&
        rest.length > 0 &&
        mayReturn([statement]) &&
        this.#tailNesting < mostTailNesting
      ) {
        this.#tailNesting++;
        const { condition, yes: then, no: otherwise } = statement;
        if (ends(then)) this.#if(condition, then, [...otherwise, ...rest], frame, jumps, true);
        else if (ends(otherwise)) this.#if(condition, [...then, ...rest], otherwise, frame, jumps, true);
        else {
          this.#tailNesting--;
          this.#statement(statement, frame, jumps, false);
          continue;
        }
        this.#tailNesting--;
        return;
      }
      this.#statement(statement, frame, jumps, tail && rest.length === 0);
      if (statement.kind === 'return' || statement.kind === 'break' || statement.kind === 'continue') return;
    }
  }

  #statement(statement: TypedStatement, frame: Frame, jumps: Jumps, tail: boolean): void {
    switch (statement.kind) {
      case 'let':
        if (statement.value.kind === 'pointer')
          frame.bindings.set(statement.variable, this.#pointer(statement.value, frame));
        else
          frame.bindings.set(
            statement.variable,
            this.#value(statement.value, frame).map((part) => this.#fix(part)),
          );
        return;
      case 'var': {
        const value = statement.value && this.#value(statement.value, frame);
        const place = this.#newPlace(statement.variable.type);
        this.#initialise(place, value);
        frame.bindings.set(statement.variable, place);
        return;
      }
      case 'assign':
        this.#assign(statement, frame);
        return;
      case 'output':
        this.#writeOutput(statement, frame);
        return;
      case 'evaluate':
        if (statement.value.kind === 'call') this.#call(statement.value, frame, false);
        else this.#value(statement.value, frame);
        return;
      case 'if':
        this.#if(statement.condition, statement.yes, statement.no, frame, jumps, tail);
        return;
      case 'switch':
        this.#switch(statement, frame, jumps, tail);
        return;
      case 'for':
        this.#for(statement, frame);
        return;
      case 'block':
        this.#statements(statement.body, frame, jumps, tail);
        return;
      case 'break':
        this.#jump('leave', jumps.leave);
        return;
      case 'continue':
        this.#jump('next', jumps.next);
        return;
      case 'return':
        if (statement.value && frame.result) this.#write(frame.result, this.#value(statement.value, frame));
        if (!tail) {
          frame.left = true;
          this.#jump('leave', frame.label);
        }
        return;
    }
  }

  #jump(step: 'leave' | 'next', label: Label | undefined): void {
    if (!label) throw new Error('A jump has no aim.');
    this.#emit({ step, label });
  }

  #if(
    condition: Typed,
    then: TypedStatement[],
    otherwise: TypedStatement[],
    frame: Frame,
    jumps: Jumps,
    tail: boolean,
  ): void {
    const test = this.#scalar(condition, frame);
    if (test.op === 'constant') {
      this.#statements(test.value ? then : otherwise, frame, jumps, tail);
      return;
    }
    const thenSteps = this.#inside(() => this.#statements(then, frame, jumps, tail));
    const elseSteps = this.#inside(() => this.#statements(otherwise, frame, jumps, tail));
    this.#emit({ step: 'if', condition: test, yes: thenSteps, no: elseSteps });
  }

  #inside(run: () => void): Step[] {
    const outer = this.#steps;
    this.#steps = [];
    if (++this.#nesting > mostNesting - 20)
      throw new KernelError(this.#at, 'With every call expanded, this nests too deep.');
    run();
    this.#nesting--;
    const inner = this.#steps;
    this.#steps = outer;
    // Nothing runs after a jump.
    const jump = inner.findIndex(({ step }) => step === 'leave' || step === 'next');
    return jump < 0 ? inner : inner.slice(0, jump + 1);
  }

  #switch(statement: TypedStatement & { kind: 'switch' }, frame: Frame, jumps: Jumps, tail: boolean): void {
    const selector = this.#bind(this.#scalar(statement.selector, frame));
    const clauses = statement.clauses.map((clause) => ({ ...clause, body: withoutLastBreak(clause.body) }));
    const chosen = clauses.filter((clause) => !clause.isDefault);
    const fallback = clauses.find((clause) => clause.isDefault);
    if (chosen.length > 64) throw new KernelError(statement.at, 'A "switch" has at most 64 clauses.');
    const label: Label = { id: this.#labels++ };
    const breaks = clauses.some((clause) => mayBreak(clause.body));
    const inner: Jumps = { leave: label, next: jumps.next };
    const clauseTail = tail && !breaks;
    const run = (index: number): void => {
      const clause = chosen[index];
      if (!clause) {
        this.#statements(fallback?.body ?? [], frame, inner, clauseTail);
        return;
      }
      const tests = clause.values.map((value) => binary('==', selector, constant(selector.type, value)));
      const condition = tests.reduce((left, right) => binary('||', left, right), constant('bool', 0));
      const then = this.#inside(() => this.#statements(clause.body, frame, inner, clauseTail));
      const otherwise = this.#inside(() => run(index + 1));
      this.#emit({ step: 'if', condition: this.#shallow(condition), yes: then, no: otherwise });
    };
    const body = this.#inside(() => run(0));
    if (breaks) this.#emit({ step: 'block', label, body });
    else this.#steps.push(...body);
  }

  #for(statement: TypedStatement & { kind: 'for' }, frame: Frame): void {
    const { first, condition, next, body, at } = statement;
    const variable =
      first?.kind === 'var' && first.variable.type.kind === 'scalar' ? first.variable : undefined;
    const type = variable?.type.name;
    if (first?.kind !== 'var' || !variable || !condition || !next || (type !== 'u32' && type !== 'i32')) {
      throw new KernelError(at, noBound);
    }
    if (changes(body, variable))
      throw new KernelError(at, `${noBound} Here the body may change "${variable.name}".`);
    const start = first.value ? this.#scalar(first.value, frame) : zero(type);
    const local = this.#newLocal(type, false);
    const kept: Kept = { kind: 'local', local };
    frame.bindings.set(variable, { kind: 'kept', type: variable.type, pieces: [kept] });
    this.#emit({ step: 'set', local, value: start });
    const trips = this.#tripCount(variable, type, start, condition, next, frame);
    if (!trips) throw new KernelError(at, noBound);
    local.range = trips.always;
    const label: Label = { id: this.#labels++ };
    const head = this.#inside(() => {
      const test = this.#scalar(condition, frame);
      this.#emit({ step: 'if', condition: unary('not', test), yes: [{ step: 'leave', label }], no: [] });
    });
    kept.counter = trips.inside;
    const steps = this.#inside(() => this.#statements(body, frame, { leave: label, next: label }, false));
    kept.counter = undefined;
    const nextSteps = this.#inside(() => this.#statement(next, frame, {}, false));
    // With no round at all the test still runs once, for the sake of its calls.
    if (trips.most === 0 && !condition.calls) return;
    this.#emit({ step: 'loop', label, most: trips.most, head, body: steps, next: nextSteps });
  }

  #tripCount(
    variable: Variable,
    type: 'u32' | 'i32',
    first: Operation,
    condition: Typed,
    next: TypedStatement,
    frame: Frame,
  ): TripCount | undefined {
    if (next.kind !== 'assign' || !isVariable(next.target, variable)) return undefined;
    let { operator, value } = next;
    if (
      !operator &&
      value.kind === 'binary' &&
      isLoadOf(value.left, variable) &&
      isArithmetic(value.operator)
    ) {
      operator = value.operator;
      value = value.right;
    } else if (
      !operator &&
      value.kind === 'binary' &&
      value.operator === '+' &&
      isLoadOf(value.right, variable)
    ) {
      operator = '+';
      value = value.left;
    }
    if (!operator || value.calls) return undefined;
    const step = this.#scratch(() => this.#scalar(value, frame));
    if (step.op !== 'constant') return undefined;
    let best: TripCount | undefined;
    for (const part of conjuncts(condition)) {
      if (part.kind !== 'binary' || part.calls) continue;
      const turned = isLoadOf(part.right, variable);
      if (!turned && !isLoadOf(part.left, variable)) continue;
      const comparison = part.operator;
      if (!isComparison(comparison)) continue;
      const limit = turned ? part.left : part.right;
      const bound = rangeOf(this.#scratch(() => this.#scalar(limit, frame)));
      const trips = tripCount({
        type,
        first,
        operator,
        step: step.value,
        comparison: turned ? mirrored(comparison) : comparison,
        bound,
      });
      if (trips && (!best || trips.most < best.most)) best = trips;
    }
    return best;
  }

  // Lowers an expression only to learn about it.
  #scratch(run: () => Operation): Operation {
    let operation: Operation | undefined;
    this.#inside(() => {
      operation = run();
    });
    if (!operation) throw new Error('Nothing was lowered.');
    return operation;
  }

  #assign(statement: TypedStatement & { kind: 'assign' }, frame: Frame): void {
    const { target, operator, value } = statement;
    const place = this.#place(target, frame, value.calls);
    if (!operator) {
      this.#write(place, this.#value(value, frame));
      return;
    }
    let before = this.#load(place);
    if (value.calls) before = before.map((part) => this.#fix(part));
    const after = this.#value(value, frame);
    const floats = elementOf(target.type)?.name === 'f32';
    const results = before.map((part, index) =>
      this.#guarded(floats, [scalarOf(part), scalarOf(after[index])], (left, right) =>
        binary(operator, left, right),
      ),
    );
    this.#write(place, parts(results));
  }

  #writeOutput(statement: TypedStatement & { kind: 'output' }, frame: Frame): void {
    const affine = affineIndex(convert('u32', this.#scalar(statement.index, frame)));
    if (!affine) {
      throw new KernelError(
        statement.at,
        'The output must be written at "K * id + c", K and c constant, 0 <= c < K.',
      );
    }
    const { factor, rest } = affine;
    if (factor > mostWordsPerElement) {
      throw new KernelError(
        statement.at,
        `An element may write at most ${mostWordsPerElement} words, not ${factor}.`,
      );
    }
    if (this.#output.count === 0) this.#output.count = factor;
    if (this.#output.count !== factor) {
      throw new KernelError(
        statement.at,
        `Here an element has ${factor} words, elsewhere ${this.#output.count}.`,
      );
    }
    if (rangeOf(rest).most >= factor) {
      throw new KernelError(
        statement.at,
        `The output must be written at "${factor} * id + c" with 0 <= c < ${factor}.`,
      );
    }
    const index = this.#bindIf(statement.value.calls, rest);
    const value = convert('u32', this.#scalar(statement.value, frame));
    this.#emit({ step: 'store', region: this.#output, index, value });
  }

  // Places, ----------------------------------------------------------------------------------------------------------

  #newLocal(type: ScalarName, fixed: boolean, definition?: Operation): Local {
    if (type === 'f32') this.#floats = true;
    const local: Local = { id: this.#locals.length, type, fixed, definition };
    if (definition) local.range = rangeOf(definition);
    this.#locals.push(local);
    return local;
  }

  #newRegion(type: ScalarName, count: number): Region {
    if (type === 'f32') this.#floats = true;
    this.#arrayWords += count;
    if (this.#arrayWords > mostArrayWords) {
      throw new KernelError(this.#at, `All arrays together may hold at most ${mostArrayWords} words.`);
    }
    const region: Region = { id: this.#regions.length, type, count };
    this.#regions.push(region);
    return region;
  }

  #newPlace(type: Type): Place {
    const pieces = piecesOf(type).map(({ type, count, array }): Kept => {
      if (!array) return { kind: 'local', local: this.#newLocal(type, false) };
      return { kind: 'region', region: this.#newRegion(type, count), start: word(0), count, array };
    });
    return { kind: 'kept', type, pieces };
  }

  #initialise(place: Place, value: Part[] | undefined): void {
    if (value) {
      this.#write(place, value);
      return;
    }
    if (place.kind !== 'kept') throw new Error('Only variables are initialised.');
    for (const piece of place.pieces) {
      if (piece.kind === 'local')
        this.#emit({ step: 'set', local: piece.local, value: zero(piece.local.type) });
      else if (piece.kind === 'region') {
        this.#emit({ step: 'zero', region: piece.region, start: piece.start, count: piece.count });
      }
    }
  }

  /** `fix`: calls follow before the place is used, so its indices must be kept. */
  #place(reference: Reference, frame: Frame, fix: boolean): Place {
    switch (reference.kind) {
      case 'variable': {
        const { variable } = reference;
        const bound =
          variable.kind === 'private' ? this.#privates.get(variable) : frame.bindings.get(variable);
        if (!bound) throw new Error(`"${variable.name}" is not bound.`);
        if (Array.isArray(bound)) return { kind: 'kept', type: variable.type, pieces: bound.map(fixedPiece) };
        return bound;
      }
      case 'target': {
        const bound = frame.bindings.get(reference.pointer);
        if (!bound || Array.isArray(bound)) throw new Error(`"${reference.pointer.name}" points nowhere.`);
        return bound;
      }
      case 'buffer': {
        const buffer = this.#module.inputs.indexOf(reference.buffer);
        const { strideWords } = reference.buffer;
        return { kind: 'buffer', type: reference.type, buffer, strideWords, start: undefined };
      }
      case 'member':
        return this.#memberPlace(this.#place(reference.base, frame, fix), reference.member);
      case 'component':
        return this.#componentPlace(this.#place(reference.base, frame, fix), reference.component);
      case 'element': {
        const base = this.#place(reference.base, frame, fix || reference.index.calls);
        let index = this.#scalar(reference.index, frame);
        if (fix && index.varies) index = this.#bind(index);
        return this.#elementPlace(base, index, fix);
      }
    }
  }

  #memberPlace(base: Place, member: number): Place {
    const type = base.type;
    const memberType = type.kind === 'struct' ? type.members[member]?.type : undefined;
    if (type.kind !== 'struct' || !memberType || base.kind === 'choice')
      throw new Error(`${type.name} has no member.`);
    if (base.kind === 'buffer') {
      return {
        ...base,
        type: memberType,
        start: binary('+', startOf(base), word(memberOffset(type, member) / 4)),
      };
    }
    const start = type.members
      .slice(0, member)
      .reduce((sum, before) => sum + piecesOf(before.type).length, 0);
    return {
      kind: 'kept',
      type: memberType,
      pieces: base.pieces.slice(start, start + piecesOf(memberType).length),
    };
  }

  #componentPlace(base: Place, component: number): Place {
    const type = elementOf(base.type);
    if (!type || base.kind === 'choice') throw new Error(`${base.type.name} has no components.`);
    if (base.kind === 'buffer') return { ...base, type, start: binary('+', startOf(base), word(component)) };
    return { kind: 'kept', type, pieces: base.pieces.slice(component, component + 1) };
  }

  #elementPlace(base: Place, index: Operation, fix: boolean): Place {
    const keep = (operation: Operation) => (fix || operation.depth > 8 ? this.#bind(operation) : operation);
    if (base.kind === 'choice') throw new Error('A scalar has no elements.');
    if (base.type.kind === 'vector') {
      const position = clampIndex(index, base.type.size);
      if (base.kind === 'buffer')
        return { ...base, type: base.type.element, start: keep(binary('+', startOf(base), position)) };
      if (position.op === 'constant') return this.#componentPlace(base, position.value);
      return { kind: 'choice', type: base.type.element, pieces: base.pieces, index: this.#bind(position) };
    }
    if (base.kind === 'buffer') return this.#bufferElement(base, index, keep);
    if (base.type.kind !== 'array') throw new Error(`${base.type.name} has no elements.`);
    const { count, element: type } = base.type;
    const position = base.pieces.length > 1 ? this.#bind(clampIndex(index, count)) : clampIndex(index, count);
    const inner = piecesOf(type);
    const pieces = base.pieces.map((piece, at): Kept => {
      const size = inner[at];
      if (!size || piece.kind === 'local' || piece.kind === 'value')
        throw new Error('An array is kept in a row.');
      const start = keep(binary('+', piece.start, binary('*', position, word(size.count))));
      return { ...piece, start, count: size.count, array: size.array };
    });
    return { kind: 'kept', type, pieces };
  }

  #bufferElement(
    base: Place & { kind: 'buffer' },
    index: Operation,
    keep: (operation: Operation) => Operation,
  ): Place {
    if (base.type.kind === 'array') {
      const stride = (strideOf(base.type.element)?.size ?? 0) / 4;
      const position = clampIndex(index, base.type.count);
      return {
        ...base,
        type: base.type.element,
        start: keep(binary('+', startOf(base), binary('*', position, word(stride)))),
      };
    }
    if (base.type.kind !== 'buffer') throw new Error(`${base.type.name} has no elements.`);
    const { strideWords, buffer } = base;
    const type = base.type.element;
    const position = convert('u32', index);
    // Single words are clamped where they are read; larger elements as a whole.
    if (strideWords === 1) return { ...base, type, start: keep(position) };
    const last = binary('-', this.#elements(buffer, strideWords), word(1));
    return { ...base, type, start: keep(binary('*', binary('min', position, last), word(strideWords))) };
  }

  #elements(buffer: number, strideWords: number): Operation {
    return binary('/', length(buffer), word(strideWords));
  }

  #pointer(typed: Typed & { kind: 'pointer' }, frame: Frame): Place {
    const place = this.#place(typed.reference, frame, true);
    return place;
  }

  #load(place: Place): Part[] {
    if (place.kind === 'buffer') return this.#loadBuffer(place);
    if (place.kind === 'choice') return parts([this.#choose(place.pieces.map(readKept), place.index)]);
    return place.pieces.map((piece): Part => {
      if (piece.kind === 'local' || piece.kind === 'value' || !piece.array)
        return { kind: 'scalar', value: readKept(piece) };
      if (piece.kind === 'table')
        return { kind: 'constants', table: piece.table, start: piece.start, count: piece.count };
      // The value of a whole array is a copy, as the variable may change while the value is in use.
      const region = this.#newRegion(piece.region.type, piece.count);
      const { region: from, start: fromStart, count } = piece;
      this.#emit({ step: 'copy', to: region, toStart: word(0), from, fromStart, count });
      return { kind: 'row', region, start: word(0), count };
    });
  }

  #choose(values: Operation[], index: Operation): Operation {
    const last = values.length - 1;
    return values.reduceRight((rest, value, at) =>
      at === last ? value : select(binary('==', index, word(at)), value, rest),
    );
  }

  #loadBuffer(place: Place & { kind: 'buffer' }): Part[] {
    const pieces = piecesOf(place.type);
    const single = pieces.length === 1 && pieces[0]?.count === 1;
    const start = single ? startOf(place) : this.#bind(startOf(place));
    return wordOffsets(place.type).map((offsets, index): Part => {
      const type = pieces[index]?.type;
      if (type === undefined || type === 'bool') throw new Error('A buffer holds no bool.');
      const read = (offset: number) => bufferWord(type, place.buffer, binary('+', start, word(offset)));
      if (!pieces[index]?.array) return { kind: 'scalar', value: read(offsets[0] ?? 0) };
      const region = this.#newRegion(type, offsets.length);
      for (const [at, offset] of offsets.entries()) {
        this.#emit({ step: 'store', region, index: word(at), value: read(offset) });
      }
      return { kind: 'row', region, start: word(0), count: offsets.length };
    });
  }

  #write(place: Place, value: Part[]): void {
    if (place.kind === 'buffer') throw new Error('A buffer is never written.');
    if (place.kind === 'choice') {
      const chosen = this.#bind(scalarOf(value[0]));
      for (const [at, piece] of place.pieces.entries()) {
        const condition = binary('==', place.index, word(at));
        this.#emit({
          step: 'if',
          condition,
          yes: this.#inside(() => this.#writePiece(piece, chosen)),
          no: [],
        });
      }
      return;
    }
    // Every part is evaluated before the first is written: v = v.yx.
    const scalars = value.filter((part) => part.kind === 'scalar');
    const settled =
      scalars.length > 1
        ? value.map(
            (part): Part =>
              part.kind === 'scalar' && part.value.varies
                ? { kind: 'scalar', value: this.#bind(part.value) }
                : part,
          )
        : value;
    for (const [index, piece] of place.pieces.entries()) {
      const part = settled[index];
      if (!part) throw new Error('A value lacks a part.');
      if (part.kind === 'scalar') this.#writePiece(piece, part.value);
      else if (piece.kind !== 'region') throw new Error('A row is kept in a region.');
      else this.#writeRow(piece.region, piece.start, part);
    }
  }

  #writePiece(piece: Kept, value: Operation): void {
    if (piece.kind === 'local') this.#emit({ step: 'set', local: piece.local, value });
    else if (piece.kind === 'region')
      this.#emit({ step: 'store', region: piece.region, index: piece.start, value });
    else throw new Error('A let cannot be written.');
  }

  #writeRow(to: Region, toStart: Operation, part: Exclude<Part, { kind: 'scalar' }>): void {
    const { count } = part;
    if (part.kind === 'row') {
      this.#emit({ step: 'copy', to, toStart, from: part.region, fromStart: part.start, count });
      return;
    }
    const start = part.start;
    if (
      start.op === 'constant' &&
      part.table.values.slice(start.value, start.value + count).every((value) => value === 0)
    ) {
      this.#emit({ step: 'zero', region: to, start: toStart, count });
      return;
    }
    const [base, from] = [this.#bind(toStart), this.#bind(start)];
    for (let at = 0; at < count; at++) {
      const value = tableEntry(part.table, binary('+', from, word(at)));
      this.#emit({ step: 'store', region: to, index: binary('+', base, word(at)), value });
    }
  }

  // Expressions, -----------------------------------------------------------------------------------------------------

  #scalar(typed: Typed, frame: Frame): Operation {
    const [part, more] = this.#value(typed, frame);
    if (more) throw new Error(`${typed.type.name} is no scalar.`);
    return scalarOf(part);
  }

  /** Values from left to right; one that later calls could change is kept. */
  #list(list: Typed[], frame: Frame): Part[][] {
    return list.map((typed, index) => {
      const value = this.#value(typed, frame);
      const callsFollow = list.slice(index + 1).some((later) => later.calls);
      return callsFollow ? value.map((part) => this.#fix(part)) : value;
    });
  }

  #value(typed: Typed, frame: Frame): Part[] {
    const value = this.#compute(typed, frame);
    return value.map((part) =>
      part.kind === 'scalar' ? { kind: 'scalar', value: this.#shallow(part.value) } : part,
    );
  }

  #compute(typed: Typed, frame: Frame): Part[] {
    if (elementOf(typed.type)?.name === 'f32') this.#floats = true;
    switch (typed.kind) {
      case 'constant':
        return this.#constant(typed.value);
      case 'load': {
        const { reference } = typed;
        if (reference.kind === 'variable') {
          const bound = frame.bindings.get(reference.variable);
          if (bound && Array.isArray(bound)) return bound;
        }
        return this.#loadReference(reference, frame);
      }
      case 'id':
        return parts([elementId]);
      case 'ids':
        throw new KernelError(typed.at, 'Only x of global_invocation_id numbers an element.');
      case 'pointer':
        throw new KernelError(typed.at, 'A pointer can only be passed, named or followed.');
      case 'length':
        return parts([this.#elements(this.#module.inputs.indexOf(typed.buffer), typed.buffer.strideWords)]);
      case 'unary': {
        const name = typed.operator === '-' ? 'negate' : 'not';
        return parts(this.#value(typed.operand, frame).map((part) => unary(name, scalarOf(part))));
      }
      case 'binary': {
        const [left = [], right = []] = this.#list([typed.left, typed.right], frame);
        const floats = elementOf(typed.left.type)?.name === 'f32';
        const { operator } = typed;
        return parts(
          left.map((part, index) =>
            this.#guarded(floats, [scalarOf(part), scalarOf(right[index])], (a, b) => binary(operator, a, b)),
          ),
        );
      }
      case 'logic':
        return parts([this.#logic(typed, frame)]);
      case 'swizzle': {
        const base = this.#value(typed.base, frame);
        const components = typed.components.map((component) => base[component]);
        const repeated = new Set(typed.components).size < components.length;
        return components.map((part) =>
          repeated ? this.#fixScalar(part) : { kind: 'scalar', value: scalarOf(part) },
        );
      }
      case 'member': {
        const { base, member } = typed;
        if (base.type.kind !== 'struct') throw new Error(`${base.type.name} has no members.`);
        const start = base.type.members
          .slice(0, member)
          .reduce((sum, before) => sum + piecesOf(before.type).length, 0);
        return this.#value(base, frame).slice(start, start + piecesOf(typed.type).length);
      }
      case 'element':
        return this.#elementValue(typed, frame);
      case 'construct':
        return this.#construct(typed, frame);
      case 'splat': {
        const part = this.#fixScalar(this.#value(typed.part, frame)[0]);
        return piecesOf(typed.type).map(() => part);
      }
      case 'convert': {
        const type = elementOf(typed.type)?.name as ScalarName;
        return parts(
          this.#value(typed.operand, frame).map((part) =>
            this.#guarded(type === 'f32', [scalarOf(part)], (a) => convert(type, a)),
          ),
        );
      }
      case 'bitcast': {
        const type = elementOf(typed.type)?.name as 'u32' | 'i32' | 'f32';
        return parts(
          this.#value(typed.operand, frame).map((part) =>
            bitcast(type, this.#variable(scalarOf(part), type === 'f32')),
          ),
        );
      }
      case 'builtin':
        return this.#builtin(typed, frame);
      case 'call':
        return this.#call(typed, frame, true);
    }
  }

  #loadReference(reference: Reference, frame: Frame): Part[] {
    return this.#load(this.#place(reference, frame, false));
  }

  #constant({ type, scalars }: Constant): Part[] {
    const pieces = piecesOf(type);
    const offsets = pieceOffsets(type);
    return pieces.map((piece, index): Part => {
      const values = (offsets[index] ?? []).map((offset) => Number(scalars[offset]));
      if (!piece.array) return { kind: 'scalar', value: constant(piece.type, values[0] ?? 0) };
      return {
        kind: 'constants',
        table: this.#table(piece.type, values),
        start: word(0),
        count: values.length,
      };
    });
  }

  #table(type: ScalarName, values: number[]): Table {
    if (type === 'f32') this.#floats = true;
    const key = `${type}:${values.join()}`;
    const known = this.#tables.get(key);
    if (known) return known;
    const table: Table = { id: this.#tables.size, type, values };
    this.#tables.set(key, table);
    return table;
  }

  #elementValue(typed: Typed & { kind: 'element' }, frame: Frame): Part[] {
    const [base = [], [indexPart] = []] = this.#list([typed.base, typed.index], frame);
    const { type } = typed.base;
    if (type.kind === 'vector') {
      const index = this.#bind(clampIndex(scalarOf(indexPart), type.size));
      return parts([
        this.#choose(
          base.map((part) => scalarOf(part)),
          index,
        ),
      ]);
    }
    if (type.kind !== 'array') throw new Error(`${type.name} has no elements.`);
    const position = this.#bind(clampIndex(scalarOf(indexPart), type.count));
    const inner = piecesOf(type.element);
    return base.map((part, at): Part => {
      const piece = inner[at];
      if (!piece || part.kind === 'scalar') throw new Error('An array is a row.');
      const start = binary('+', part.start, binary('*', position, word(piece.count)));
      if (piece.array) return { ...part, start, count: piece.count };
      return {
        kind: 'scalar',
        value: part.kind === 'row' ? element(part.region, start) : tableEntry(part.table, start),
      };
    });
  }

  #construct(typed: Typed & { kind: 'construct' }, frame: Frame): Part[] {
    const values = this.#list(typed.parts, frame);
    if (typed.type.kind !== 'array') return values.flat();
    const inner = piecesOf(typed.type.element);
    return inner.map((piece, index): Part => {
      const count = piece.count * values.length;
      const region = this.#newRegion(piece.type, count);
      for (const [at, value] of values.entries()) {
        const part = value[index];
        const start = word(at * piece.count);
        if (part?.kind === 'scalar') this.#emit({ step: 'store', region, index: start, value: part.value });
        else if (part) this.#writeRow(region, start, part);
      }
      return { kind: 'row', region, start: word(0), count };
    });
  }

  #logic({ operator, left, right }: Typed & { kind: 'logic' }, frame: Frame): Operation {
    const first = this.#scalar(left, frame);
    let value = first;
    const second = this.#inside(() => {
      value = this.#scalar(right, frame);
    });
    // Without calls, what was emitted only names operations; it may run whether it is needed or not.
    if (!right.calls && !second.some(readsWords)) {
      this.#steps.push(...second);
      return binary(operator, first, value);
    }
    const result = this.#newLocal('bool', false);
    this.#emit({ step: 'set', local: result, value: first });
    const test = operator === '&&' ? read(result) : unary('not', read(result));
    this.#emit({
      step: 'if',
      condition: test,
      yes: [...second, { step: 'set', local: result, value }],
      no: [],
    });
    return read(result);
  }

  #builtin(typed: Typed & { kind: 'builtin' }, frame: Frame): Part[] {
    const width = Math.max(...typed.operands.map((operand) => piecesOf(operand.type).length));
    const floats = elementOf(typed.type)?.name === 'f32';
    const values = this.#list(typed.operands, frame).map((value) => {
      const scalars = value.map((part) =>
        this.#variable(this.#bindIf(usedTwice.has(typed.name), scalarOf(part)), floats),
      );
      const [only] = scalars;
      // A scalar condition of a select, and the amounts of a bit field, hold for each component.
      return scalars.length === 1 && only && width > 1 && /^(select|extractBits|insertBits)$/.test(typed.name)
        ? Array.from({ length: width }, () => this.#bind(only))
        : scalars;
    });
    return parts(applyBuiltin(typed.name, values));
  }

  #call({ function: callee, operands, at }: Typed & { kind: 'call' }, frame: Frame, used: boolean): Part[] {
    const inner = this.#frame();
    for (const [index, operand] of operands.entries()) {
      const parameter = callee.parameters[index];
      if (!parameter) throw new KernelError(at, 'A parameter is missing.');
      if (operand.kind === 'pointer') inner.bindings.set(parameter, this.#pointer(operand, frame));
      else
        inner.bindings.set(
          parameter,
          this.#value(operand, frame).map((part) => this.#fix(part)),
        );
    }
    const tailNesting = this.#tailNesting;
    this.#tailNesting = 0;
    const [last] = callee.body.slice(-1);
    // One return, at the end: its value needs no variable.
    if (last?.kind === 'return' && last.value && !mayReturn(callee.body.slice(0, -1))) {
      this.#statements(callee.body.slice(0, -1), inner, {}, false);
      const value = this.#value(last.value, inner);
      this.#tailNesting = tailNesting;
      return value;
    }
    if (callee.result) inner.result = this.#newPlace(callee.result);
    this.#body(callee, inner);
    this.#tailNesting = tailNesting;
    return inner.result && used ? this.#load(inner.result) : [];
  }

  #emit(step: Step): void {
    if (++this.#expanded > mostExpanded)
      throw new KernelError(this.#at, 'With every call expanded, the kernel is too large.');
    this.#steps.push(step);
  }

  /** Names an operation, unless it is a name already. */
  #bind(operation: Operation): Operation {
    if (isAtom(operation)) return operation;
    const local = this.#newLocal(operation.type, true, operation);
    this.#emit({ step: 'set', local, value: operation });
    return read(local);
  }

  #bindIf(condition: boolean, operation: Operation): Operation {
    return condition ? this.#bind(operation) : operation;
  }

  #shallow(operation: Operation): Operation {
    return operation.depth > mostDepth ? this.#bind(operation) : operation;
  }

  #fix(part: Part): Part {
    return part.kind === 'scalar' ? { kind: 'scalar', value: this.#bind(part.value) } : part;
  }

  #fixScalar(part: Part | undefined): Part {
    return { kind: 'scalar', value: this.#bind(scalarOf(part)) };
  }

  // Tint evaluates constant floats itself and refuses what is not finite, so a float operation gets no constants alone.
  #variable(operation: Operation, floats: boolean): Operation {
    if (!floats || operation.op !== 'constant') return operation;
    const local = this.#newLocal(operation.type, false);
    this.#emit({ step: 'set', local, value: operation });
    return read(local);
  }

  #guarded<Operands extends Operation[]>(
    floats: boolean,
    operands: [...Operands],
    make: (...operands: Operands) => Operation,
  ): Operation {
    if (!floats || operands.some((operand) => operand.op !== 'constant')) return make(...operands);
    const [first, ...rest] = operands;
    if (!first) throw new Error('An operation lacks operands.');
    return make(...([this.#variable(first, true), ...rest] as Operands));
  }
}

const noBound =
  'This loop has no bound that can be seen: count a variable of the "for" up or down by a constant step to a constant end, and leave earlier with "break".';

const usedTwice = new Set([
  'sign',
  'extractBits',
  'insertBits',
  'length',
  'distance',
  'normalize',
  'unpack4xU8',
  'unpack4xI8',
  'firstLeadingBit',
]);

function scalarOf(part: Part | undefined): Operation {
  if (part?.kind !== 'scalar') throw new Error('A scalar is needed.');
  return part.value;
}

function readKept(piece: Kept): Operation {
  switch (piece.kind) {
    case 'local':
      return piece.counter ? readCounter(piece.local, piece.counter) : read(piece.local);
    case 'region':
      return element(piece.region, piece.start);
    case 'value':
      return piece.value;
    case 'table':
      return tableEntry(piece.table, piece.start);
  }
}

// The parts of a `let`, seen as a place that is only read.
function fixedPiece(part: Part): Kept {
  const { kind } = part;
  if (kind === 'scalar') return { kind: 'value', value: part.value };
  if (kind === 'row')
    return { kind: 'region', region: part.region, start: part.start, count: part.count, array: true };
  return { kind: 'table', table: part.table, start: part.start, count: part.count, array: true };
}

function startOf(place: Place & { kind: 'buffer' }): Operation {
  if (!place.start) throw new Error('A whole buffer has no start.');
  return place.start;
}

/** For each piece of a value in a buffer, the words of its scalars from the value's start. */
function wordOffsets(type: Type): number[][] {
  switch (type.kind) {
    case 'scalar':
      return [[0]];
    case 'vector':
      return Array.from({ length: type.size }, (_, index) => [index]);
    case 'struct':
      return type.members.flatMap((member, index) =>
        wordOffsets(member.type).map((offsets) =>
          offsets.map((offset) => offset + memberOffset(type, index) / 4),
        ),
      );
    case 'array': {
      const stride = (strideOf(type.element)?.size ?? 0) / 4;
      return wordOffsets(type.element).map((offsets) =>
        Array.from({ length: type.count }, (_, index) =>
          offsets.map((offset) => offset + index * stride),
        ).flat(),
      );
    }
    case 'buffer':
    case 'pointer':
      throw new Error(`${type.name} is no value.`);
  }
}

function readsWords(step: Step): boolean {
  switch (step.step) {
    case 'set':
      return step.value.reads;
    case 'store':
      return step.value.reads || step.index.reads;
    default:
      return (
        step.step === 'if' ||
        step.step === 'loop' ||
        step.step === 'block' ||
        step.step === 'copy' ||
        step.step === 'zero'
      );
  }
}

function conjuncts(condition: Typed): Typed[] {
  return condition.kind === 'logic' && condition.operator === '&&'
    ? [...conjuncts(condition.left), ...conjuncts(condition.right)]
    : [condition];
}

function isArithmetic(operator: ArithmeticOperator | Comparison): operator is ArithmeticOperator {
  return !isComparison(operator);
}

function isComparison(operator: ArithmeticOperator | Comparison): operator is Comparison {
  return ['==', '!=', '<', '<=', '>', '>='].includes(operator);
}

function isVariable(reference: Reference, variable: Variable): boolean {
  return reference.kind === 'variable' && reference.variable === variable;
}

function isLoadOf(typed: Typed, variable: Variable): boolean {
  return typed.kind === 'load' && isVariable(typed.reference, variable);
}

function mayReturn(statements: TypedStatement[]): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case 'return':
        return true;
      case 'if':
        return mayReturn(statement.yes) || mayReturn(statement.no);
      case 'switch':
        return statement.clauses.some((clause) => mayReturn(clause.body));
      case 'for':
      case 'block':
        return mayReturn(statement.body);
      default:
        return false;
    }
  });
}

/** Whether nothing after the statements can run because they end in a return. */
function ends(statements: TypedStatement[]): boolean {
  return statements.some((statement) => {
    if (statement.kind === 'return') return true;
    if (statement.kind === 'block') return ends(statement.body);
    return statement.kind === 'if' && ends(statement.yes) && ends(statement.no);
  });
}

function mayBreak(statements: TypedStatement[]): boolean {
  return statements.some((statement) => {
    if (statement.kind === 'break') return true;
    if (statement.kind === 'block') return mayBreak(statement.body);
    if (statement.kind === 'switch') return false;
    return statement.kind === 'if' && (mayBreak(statement.yes) || mayBreak(statement.no));
  });
}

function withoutLastBreak(body: TypedStatement[]): TypedStatement[] {
  return body.at(-1)?.kind === 'break' ? body.slice(0, -1) : body;
}
