/** One change of the back end that makes it wrong, and the probe (see `testing/probes.ts`) that shows it. */
export interface Mutant {
  file: string;
  find: string;
  replace: string;
  caughtBy: string;
}

const operations = (find: string, replace: string, caughtBy: string): Mutant => ({
  file: 'evm-operations.ts',
  find,
  replace,
  caughtBy,
});
const element = (find: string, replace: string, caughtBy: string): Mutant => ({
  file: 'evm.ts',
  find,
  replace,
  caughtBy,
});
const layout = (find: string, replace: string, caughtBy: string): Mutant => ({
  file: 'memory-layout.ts',
  find,
  replace,
  caughtBy,
});
const gas = (find: string, replace: string, caughtBy: string): Mutant => ({
  file: 'gas.ts',
  find,
  replace,
  caughtBy,
});

/** Every mask, guard, sign extension and comparison of the back end, taken away or turned in turn. */
export const mutants: Mutant[] = [
  // Masks and sign extensions.
  operations(
    "if (type === 'i32') this.#code.write(3, 'SIGNEXTEND');\n    else this.#code.write(mask, 'AND');\n  }\n\n  #convert",
    "if (type === 'i32') this.#code.write(3, 'SIGNEXTEND');\n  }\n\n  #convert",
    'u32 sum tested',
  ),
  operations(
    "if (type === 'i32') this.#code.write(3, 'SIGNEXTEND');\n    else this.#code.write(mask, 'AND');\n  }\n\n  #convert",
    "if (type !== 'i32') this.#code.write(mask, 'AND');\n  }\n\n  #convert",
    'i32 sum tested',
  ),
  ...(["'+'", "'-'", "'*'", "'<<'"] as const).flatMap((name): Mutant[] => {
    const without = `      case ${name}:\n`;
    const block =
      "      case '+':\n      case '-':\n      case '*':\n      case '<<':\n        this.#normalise(left.type);";
    return ['u32 sum tested', 'i32 sum tested'].map((caughtBy) =>
      operations(block, block.replace(without, ''), caughtBy),
    );
  }),
  operations("if (signed) code.write(3, 'SIGNEXTEND');\n        return;", 'return;', 'i32 quotient tested'),
  operations(
    "code.write(0, 'SUB');\n        this.#normalise(type);",
    "code.write(0, 'SUB');",
    'i32 quotient tested',
  ),
  operations("'XOR', 'SUB');\n        this.#normalise(type);", "'XOR', 'SUB');", 'i32 quotient tested'),
  operations("code.write('SUB');\n        this.#normalise(type);", "code.write('SUB');", 'u32 found tested'),
  operations(
    'this.#leadingBit();\n        this.#normalise(type);',
    'this.#leadingBit();',
    'u32 found tested',
  ),
  operations("else code.write(mask, 'XOR');", "else code.write('NOT');", 'u32 ~'),
  operations(
    "else if (type === 'i32') code.write('NOT');",
    "else if (type === 'i32') code.write(mask, 'XOR');",
    'i32 quotient tested',
  ),
  operations(
    "if (to === 'i32') this.#code.write(3, 'SIGNEXTEND');\n    else",
    "if (to !== 'i32')",
    'u32 i32 tested',
  ),
  operations(
    "if (to === 'i32') this.#code.write(3, 'SIGNEXTEND');\n    else this.#code.write(mask, 'AND');",
    "if (to === 'i32') this.#code.write(3, 'SIGNEXTEND');",
    'i32 u32',
  ),
  operations(
    "224, 'SHR');\n        if (operation.type === 'i32') code.write(3, 'SIGNEXTEND');",
    "224, 'SHR');",
    'table of i32',
  ),
  operations(
    "code.land(back);\n    if (operation.type === 'i32') code.write(3, 'SIGNEXTEND');",
    'code.land(back);',
    'words of i32',
  ),
  operations("if (signed) code.write(0, 'SIGNEXTEND');", '', 'i32 dot4I8Packed'),
  operations("if (signed) code.write(0, 'SIGNEXTEND');", "code.write(0, 'SIGNEXTEND');", 'u32 dot4U8Packed'),
  operations("if (byte > 28) code.write('ADD');", "if (byte > 28) code.write('POP');", 'u32 dot4U8Packed'),
  // Guards.
  operations(
    "if (name === '/' && right.op !== 'constant') code.write('DUP1', 'ISZERO', 'ADD');",
    '',
    'u32 /',
  ),
  operations(
    "if (name === '/' && right.op !== 'constant') code.write('DUP1', 'ISZERO', 'ADD');",
    '',
    'i32 /',
  ),
  operations("if (right.op !== 'constant') code.write(31, 'AND');", '', 'u32 <<'),
  operations("if (right.op !== 'constant') code.write(31, 'AND');", '', 'i32 >>'),
  operations(
    "if (operation.type === 'bool') code.write('ISZERO', 'ISZERO');",
    "if (operation.type === 'bool') return;",
    'u32 bool',
  ),
  // Signed or not.
  operations("[signed ? 'SDIV' : 'DIV']", "['DIV']", 'i32 /'),
  operations("[signed ? 'SMOD' : 'MOD']", "['MOD']", 'i32 %'),
  operations("[signed ? 'SAR' : 'SHR']", "['SHR']", 'i32 quotient tested'),
  operations("return [signed ? 'SLT' : 'LT'];", "return ['LT'];", 'i32 <'),
  operations("return [signed ? 'SGT' : 'GT'];", "return ['GT'];", 'i32 >'),
  operations("return [signed ? 'SGT' : 'GT', 'ISZERO'];", "return ['GT', 'ISZERO'];", 'i32 <='),
  operations("return [signed ? 'SLT' : 'LT', 'ISZERO'];", "return ['LT', 'ISZERO'];", 'i32 >='),
  operations("['DUP2', 'DUP2', signed ? 'SLT' : 'LT'", "['DUP2', 'DUP2', 'LT'", 'i32 min'),
  operations("['DUP2', 'DUP2', signed ? 'SGT' : 'GT'", "['DUP2', 'DUP2', 'GT'", 'i32 max'),
  operations("const signed = left.type === 'i32';", 'const signed = false;', 'i32 <'),
  // Comparisons.
  operations("return [signed ? 'SLT' : 'LT'];", "return [signed ? 'SGT' : 'GT'];", 'u32 <'),
  operations("return [signed ? 'SGT' : 'GT'];", "return [signed ? 'SLT' : 'LT'];", 'u32 >'),
  operations("return [signed ? 'SGT' : 'GT', 'ISZERO'];", "return [signed ? 'SLT' : 'LT'];", 'u32 <='),
  operations("return [signed ? 'SLT' : 'LT', 'ISZERO'];", "return [signed ? 'SGT' : 'GT'];", 'u32 >='),
  operations("return ['EQ'];", "return ['EQ', 'ISZERO'];", 'u32 =='),
  operations("return ['EQ', 'ISZERO'];", "return ['EQ'];", 'u32 !='),
  operations("'<': '>='", "'<': '>'", 'u32 if'),
  operations("'<=': '>'", "'<=': '>='", 'u32 if'),
  operations("'>': '<='", "'>': '<'", 'u32 if'),
  operations("'>=': '<'", "'>=': '<='", 'u32 if'),
  operations("'!=': '=='", "'!=': '!='", 'u32 if'),
  operations("if (!wanted) this.#code.write('ISZERO');", '', 'u32 if'),
  operations('this.test(operation.operand, !wanted);', 'this.test(operation.operand, wanted);', 'ifs'),
  operations("if (name === '&&') code.write('ISZERO');", '', 'short circuit reads'),
  operations("if (name === '&&') code.write('ISZERO');", "code.write('ISZERO');", 'short circuit reads'),
  operations(
    "(name === '&&' || name === '||') && right.reads",
    "(name === '&&' || name === '||') && !right",
    'short circuit reads',
  ),
  operations("if (type === 'bool') code.write('ISZERO');\n        else", '', 'u32 logic'),
  // Tables of bits.
  operations(
    "code.write('DUP1', 'ISZERO', 'SWAP1');\n    for",
    "code.write(0, 'SWAP1');\n    for",
    'u32 firstLeadingBit',
  ),
  operations(
    "'ISZERO', 'SWAP1', 'DUP1', 0, 'SUB', 'AND'",
    "'ISZERO', 'ISZERO', 'SWAP1', 'DUP1', 0, 'SUB', 'AND'",
    'u32 firstTrailingBit',
  ),
  operations('[1, 2, 4, 8, 16]) code', '[1, 2, 4, 8]) code', 'u32 countLeadingZeros'),
  operations(
    "code.write('SWAP1', 5, 'SHL', 'ADD');",
    "code.write('SWAP1', 'POP');",
    'u32 countTrailingZeros',
  ),
  operations("24, 'SHR', 255, 'AND');", "24, 'SHR');", 'u32 countOneBits'),
  operations('[16, 0x0000ffff],', '', 'u32 reverseBits'),
  // Places.
  operations('write(base + 32 * index.value)', 'write(32 * index.value)', 'array in a loop'),
  operations("if (base > 0) this.#code.write(base, 'ADD');", '', 'array in a loop'),
  operations("this.#places.tableByte(operation.table), 'ADD'", "0, 'ADD'", 'two tables'),
  operations("headerOffset(operation.buffer, 'words')", "headerOffset(0, 'words')", 'length'),
  // Reading words.
  element(
    "code.write('DUP1', at('words'), 'CALLDATALOAD', 'GT');",
    "code.write('DUP1', at('words'), 'CALLDATALOAD', 'LT');",
    'past the end',
  ),
  element(
    "code.write('DUP1', at('words'), 'CALLDATALOAD', 'GT');",
    "code.write('DUP1', at('words'), 'CALLDATALOAD', 'LT', 'ISZERO');",
    'u32 word',
  ),
  element(
    "code.write('POP', 1, at('words'), 'CALLDATALOAD', 'SUB')",
    "code.write('POP', 0, at('words'), 'CALLDATALOAD', 'SUB')",
    'past the end',
  ),
  element(
    "code.write('DUP1', at('length'), 'CALLDATALOAD', 'GT');",
    "code.write('DUP1', at('length'), 'CALLDATALOAD', 'LT', 'ISZERO');",
    'missing windows',
  ),
  element("code.write('DUP1', at('length'), 'CALLDATALOAD', 'GT');", 'code.write(1);', 'far windows'),
  element("'DUP5', 'DUP2', 'CALLDATALOAD', 'GT'", "'DUP5', 'DUP2', 'CALLDATALOAD', 'LT'", 'far windows'),
  element(
    "'DUP5', 'DUP2', 'CALLDATALOAD', 'GT'",
    "'DUP5', 'DUP2', 'CALLDATALOAD', 'LT', 'ISZERO'",
    'window edges',
  ),
  element(
    "32, 'ADD', 'CALLDATALOAD', 'GT');\n      code.jumpIf(found);",
    "32, 'ADD', 'CALLDATALOAD', 'LT', 'ISZERO');\n      code.jumpIf(found);",
    'missing windows',
  ),
  element(
    "32, 'ADD', 'CALLDATALOAD', 'GT');\n      code.jumpIf(found);",
    "32, 'ADD', 'CALLDATALOAD', 'GT', 'POP', 1);\n      code.jumpIf(found);",
    'missing windows',
  ),
  element("'DUP1', 'ISZERO');\n      code.jumpIf(fail);", '0);\n      code.jumpIf(fail);', 'missing windows'),
  element("code.write(2, 'DUP2', 'LT');", "code.write(3, 'DUP2', 'LT');", 'far windows'),
  element("'DUP1', 1, 'SHR', 'DUP1', 96", "'DUP1', 2, 'SHR', 'DUP1', 96", 'far windows'),
  element(
    "code.write(2, 'SHL', 'SWAP1', 64, 'ADD'",
    "code.write(3, 'SHL', 'SWAP1', 64, 'ADD'",
    'far windows',
  ),
  // Arrays and ways.
  element(
    "code.write(32 * step.count, 'CALLDATASIZE');",
    "code.write(32 * step.count - 32, 'CALLDATASIZE');",
    'cleared arrays',
  ),
  element(
    "code.write(32 * step.count, 'CALLDATASIZE');",
    'code.write(32 * step.count, 0);',
    'array in a loop',
  ),
  element(
    'code.write(32 * step.count);\n        this.#operations.address(step.from',
    'code.write(32 * step.count - 32);\n        this.#operations.address(step.from',
    'copies of arrays',
  ),
  element('if (step.no.length > 0 && !jumps(step.yes)) code.jump(end);', '', 'ifs'),
  element('code.jumpIf(aim[only.step]);', 'code.jumpIf(aim.leave);', 'breaks and rounds'),
  element('code.write(32 * output.count, 0', 'code.write(32, 0', 'several words'),
  layout(
    'if (before.has(variable) && life.last > first) life.last = last;',
    'if (before.has(variable) && life.last > first) life.last += 0;',
    'constants across rounds',
  ),
  layout('(busy[at] ?? 0) >= first', '(busy[at] ?? 0) > first + 6', 'variables across rounds'),
  layout(
    'Array.from({ length: program.output.count }, () => Number.POSITIVE_INFINITY)',
    '[]',
    'words written early',
  ),
  // Gas.
  element('code.gas(3 * memoryWords + Math.floor(memoryWords ** 2 / 512));', '', 'wide memory'),
  element(
    "code.write('CALLDATACOPY');\n        code.gas(3 * step.count);",
    "code.write('CALLDATACOPY');",
    'wide memory',
  ),
  element("code.write('MCOPY');\n        code.gas(3 * step.count);", "code.write('MCOPY');", 'wide memory'),
  gas(
    'const ended = round === never ? 0 : round * cost.most;',
    'const ended = round === never ? 0 : round * (cost.most - 1);',
    'steady loop',
  ),
  gas(
    'Math.max(...sides.map((side) => side.through))',
    'Math.min(...sides.map((side) => side.through))',
    'dear side',
  ),
  gas('through: readGas[cost.buffer] ?? 0', 'through: 0', 'far windows'),
  element('const steps = Math.ceil(Math.log2(windows - 1));', 'const steps = 0;', 'far windows'),
];
