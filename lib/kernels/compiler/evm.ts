import { headerOffset } from './element-abi.ts';
import { CodeWriter, type Cost, type Position } from './evm-code.ts';
import { OperationWriter } from './evm-operations.ts';
import { mostGas } from './gas.ts';
import type { Label, Program, Step, Table } from './ir.ts';
import { layOut, type MemoryLayout } from './memory-layout.ts';

/** EVM code that computes one element, and the most gas that it can use. */
export interface ElementCode {
  code: Uint8Array;
  /** The most gas that a call uses, its own cost apart, when buffer b comes in `windows[b]` windows. */
  gasBound(windows: readonly number[]): number;
  /** The most words that one element reads of each buffer, counting a word as often as it is read. */
  mostReads: number[];
}

/** Writes the EVM code of a program without f32. */
export function writeElementCode(program: Program): ElementCode {
  return new ElementWriter(program).run();
}

class ElementWriter {
  readonly #program: Program;
  readonly #layout: MemoryLayout;
  readonly #code = new CodeWriter();
  readonly #operations: OperationWriter;
  readonly #readers = new Map<number, Position>();
  readonly #jumps = new Map<Label, { leave: Position; next: Position; nextUsed: boolean }>();
  readonly #tableBytes = new Map<Table, number>();

  constructor(program: Program) {
    this.#program = program;
    this.#layout = layOut(program);
    let byte = 32 * this.#layout.tables;
    for (const table of program.tables) {
      this.#tableBytes.set(table, byte);
      byte += 4 * table.values.length;
    }
    this.#operations = new OperationWriter(this.#code, {
      slotOf: (variable) => this.#layout.slots.get(variable) ?? missing(),
      tableByte: (table) => this.#tableBytes.get(table) ?? missing(),
      reader: (buffer) => this.#reader(buffer),
    });
  }

  run(): ElementCode {
    const code = this.#code;
    const { output, tables } = this.#program;
    const data: Position = {};
    const bytes = tables.flatMap((table) =>
      table.values.flatMap((value) => [24, 16, 8, 0].map((shift) => (value >> shift) & 255)),
    );
    const memoryWords = this.#layout.tables + (bytes.length > 0 ? Math.ceil(bytes.length / 32) + 1 : 0);
    const body = code.apart(() => {
      if (bytes.length > 0) {
        code.write(bytes.length);
        code.pushPosition(data);
        code.write(32 * this.#layout.tables, 'CODECOPY');
        code.gas(3 * Math.ceil(bytes.length / 32));
      }
      this.#steps(this.#program.steps);
      code.write(32 * output.count, 0, 'RETURN');
      code.gas(3 * memoryWords + Math.floor(memoryWords ** 2 / 512));
    });
    const readGas = [...this.#readers].map(
      ([buffer, position]) => [buffer, this.#writeReader(buffer, position)] as const,
    );
    if (bytes.length > 0) code.data(data, bytes);
    const readGasOf = new Map(readGas);
    const buffers = this.#program.buffers.map((_, buffer) => buffer);
    return {
      code: code.finish(),
      gasBound: (windows) =>
        mostGas(
          body,
          buffers.map((buffer) => readGasOf.get(buffer)?.(windows[buffer] ?? 0) ?? 0),
        ),
      mostReads: buffers.map((buffer) =>
        mostGas(
          readsOnly(body),
          buffers.map((other) => (other === buffer ? 1 : 0)),
        ),
      ),
    };
  }

  #reader(buffer: number): Position {
    const known = this.#readers.get(buffer);
    if (known) return known;
    const position: Position = {};
    this.#readers.set(buffer, position);
    return position;
  }

  // A subroutine: takes an index above a return position, leaves the word. Windows ascend and do not overlap. The first is
  // tried at once; the others are searched by halves, always in the same number of steps. A word outside them all reverts.
  #writeReader(buffer: number, position: Position): (windows: number) => number {
    const code = this.#code;
    const at = (field: Parameters<typeof headerOffset>[1]) => headerOffset(buffer, field);
    const [inRange, hit, loop, done, found, fail]: Position[] = [{}, {}, {}, {}, {}, {}];
    const gasOf = (write: () => void): number => mostGas(code.apart(write), []);
    if (!inRange || !hit || !loop || !done || !found || !fail) throw new Error('Positions are missing.');
    const entry = gasOf(() => {
      code.land(position);
      code.write('DUP1', at('words'), 'CALLDATALOAD', 'GT');
      code.jumpIf(inRange);
    });
    // Past the end means the last word.
    const clamp = gasOf(() => code.write('POP', 1, at('words'), 'CALLDATALOAD', 'SUB'));
    const first = gasOf(() => {
      code.land(inRange);
      code.write(at('start'), 'CALLDATALOAD', 'DUP2', 'SUB');
      code.write('DUP1', at('length'), 'CALLDATALOAD', 'GT');
      code.jumpIf(hit);
    });
    const miss = gasOf(() => {
      code.write('POP', at('table'), 'CALLDATALOAD', at('further'), 'CALLDATALOAD', 'DUP1', 'ISZERO');
      code.jumpIf(fail);
    });
    const test = gasOf(() => {
      code.land(loop);
      code.write(2, 'DUP2', 'LT');
      code.jumpIf(done);
    });
    const step = gasOf(() => {
      code.write('DUP1', 1, 'SHR', 'DUP1', 96, 'MUL', 'DUP4', 'ADD');
      code.write('DUP5', 'DUP2', 'CALLDATALOAD', 'GT');
      code.write('DUP5', 'DUP3', 'XOR', 'MUL', 'XOR', 'SWAP3', 'POP', 'SWAP1', 'SUB');
      code.jump(loop);
    });
    const last = gasOf(() => {
      code.land(done);
      code.write('POP', 'DUP1', 'CALLDATALOAD', 'DUP3', 'SUB');
      code.write('DUP1', 'DUP3', 32, 'ADD', 'CALLDATALOAD', 'GT');
      code.jumpIf(found);
    });
    gasOf(() => {
      code.land(fail);
      code.write(0, 0, 'REVERT');
    });
    const take = gasOf(() => {
      code.land(found);
      code.write(2, 'SHL', 'SWAP1', 64, 'ADD', 'CALLDATALOAD', 'ADD', 'CALLDATALOAD', 224, 'SHR');
      code.write('SWAP1', 'POP', 'SWAP1', 'JUMP');
    });
    const takeFirst = gasOf(() => {
      code.land(hit);
      code.write(2, 'SHL', at('pointer'), 'CALLDATALOAD', 'ADD', 'CALLDATALOAD', 224, 'SHR');
      code.write('SWAP1', 'POP', 'SWAP1', 'JUMP');
    });
    return (windows) => {
      const start = entry + clamp + first;
      if (windows <= 1) return start + takeFirst;
      const steps = Math.ceil(Math.log2(windows - 1));
      return start + Math.max(takeFirst, miss + steps * (test + step) + test + last + take);
    };
  }

  #steps(steps: readonly Step[]): void {
    for (const step of steps) this.#step(step);
  }

  #step(step: Step): void {
    const code = this.#code;
    switch (step.step) {
      case 'set':
        this.#operations.value(step.value);
        code.write(32 * (this.#layout.slots.get(step.local) ?? missing()), 'MSTORE');
        return;
      case 'store':
        this.#operations.value(step.value);
        this.#operations.address(step.region, step.index);
        code.write('MSTORE');
        return;
      case 'zero':
        if (step.count === 1) {
          code.write(0);
          this.#operations.address(step.region, step.start);
          code.write('MSTORE');
          return;
        }
        // Past its end calldata reads as zero.
        code.write(32 * step.count, 'CALLDATASIZE');
        this.#operations.address(step.region, step.start);
        code.write('CALLDATACOPY');
        code.gas(3 * step.count);
        return;
      case 'copy':
        code.write(32 * step.count);
        this.#operations.address(step.from, step.fromStart);
        this.#operations.address(step.to, step.toStart);
        code.write('MCOPY');
        code.gas(3 * step.count);
        return;
      case 'if':
        this.#if(step);
        return;
      case 'loop':
        this.#loop(step);
        return;
      case 'block': {
        const leave: Position = {};
        this.#jumps.set(step.label, { leave, next: {}, nextUsed: false });
        const body = code.apart(() => this.#steps(step.body));
        code.cost({ cost: 'block', label: step.label, body });
        code.land(leave);
        return;
      }
      case 'leave':
      case 'next': {
        const aim = this.#jumps.get(step.label);
        if (!aim) throw new Error('A jump has no aim.');
        if (step.step === 'next') aim.nextUsed = true;
        code.jump(aim[step.step]);
        code.cost({ cost: 'jump', label: step.label, to: step.step });
        return;
      }
    }
  }

  #if(step: Step & { step: 'if' }): void {
    const code = this.#code;
    const [only, ...more] = step.yes;
    if (
      only &&
      more.length === 0 &&
      step.no.length === 0 &&
      (only.step === 'leave' || only.step === 'next')
    ) {
      const aim = this.#jumps.get(only.label);
      if (!aim) throw new Error('A jump has no aim.');
      if (only.step === 'next') aim.nextUsed = true;
      this.#operations.test(step.condition, true);
      code.jumpIf(aim[only.step]);
      code.cost({ cost: 'either', sides: [[{ cost: 'jump', label: only.label, to: only.step }], []] });
      return;
    }
    const [otherwise, end]: [Position, Position] = [{}, {}];
    this.#operations.test(step.condition, false);
    code.jumpIf(otherwise);
    const then = code.apart(() => {
      this.#steps(step.yes);
      if (step.no.length > 0 && !jumps(step.yes)) code.jump(end);
    });
    const rest = code.apart(() => {
      if (step.no.length > 0) {
        code.land(otherwise);
        this.#steps(step.no);
      }
    });
    code.cost({ cost: 'either', sides: [then, rest] });
    code.land(step.no.length > 0 ? end : otherwise);
  }

  #loop(step: Step & { step: 'loop' }): void {
    const code = this.#code;
    const start: Position = {};
    const aim = { leave: {}, next: {}, nextUsed: false };
    this.#jumps.set(step.label, aim);
    const head = code.apart(() => {
      code.land(start);
      this.#steps(step.head);
    });
    const body = code.apart(() => this.#steps(step.body));
    const next = code.apart(() => {
      if (aim.nextUsed) code.land(aim.next);
      this.#steps(step.next);
      code.jump(start);
    });
    code.cost({ cost: 'loop', label: step.label, most: step.most, head, body, next });
    code.land(aim.leave);
  }
}

function jumps(steps: readonly Step[]): boolean {
  const last = steps.at(-1)?.step;
  return last === 'leave' || last === 'next';
}

// The same ways, where only reads cost.
function readsOnly(costs: readonly Cost[]): Cost[] {
  return costs.map(readOnly);
}

function readOnly(cost: Cost): Cost {
  switch (cost.cost) {
    case 'gas':
      return { cost: 'gas', gas: 0 };
    case 'either':
      return { ...cost, sides: cost.sides.map(readsOnly) };
    case 'loop': {
      const { head, body, next } = cost;
      return { ...cost, head: readsOnly(head), body: readsOnly(body), next: readsOnly(next) };
    }
    case 'block':
      return { ...cost, body: readsOnly(cost.body) };
    case 'read':
    case 'jump':
      return cost;
  }
}

function missing(): never {
  throw new Error('A variable has no place in memory.');
}
