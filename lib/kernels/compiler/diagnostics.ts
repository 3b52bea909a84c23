/** One refusal: where in the source (both counted from 1, columns in UTF-16 units) and why, in plain words. */
export interface Diagnostic {
  line: number;
  column: number;
  message: string;
}

/** Thrown inside the compiler, and caught by `compileKernel`: a refusal at an offset of the source. */
export class KernelError extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.name = 'KernelError';
    this.offset = offset;
  }
}

/** Line and column of an offset; a line ends at WGSL's line breaks, CR LF counting as one. */
export function positionOf(source: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset && at < source.length; at++) {
    if (!isLineBreak(source.charCodeAt(at))) continue;
    if (source[at] === '\r' && source[at + 1] === '\n') continue;
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/** LF, VT, FF, CR, NEL, LS and PS, as WGSL has them. */
export function isLineBreak(code: number): boolean {
  return (code >= 0x0a && code <= 0x0d) || code === 0x85 || code === 0x2028 || code === 0x2029;
}
