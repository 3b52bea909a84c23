import type { Cost } from './evm-code.ts';

/** The dearest way out of some code: to its end, if it can get there, and to each jump that leaves it. */
interface Ways {
  through: number;
  jumps: Map<object, { leave: number; next: number }>;
}

const never = Number.NEGATIVE_INFINITY;

/** The most gas that code costs on any way to its end. `readGas[b]` is what one word of buffer b costs. */
export function mostGas(costs: readonly Cost[], readGas: readonly number[]): number {
  return waysOf(costs, readGas).through;
}

function waysOf(costs: readonly Cost[], readGas: readonly number[]): Ways {
  const jumps: Ways['jumps'] = new Map();
  let through = 0;
  for (const cost of costs) {
    if (through === never) break;
    const ways = wayOf(cost, readGas);
    merge(jumps, ways.jumps, through);
    through += ways.through;
  }
  return { through, jumps };
}

function wayOf(cost: Cost, readGas: readonly number[]): Ways {
  switch (cost.cost) {
    case 'gas':
      return { through: cost.gas, jumps: new Map() };
    case 'read':
      return { through: readGas[cost.buffer] ?? 0, jumps: new Map() };
    case 'jump':
      return { through: never, jumps: new Map([[cost.label, { leave: never, next: never, [cost.to]: 0 }]]) };
    case 'either': {
      const sides = cost.sides.map((side) => waysOf(side, readGas));
      const jumps: Ways['jumps'] = new Map();
      for (const side of sides) merge(jumps, side.jumps, 0);
      return { through: Math.max(...sides.map((side) => side.through)), jumps };
    }
    case 'block': {
      const { through, jumps } = waysOf(cost.body, readGas);
      const left = jumps.get(cost.label)?.leave ?? never;
      jumps.delete(cost.label);
      return { through: Math.max(through, left), jumps };
    }
    case 'loop':
      return loop(cost, readGas);
  }
}

// Either all rounds and the head once more, which then ends the loop; or some way out of the last round's body.
function loop(cost: Cost & { cost: 'loop' }, readGas: readonly number[]): Ways {
  const head = waysOf(cost.head, readGas);
  const body = waysOf(cost.body, readGas);
  const next = waysOf(cost.next, readGas);
  const own = body.jumps.get(cost.label) ?? { leave: never, next: never };
  const round = head.through + Math.max(body.through, own.next) + next.through;
  const ended = round === never ? 0 : round * cost.most;
  const before = round === never ? 0 : round * Math.max(0, cost.most - 1);
  const headEnd = head.jumps.get(cost.label)?.leave ?? never;
  const through = Math.max(ended + headEnd, cost.most > 0 ? before + head.through + own.leave : never);
  const jumps: Ways['jumps'] = new Map();
  merge(jumps, head.jumps, ended);
  merge(jumps, body.jumps, before + head.through);
  merge(jumps, next.jumps, ended);
  jumps.delete(cost.label);
  return { through, jumps };
}

function merge(into: Ways['jumps'], from: Ways['jumps'], before: number): void {
  for (const [label, { leave, next }] of from) {
    const known = into.get(label) ?? { leave: never, next: never };
    into.set(label, {
      leave: Math.max(known.leave, before + leave),
      next: Math.max(known.next, before + next),
    });
  }
}
