import { isLineBreak, KernelError } from './diagnostics.ts';

/** One token; `text` is what stands in the source. `>` always stands alone: the parser joins `>>`, `>=` and `>>=`. */
export interface Token {
  kind: 'name' | 'number' | 'symbol' | 'end';
  text: string;
  offset: number;
}

const symbols = [
  '<<=',
  '->',
  '++',
  '--',
  '&&',
  '||',
  '==',
  '!=',
  '<=',
  '<<',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
];
const single = '+-*/%&|^~!=<>()[]{},;:.@';
const space = /[\t\n\v\f\r \u0085\u200e\u200f\u2028\u2029]/;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const number =
  /0[xX][0-9a-fA-F]*\.?[0-9a-fA-F]*(?:[pP][+-]?[0-9]+)?[iufh]?|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[iufh]?/y;

/** Splits WGSL into tokens, comments left out; the last one is an `end`. Throws `KernelError`. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const letter = source.charAt(at);
    if (space.test(letter)) at++;
    else if (source.startsWith('//', at)) {
      while (at < source.length && !isLineBreak(source.charCodeAt(at))) at++;
    } else if (source.startsWith('/*', at)) at = commentEnd(source, at);
    else {
      const token = tokenAt(source, at);
      tokens.push(token);
      at += token.text.length;
    }
  }
  tokens.push({ kind: 'end', text: 'the end of the text', offset: source.length });
  return tokens;
}

// Block comments nest in WGSL.
function commentEnd(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; ) {
    if (source.startsWith('/*', at)) {
      depth++;
      at += 2;
    } else if (source.startsWith('*/', at)) {
      depth--;
      at += 2;
      if (depth === 0) return at;
    } else at++;
  }
  throw new KernelError(start, 'This comment has no end.');
}

function tokenAt(source: string, offset: number): Token {
  const letter = source.charAt(offset);
  if (/[A-Za-z_]/.test(letter)) return { kind: 'name', text: matchAt(name, source, offset), offset };
  if (/[0-9]/.test(letter) || (letter === '.' && /[0-9]/.test(source.charAt(offset + 1)))) {
    const text = matchAt(number, source, offset);
    if (/[A-Za-z0-9_]/.test(source.charAt(offset + text.length))) {
      throw new KernelError(offset, 'This is not a number of WGSL.');
    }
    return { kind: 'number', text, offset };
  }
  const symbol = symbols.find((symbol) => source.startsWith(symbol, offset));
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, offset };
  if (single.includes(letter)) return { kind: 'symbol', text: letter, offset };
  throw new KernelError(offset, `The character ${describe(source, offset)} cannot stand here.`);
}

function matchAt(pattern: RegExp, source: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(source)?.[0] ?? '';
}

function describe(source: string, offset: number): string {
  const code = source.codePointAt(offset) ?? 0;
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return code > 0x20 && code < 0x7f ? `"${String.fromCodePoint(code)}"` : hex;
}
