import type { Operation, Range } from './ir.ts';

const full: Record<Operation['type'], Range> = {
  u32: { least: 0, most: 0xffffffff },
  i32: { least: -0x80000000, most: 0x7fffffff },
  bool: { least: 0, most: 1 },
  f32: { least: -Infinity, most: Infinity },
};
const known = new WeakMap<Operation, Range>();

/**
 * Bounds of an integer's value, exact arithmetic without wrapping or else the whole type. They serve to leave out clamps
 * of indices that cannot be out of range and to bound loops, never to leave out a mask.
 */
export function rangeOf(operation: Operation): Range {
  const cached = known.get(operation);
  if (cached) return cached;
  const range = within(operation.type, compute(operation));
  known.set(operation, range);
  return range;
}

// A range that leaves the type may have wrapped, and then says nothing.
function within(type: Operation['type'], range: Range | undefined): Range {
  const whole = full[type];
  if (!range || Number.isNaN(range.least) || Number.isNaN(range.most)) return whole;
  return range.least >= whole.least && range.most <= whole.most ? range : whole;
}

function compute(operation: Operation): Range | undefined {
  switch (operation.op) {
    case 'constant':
      return { least: operation.value, most: operation.value };
    case 'local':
      return operation.range;
    case 'table':
      if (operation.type === 'f32') return undefined;
      return {
        least: Math.min(...operation.table.values),
        most: Math.max(...operation.table.values),
      };
    case 'convert':
      if (operation.operand.type === 'f32') return undefined;
      return operation.type === 'bool' ? undefined : rangeOf(operation.operand);
    case 'select': {
      const yes = rangeOf(operation.yes);
      const no = rangeOf(operation.no);
      return { least: Math.min(yes.least, no.least), most: Math.max(yes.most, no.most) };
    }
    case 'unary':
      return unary(operation);
    case 'binary':
      return operation.left.type === 'f32' ? undefined : binary(operation);
    default:
      return undefined;
  }
}

function unary(operation: Operation & { op: 'unary' }): Range | undefined {
  const { least, most } = rangeOf(operation.operand);
  switch (operation.name) {
    case 'countOneBits':
    case 'countLeadingZeros':
    case 'countTrailingZeros':
      return { least: 0, most: 32 };
    case 'abs':
      return least >= 0 ? { least, most } : undefined;
    default:
      return undefined;
  }
}

function binary(operation: Operation & { op: 'binary' }): Range | undefined {
  const a = rangeOf(operation.left);
  const b = rangeOf(operation.right);
  switch (operation.name) {
    case '+':
      return { least: a.least + b.least, most: a.most + b.most };
    case '-':
      return { least: a.least - b.most, most: a.most - b.least };
    case '*': {
      // Products of words are below 2^64 and rounded; a rounded one that fits in 32 bits was exact.
      const corners = [a.least * b.least, a.least * b.most, a.most * b.least, a.most * b.most];
      return { least: Math.min(...corners), most: Math.max(...corners) };
    }
    case '/':
      return b.least === b.most && b.least > 0
        ? { least: Math.trunc(a.least / b.least), most: Math.trunc(a.most / b.least) }
        : undefined;
    case '%':
      // x % 0 is 0, so the range holds for a divisor that may be zero as well.
      return a.least >= 0 && b.least >= 0 && b.most > 0
        ? { least: 0, most: Math.min(a.most, b.most - 1) }
        : undefined;
    case '&':
      if (a.least >= 0 && b.least >= 0) return { least: 0, most: Math.min(a.most, b.most) };
      if (b.least >= 0) return { least: 0, most: b.most };
      return a.least >= 0 ? { least: 0, most: a.most } : undefined;
    case '>>':
      return b.least === b.most && b.least < 32
        ? { least: Math.floor(a.least / 2 ** b.least), most: Math.floor(a.most / 2 ** b.least) }
        : undefined;
    case '<<':
      return b.least === b.most && b.least < 32 && a.least >= 0
        ? { least: a.least * 2 ** b.least, most: a.most * 2 ** b.least }
        : undefined;
    case 'min':
      return { least: Math.min(a.least, b.least), most: Math.min(a.most, b.most) };
    case 'max':
      return { least: Math.max(a.least, b.least), most: Math.max(a.most, b.most) };
    default:
      return undefined;
  }
}
