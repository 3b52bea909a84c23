/** Scalars that a value may have when the kernel runs. */
export type ScalarName = 'u32' | 'i32' | 'bool' | 'f32';
export type AnyScalarName = ScalarName | 'abstract-int' | 'abstract-float';

export interface ScalarType {
  kind: 'scalar';
  name: AnyScalarName;
}
export interface VectorType {
  kind: 'vector';
  name: string;
  size: number;
  element: ScalarType;
}
export interface ArrayType {
  kind: 'array';
  name: string;
  element: Type;
  count: number;
}
/** The array of a buffer, whose length is known only when the kernel runs. */
export interface BufferType {
  kind: 'buffer';
  name: string;
  element: Type;
}
export interface StructType {
  kind: 'struct';
  name: string;
  members: { name: string; type: Type }[];
}
export interface PointerType {
  kind: 'pointer';
  name: string;
  space: 'function' | 'private';
  target: Type;
}
/** Types are equal when their names are: names of structs are unique in a module. */
export type Type = ScalarType | VectorType | ArrayType | BufferType | StructType | PointerType;

const scalar = (name: AnyScalarName): ScalarType => ({ kind: 'scalar', name });

export const u32 = scalar('u32');
export const i32 = scalar('i32');
export const bool = scalar('bool');
export const f32 = scalar('f32');
export const abstractInt = scalar('abstract-int');
export const abstractFloat = scalar('abstract-float');

export function vectorOf(element: ScalarType, size: number): VectorType {
  return { kind: 'vector', name: `vec${size}<${element.name}>`, size, element };
}

export function arrayOf(element: Type, count: number): ArrayType {
  return { kind: 'array', name: `array<${element.name}, ${count}>`, element, count };
}

export function same(a: Type, b: Type): boolean {
  return a.name === b.name;
}

/** A scalar, or a vector's element. */
export function elementOf(type: Type): ScalarType | undefined {
  if (type.kind === 'scalar') return type;
  return type.kind === 'vector' ? type.element : undefined;
}

/** The same shape, scalar or vector, with another element. */
export function shapedLike(type: Type, element: ScalarType): Type {
  return type.kind === 'vector' ? vectorOf(element, type.size) : element;
}

/** Number of scalars of a value; at most 2^53, as counts of nested arrays are capped where they are declared. */
export function scalarCount(type: Type): number {
  switch (type.kind) {
    case 'scalar':
      return 1;
    case 'vector':
      return type.size;
    case 'array':
      return type.count * scalarCount(type.element);
    case 'struct':
      return type.members.reduce((sum, member) => sum + scalarCount(member.type), 0);
    case 'buffer':
    case 'pointer':
      throw new Error(`${type.name} has no scalars.`);
  }
}

/**
 * A value is kept as one piece for each scalar that stands in its type: a single scalar, or, below arrays, `count` scalars
 * in a row. `array<S, 4>` with `struct S { a: u32, b: vec2<i32> }` has three pieces of four.
 */
export interface Piece {
  type: ScalarName;
  count: number;
  array: boolean;
}

export function piecesOf(type: Type): Piece[] {
  switch (type.kind) {
    case 'scalar':
      return [{ type: concrete(type.name), count: 1, array: false }];
    case 'vector':
      return Array.from({ length: type.size }, () => ({
        type: concrete(type.element.name),
        count: 1,
        array: false,
      }));
    case 'array':
      return piecesOf(type.element).map((piece) => ({
        ...piece,
        count: piece.count * type.count,
        array: true,
      }));
    case 'struct':
      return type.members.flatMap((member) => piecesOf(member.type));
    case 'buffer':
    case 'pointer':
      throw new Error(`${type.name} has no pieces.`);
  }
}

/** For each piece, where its scalars stand in the value written out scalar after scalar, arrays row-major. */
export function pieceOffsets(type: Type): number[][] {
  switch (type.kind) {
    case 'scalar':
      return [[0]];
    case 'vector':
      return Array.from({ length: type.size }, (_, index) => [index]);
    case 'array': {
      const size = scalarCount(type.element);
      const inner = pieceOffsets(type.element);
      return inner.map((offsets) =>
        Array.from({ length: type.count }, (_, index) =>
          offsets.map((offset) => offset + index * size),
        ).flat(),
      );
    }
    case 'struct': {
      let start = 0;
      return type.members.flatMap((member) => {
        const offsets = pieceOffsets(member.type).map((offsets) => offsets.map((offset) => offset + start));
        start += scalarCount(member.type);
        return offsets;
      });
    }
    case 'buffer':
    case 'pointer':
      throw new Error(`${type.name} has no pieces.`);
  }
}

function concrete(name: AnyScalarName): ScalarName {
  if (name === 'abstract-int' || name === 'abstract-float') throw new Error(`${name} when the kernel runs.`);
  return name;
}

/** Bytes and alignment in a storage buffer, as WGSL lays values out; `undefined` for what cannot stand there. */
export function layoutOf(type: Type): { size: number; align: number } | undefined {
  switch (type.kind) {
    case 'scalar':
      return type.name === 'bool' ? undefined : { size: 4, align: 4 };
    case 'vector':
      if (type.element.name === 'bool') return undefined;
      return { size: 4 * type.size, align: type.size === 2 ? 8 : 16 };
    case 'array': {
      const stride = strideOf(type.element);
      return stride && { size: stride.size * type.count, align: stride.align };
    }
    case 'struct': {
      let size = 0;
      let align = 1;
      for (const member of type.members) {
        const layout = layoutOf(member.type);
        if (!layout) return undefined;
        size = roundUp(size, layout.align) + layout.size;
        align = Math.max(align, layout.align);
      }
      return { size: roundUp(size, align), align };
    }
    case 'buffer':
    case 'pointer':
      return undefined;
  }
}

/** Bytes from one element of an array in a buffer to the next, and their alignment. */
export function strideOf(element: Type): { size: number; align: number } | undefined {
  const layout = layoutOf(element);
  return layout && { size: roundUp(layout.size, layout.align), align: layout.align };
}

/** Byte offset of a struct's member in a buffer. */
export function memberOffset(type: StructType, member: number): number {
  let offset = 0;
  for (const [index, { type: memberType }] of type.members.entries()) {
    const layout = layoutOf(memberType);
    if (!layout) throw new Error(`${type.name} cannot stand in a buffer.`);
    offset = roundUp(offset, layout.align);
    if (index === member) return offset;
    offset += layout.size;
  }
  throw new Error(`${type.name} has no member ${member}.`);
}

function roundUp(size: number, align: number): number {
  return Math.ceil(size / align) * align;
}

/** The type as one would write it. */
export function shownType(type: Type): string {
  if (type.kind === 'scalar' && type.name === 'abstract-int') return 'an untyped integer';
  if (type.kind === 'scalar' && type.name === 'abstract-float') return 'an untyped float';
  return type.name;
}
