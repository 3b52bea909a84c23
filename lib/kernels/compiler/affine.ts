import type { Operation } from './ir.ts';
import { binary, constant, convert, word } from './operations.ts';

/** Writes a u32 index as `factor * id + rest` (modulo 2^32) with a constant factor above zero, if it has that form. */
export function affineIndex(index: Operation): { factor: number; rest: Operation } | undefined {
  const form = affine(index, 0);
  return form.factor > 0 ? form : undefined;
}

// Every operation has a form: what is not affine is all rest.
function affine(operation: Operation, seen: number): { factor: number; rest: Operation } {
  const opaque = { factor: 0, rest: operation };
  if (seen > 64) return opaque;
  switch (operation.op) {
    case 'id':
      return { factor: 1, rest: word(0) };
    case 'local': {
      const definition = operation.local.definition;
      if (!definition || definition.varies) return opaque;
      const form = affine(definition, seen + 1);
      return form.factor === 0 ? opaque : form;
    }
    case 'convert': {
      if (operation.operand.type !== 'u32' && operation.operand.type !== 'i32') return opaque;
      const { factor, rest } = affine(operation.operand, seen + 1);
      return factor === 0 ? opaque : { factor, rest: convert(operation.type, rest) };
    }
    case 'binary':
      return affineBinary(operation, seen) ?? opaque;
    default:
      return opaque;
  }
}

function affineBinary(
  operation: Operation & { op: 'binary' },
  seen: number,
): { factor: number; rest: Operation } | undefined {
  const { name, left, right, type } = operation;
  if (name !== '+' && name !== '-' && name !== '*' && name !== '<<') return undefined;
  const a = affine(left, seen + 1);
  const b = affine(right, seen + 1);
  if (a.factor === 0 && b.factor === 0) return undefined;
  const typed = (rest: Operation) => convert(type, rest);
  const scaled = (form: typeof a, by: number) => ({
    factor: Math.imul(form.factor, by) >>> 0,
    rest: binary('*', typed(form.rest), constant(type, type === 'u32' ? by >>> 0 : by | 0)),
  });
  switch (name) {
    case '+':
      return { factor: (a.factor + b.factor) >>> 0, rest: binary('+', typed(a.rest), typed(b.rest)) };
    case '-':
      return { factor: (a.factor - b.factor) >>> 0, rest: binary('-', typed(a.rest), typed(b.rest)) };
    case '*':
      if (right.op === 'constant') return scaled(a, right.value);
      return left.op === 'constant' ? scaled(b, left.value) : undefined;
    case '<<':
      return right.op === 'constant' ? scaled(a, 2 ** right.value) : undefined;
  }
}
