import { builtins } from './builtins.ts';
import { KernelError } from './diagnostics.ts';
import { templatedNames } from './parse.ts';
import type { CheckedFunction, Constant, InputBuffer, OutputBuffer, Variable } from './typed.ts';
import type { Type } from './types.ts';

/** What a name stands for. */
export type Meaning =
  | { kind: 'constant'; value: Constant }
  | { kind: 'variable'; variable: Variable }
  | { kind: 'type'; type: Type }
  | { kind: 'function'; function: CheckedFunction }
  | { kind: 'input'; buffer: InputBuffer }
  | { kind: 'output'; buffer: OutputBuffer }
  | { kind: 'ids' };

const types =
  'u32 i32 f32 f16 bool vec2 vec3 vec4 vec2u vec3u vec4u vec2i vec3i vec4i vec2f vec3f vec4f vec2h vec3h vec4h array ptr atomic';
const predeclared = new Set([...types.split(' '), ...templatedNames]);

/** Refuses names that WGSL gives to types: everything reads better when these mean one thing. */
export function checkName(name: string, at: number): void {
  if (predeclared.has(name))
    throw new KernelError(at, `"${name}" is a type of WGSL and cannot be declared anew.`);
}

/** Names of nested blocks; an inner one hides an outer one. */
export class Scope {
  readonly #names = new Map<string, Meaning>();
  readonly #outer: Scope | ((name: string, at: number) => Meaning | undefined);

  constructor(outer: Scope | ((name: string, at: number) => Meaning | undefined)) {
    this.#outer = outer;
  }

  declare(name: string, meaning: Meaning, at: number): void {
    checkName(name, at);
    if (this.#names.has(name)) throw new KernelError(at, `"${name}" is declared already in this block.`);
    this.#names.set(name, meaning);
  }

  find(name: string, at: number): Meaning | undefined {
    for (let scope: Scope = this; ; ) {
      const meaning = scope.#names.get(name);
      if (meaning) return meaning;
      const outer = scope.#outer;
      if (typeof outer === 'function') return outer(name, at);
      scope = outer;
    }
  }
}

/** Says that a name is unknown, and why if it is one that WGSL knows and we do not accept. */
export function unknownName(name: string, at: number): KernelError {
  if (/^(atomic|workgroupBarrier|storageBarrier|textureBarrier|workgroupUniformLoad)/.test(name)) {
    return new KernelError(at, `"${name}" is not accepted: elements are computed apart from each other.`);
  }
  if (/^(texture|sampler)/.test(name)) return new KernelError(at, 'Textures are not accepted.');
  if (/^subgroup|^quad/.test(name)) return new KernelError(at, 'Subgroups are not accepted.');
  if (/^mat[234]x[234]/.test(name)) return new KernelError(at, 'Matrices are not accepted.');
  if (/^(f16|vec[234]h)$/.test(name)) return new KernelError(at, 'f16 is not accepted.');
  const what = builtins.has(name) ? 'is a function' : 'is not known';
  return new KernelError(at, `"${name}" ${what}.`);
}
