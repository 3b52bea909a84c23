import { type Hex, keccak256 } from 'viem';
import { checkModule } from './check-module.ts';
import { type Diagnostic, KernelError, positionOf } from './diagnostics.ts';
import { writeElementCode } from './evm.ts';
import { type Execution, Executor } from './executor.ts';
import type { Program } from './ir.ts';
import { challengeOverheadGas, mostChallengeGas, mostCodeBytes, mostSourceBytes } from './limits.ts';
import { lower } from './lower.ts';
import { parse } from './parse.ts';
import { simplify } from './simplify.ts';
import { printWgsl, workgroupSize } from './wgsl.ts';

/** A read-only buffer of a kernel, in order of its binding; it must have `leastWords` words or more. */
export interface KernelBuffer {
  name: string;
  leastWords: number;
}

interface Compiled {
  ok: true;
  buffers: KernelBuffer[];
  /** Words that each element writes. */
  wordsPerElement: number;
  /** The text that providers run; `wgsl.ts` says how to bind and dispatch it. */
  canonicalWgsl: string;
  workgroupSize: number;
}

export interface ProvableKernel extends Compiled {
  provable: true;
  /** EVM runtime code of one element; docs/kernel-abi.md says how to call it. */
  code: Uint8Array;
  codeHash: Hex;
  /** The most gas that any call of the code uses, in however many windows its buffers come. */
  gasBound: number;
  /** The same for `windows[b]` windows of buffer b. */
  gasBoundFor(windows: readonly number[]): number;
  /** The most words that an element reads of each buffer, a word counted as often as it is read. */
  mostReads: number[];
  /** Computes element `id` (u32) from the buffers' words, and says which words it read. Throws on too short a buffer. */
  execute(id: number, inputs: readonly Uint32Array[]): Execution;
  /** The same without keeping what was read, for checking many elements. */
  run(id: number, inputs: readonly Uint32Array[]): Uint32Array;
}

/** A kernel that may run, but whose elements cannot be proven on chain, and why. */
export interface UnprovableKernel extends Compiled {
  provable: false;
  reasons: Diagnostic[];
}

export type KernelResult = ProvableKernel | UnprovableKernel | { ok: false; errors: Diagnostic[] };

/** Compiles WGSL, text or UTF-8 bytes. Never throws for any input; what is wrong comes back with line and column. */
export function compileKernel(source: string | Uint8Array): KernelResult {
  const text = typeof source === 'string' ? source : decode(source);
  const bytes = typeof source === 'string' ? sizeOf(source) : source.length;
  if (bytes > mostSourceBytes)
    return refused('', [
      new KernelError(0, `A kernel has at most ${mostSourceBytes} bytes; this has ${bytes}.`),
    ]);
  if (text === undefined) return refused('', [new KernelError(0, 'The text is not UTF-8.')]);
  if (text.trim() === '') return refused('', [new KernelError(0, 'The text is empty.')]);
  try {
    const module = checkModule(parse(text));
    if (Array.isArray(module)) return refused(text, module);
    const lowered = lower(module);
    const program = { ...lowered, steps: simplify(lowered.steps) };
    return built(program, text, module.floats);
  } catch (error) {
    if (error instanceof KernelError) return refused(text, [error]);
    // The parser bounds nesting; should a stack ever overflow all the same, that is an answer and no crash.
    if (error instanceof RangeError) return refused(text, [new KernelError(0, 'The kernel nests too deep.')]);
    // A fault of the compiler itself: the kernel is refused like any other that it cannot take.
    const message = error instanceof Error ? error.message : String(error);
    return refused(text, [new KernelError(0, `The compiler cannot take this kernel: ${message}`)]);
  }
}

function built(program: Program, text: string, floatsAt: number | undefined): KernelResult {
  const common = {
    ok: true,
    buffers: program.buffers,
    wordsPerElement: program.output.count,
    workgroupSize,
  } as const;
  const unprovable = (message: string, offset: number): UnprovableKernel => ({
    ...common,
    provable: false,
    reasons: [{ ...positionOf(text, offset), message }],
    canonicalWgsl: printWgsl(program, { fuel: true }),
  });
  if (program.floats || floatsAt !== undefined) {
    return unprovable(
      'Results of f32 differ from one GPU to the next, so nobody can prove one wrong.',
      floatsAt ?? 0,
    );
  }
  const { code, gasBound, mostReads } = writeElementCode(program);
  const least = gasBound(program.buffers.map(() => 1));
  if (code.length > mostCodeBytes) {
    return unprovable(`Its code on chain would have ${code.length} bytes; ${mostCodeBytes} is the most.`, 0);
  }
  if (least + challengeOverheadGas > mostChallengeGas) {
    return unprovable(
      `To recompute one element on chain may take ${least} gas; a challenge has ${mostChallengeGas}.`,
      0,
    );
  }
  const executor = new Executor(program);
  return {
    ...common,
    provable: true,
    code,
    codeHash: keccak256(code),
    gasBound: gasBound(mostReads.map((reads) => Math.max(1, reads))),
    gasBoundFor: gasBound,
    mostReads,
    canonicalWgsl: printWgsl(program, { fuel: false }),
    execute: (id, inputs) => executor.trace(id, inputs),
    run: (id, inputs) => executor.run(id, inputs),
  };
}

function refused(text: string, errors: KernelError[]): KernelResult {
  const sorted = [...errors].sort((a, b) => a.offset - b.offset);
  return {
    ok: false,
    errors: sorted.map(({ offset, message }) => ({ ...positionOf(text, offset), message })),
  };
}

function decode(bytes: Uint8Array): string | undefined {
  if (bytes.length > mostSourceBytes) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// A text of more UTF-16 units than that has more bytes too; no need to encode it.
function sizeOf(text: string): number {
  return text.length > mostSourceBytes ? text.length : new TextEncoder().encode(text).length;
}
