import { type Local, operationsOf, type Program, type Region, type Step, visitOperation } from './ir.ts';

/** First memory slot, of 32 bytes, of each local, region and table; the output is at slot 0. */
export interface MemoryLayout {
  slots: Map<Local | Region, number>;
  /** The slot where the tables start, packed at 4 bytes an entry. */
  tables: number;
}

interface Life {
  first: number;
  last: number;
}

/** Gives variables slots; two that never live at the same time may share theirs. */
export function layOut(program: Program): MemoryLayout {
  const lives = new Lives(program.steps).lives;
  lives.delete(program.output);
  const slots = new Map<Local | Region, number>([[program.output, 0]]);
  // The step at which a slot is used for the last time so far.
  const busy: number[] = Array.from({ length: program.output.count }, () => Number.POSITIVE_INFINITY);
  const ordered = [...lives].sort(([a, x], [b, y]) => x.first - y.first || sizeOf(a) - sizeOf(b));
  for (const [variable, { first, last }] of ordered) {
    const size = sizeOf(variable);
    const slot = freeSlot(busy, size, first);
    for (let at = slot; at < slot + size; at++) busy[at] = last;
    slots.set(variable, slot);
  }
  return { slots, tables: busy.length };
}

function sizeOf(variable: Local | Region): number {
  return 'count' in variable ? variable.count : 1;
}

function freeSlot(busy: readonly number[], size: number, first: number): number {
  let start = 0;
  for (let at = 0; at < busy.length && at < start + size; at++) if ((busy[at] ?? 0) >= first) start = at + 1;
  return start;
}

// A variable lives from the first step that names it to the last. One that is named both inside and outside a loop lives
// through the whole loop; one named only inside is set anew in each round before it is read.
class Lives {
  readonly lives = new Map<Local | Region, Life>();
  #step = 0;

  constructor(steps: readonly Step[]) {
    this.#walk(steps);
  }

  #walk(steps: readonly Step[]): void {
    for (const step of steps) {
      this.#step++;
      for (const variable of named(step)) this.#name(variable);
      if (step.step === 'if') {
        this.#walk(step.yes);
        this.#walk(step.no);
      } else if (step.step === 'block') this.#walk(step.body);
      else if (step.step === 'loop') this.#loop(step);
    }
  }

  #loop(step: Step & { step: 'loop' }): void {
    const first = this.#step;
    const before = new Set(this.lives.keys());
    this.#walk(step.head);
    this.#walk(step.body);
    this.#walk(step.next);
    const last = ++this.#step;
    for (const [variable, life] of this.lives) {
      if (before.has(variable) && life.last > first) life.last = last;
      // Seen first in this loop; if it is named again after it, it must live from the loop's start.
      else if (!before.has(variable))
        this.#seenInLoop.set(variable, [...(this.#seenInLoop.get(variable) ?? []), { first, last }]);
    }
  }

  readonly #seenInLoop = new Map<Local | Region, Life[]>();

  #name(variable: Local | Region): void {
    const life = this.lives.get(variable);
    if (!life) {
      this.lives.set(variable, { first: this.#step, last: this.#step });
      return;
    }
    life.last = this.#step;
    for (const loop of this.#seenInLoop.get(variable) ?? []) {
      if (loop.last < this.#step) life.first = Math.min(life.first, loop.first);
    }
  }
}

function named(step: Step): (Local | Region)[] {
  const variables: (Local | Region)[] = [];
  for (const operation of operationsOf(step)) {
    visitOperation(operation, (inner) => {
      if (inner.op === 'local') variables.push(inner.local);
      if (inner.op === 'element') variables.push(inner.region);
    });
  }
  if (step.step === 'set') variables.push(step.local);
  if (step.step === 'store' || step.step === 'zero') variables.push(step.region);
  if (step.step === 'copy') variables.push(step.to, step.from);
  return variables;
}
