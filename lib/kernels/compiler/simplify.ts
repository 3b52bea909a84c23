import type { Local, Operation, Step } from './ir.ts';
import { operandsOf, operationsOf, visitOperation } from './ir.ts';
import { mostDepth } from './operations.ts';

/**
 * Puts a fixed local that is read once into the place where it is read, if that place follows in the same list of steps
 * and nothing in between can change its value; drops fixed locals that nobody reads. Gives new steps.
 */
export function simplify(steps: readonly Step[]): Step[] {
  const uses = new Map<Local, number>();
  countUses(steps, uses);
  return simplified(steps, uses);
}

function countUses(steps: readonly Step[], uses: Map<Local, number>): void {
  for (const step of steps) {
    for (const operation of operationsOf(step)) {
      visitOperation(operation, (inner) => {
        if (inner.op === 'local') uses.set(inner.local, (uses.get(inner.local) ?? 0) + 1);
      });
    }
    for (const inner of innerSteps(step)) countUses(inner, uses);
  }
}

function innerSteps(step: Step): (readonly Step[])[] {
  if (step.step === 'if') return [step.yes, step.no];
  if (step.step === 'loop') return [step.head, step.body, step.next];
  return step.step === 'block' ? [step.body] : [];
}

function simplified(steps: readonly Step[], uses: Map<Local, number>): Step[] {
  const result: Step[] = [];
  const pending = new Map<Local, Operation>();
  const settle = (local: Local) => {
    const value = pending.get(local);
    if (!value) return;
    pending.delete(local);
    result.push({ step: 'set', local, value });
  };
  for (const original of steps) {
    const used = localsOf(original).filter((local) => pending.has(local));
    // A read in a nested list stays a read, and so does one that would nest too deep.
    const direct = new Set(operationsOf(original).flatMap((operation) => localsIn(operation)));
    for (const local of used) {
      const value = pending.get(local);
      if (!value || !direct.has(local) || value.depth > mostDepth / 2) settle(local);
    }
    const replaced = substituted(original, pending);
    const step =
      replaced && operationsOf(replaced).every((operation) => operation.depth <= mostDepth * 2)
        ? replaced
        : original;
    if (step === original) for (const local of used) settle(local);
    else for (const local of used) pending.delete(local);
    if (step.step === 'set' && step.local.fixed) {
      const count = uses.get(step.local) ?? 0;
      if (count === 0) continue;
      if (count === 1) {
        pending.set(step.local, step.value);
        continue;
      }
    }
    // What varies must be computed before anything changes: a step that sets a fixed local changes nothing else.
    const harmless = step.step === 'set' && step.local.fixed;
    if (!harmless) for (const [local, value] of [...pending]) if (value.varies) settle(local);
    result.push(inside(step, uses));
  }
  for (const local of [...pending.keys()]) settle(local);
  return result;
}

function inside(step: Step, uses: Map<Local, number>): Step {
  switch (step.step) {
    case 'if':
      return { ...step, yes: simplified(step.yes, uses), no: simplified(step.no, uses) };
    case 'loop':
      return {
        ...step,
        head: simplified(step.head, uses),
        body: simplified(step.body, uses),
        next: simplified(step.next, uses),
      };
    case 'block':
      return { ...step, body: simplified(step.body, uses) };
    default:
      return step;
  }
}

function localsOf(step: Step): Local[] {
  return [
    ...operationsOf(step).flatMap((operation) => localsIn(operation)),
    ...innerSteps(step).flatMap((inner) => inner.flatMap(localsOf)),
  ];
}

function localsIn(operation: Operation): Local[] {
  const locals: Local[] = [];
  visitOperation(operation, (inner) => {
    if (inner.op === 'local') locals.push(inner.local);
  });
  return locals;
}

function substituted(step: Step, values: Map<Local, Operation>): Step {
  const replace = (operation: Operation) => replaceLocals(operation, values);
  switch (step.step) {
    case 'set':
      return { ...step, value: replace(step.value) };
    case 'store':
      return { ...step, index: replace(step.index), value: replace(step.value) };
    case 'zero':
      return { ...step, start: replace(step.start) };
    case 'copy':
      return { ...step, toStart: replace(step.toStart), fromStart: replace(step.fromStart) };
    case 'if':
      return { ...step, condition: replace(step.condition) };
    default:
      return step;
  }
}

function replaceLocals(operation: Operation, values: Map<Local, Operation>): Operation {
  if (operation.op === 'local') return values.get(operation.local) ?? operation;
  const before = operandsOf(operation);
  const after = before.map((operand) => replaceLocals(operand, values));
  if (after.every((operand, index) => operand === before[index])) return operation;
  const traits = {
    depth: Math.max(...after.map((operand) => operand.depth)) + 1,
    reads: operation.op === 'word' || after.some((operand) => operand.reads),
    varies: operation.op === 'element' || after.some((operand) => operand.varies),
  };
  const [first, second, third] = after as [Operation, Operation, Operation];
  switch (operation.op) {
    case 'element':
    case 'table':
    case 'word':
      return { ...operation, ...traits, index: first };
    case 'unary':
    case 'convert':
    case 'bitcast':
      return { ...operation, ...traits, operand: first };
    case 'binary':
    case 'dot4':
      return { ...operation, ...traits, left: first, right: second };
    case 'select':
      return { ...operation, ...traits, condition: first, yes: second, no: third };
    case 'float':
      return { ...operation, ...traits, operands: after };
    case 'constant':
    case 'id':
    case 'length':
      return operation;
  }
}
