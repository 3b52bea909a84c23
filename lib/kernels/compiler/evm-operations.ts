import { headerOffset } from './element-abi.ts';
import type { CodeWriter, Opcode, Position } from './evm-code.ts';
import type { BinaryName, Local, Operation, Region, Table } from './ir.ts';
import type { ScalarName } from './types.ts';

const mask = 0xffffffff;

// On the stack a u32 is 0 to 2^32 - 1, an i32 is sign-extended to 256 bits, a bool is 0 or 1. Every operation takes and
// leaves these forms, whatever is known of its operands.

/** Where operations find what they name. */
export interface OperationPlaces {
  slotOf(variable: Local | Region): number;
  tableByte(table: Table): number;
  reader(buffer: number): Position;
}

/** Writes operations: each leaves its value on the stack. */
export class OperationWriter {
  readonly #code: CodeWriter;
  readonly #places: OperationPlaces;

  constructor(code: CodeWriter, places: OperationPlaces) {
    this.#code = code;
    this.#places = places;
  }

  value(operation: Operation): void {
    const code = this.#code;
    switch (operation.op) {
      case 'constant':
        code.write(operation.type === 'i32' ? BigInt.asUintN(256, BigInt(operation.value)) : operation.value);
        return;
      case 'id':
        code.write(0, 'CALLDATALOAD');
        return;
      case 'length':
        code.write(headerOffset(operation.buffer, 'words'), 'CALLDATALOAD');
        return;
      case 'local':
        code.write(32 * this.#places.slotOf(operation.local), 'MLOAD');
        return;
      case 'element':
        this.address(operation.region, operation.index);
        code.write('MLOAD');
        return;
      case 'table':
        this.value(operation.index);
        code.write(2, 'SHL', this.#places.tableByte(operation.table), 'ADD', 'MLOAD', 224, 'SHR');
        if (operation.type === 'i32') code.write(3, 'SIGNEXTEND');
        return;
      case 'word':
        this.#word(operation);
        return;
      case 'unary':
        this.#unary(operation);
        return;
      case 'binary':
        this.#binary(operation);
        return;
      case 'select':
        this.value(operation.no);
        this.value(operation.yes);
        code.write('DUP2', 'XOR');
        this.value(operation.condition);
        code.write('MUL', 'XOR');
        return;
      case 'convert':
        this.value(operation.operand);
        if (operation.type === 'bool') code.write('ISZERO', 'ISZERO');
        else this.#convert(operation.operand.type, operation.type);
        return;
      case 'dot4':
        this.value(operation.right);
        this.value(operation.left);
        this.#dot4(operation.signed);
        return;
      case 'bitcast':
      case 'float':
        throw new Error('Floats have no EVM code.');
    }
  }

  /** Leaves a value that is not zero exactly if the test's truth is `wanted`. */
  test(operation: Operation, wanted: boolean): void {
    if (operation.op === 'unary' && operation.name === 'not') {
      this.test(operation.operand, !wanted);
      return;
    }
    if (operation.op === 'binary' && !wanted) {
      const opposite = opposites[operation.name];
      if (opposite && operation.left.type !== 'f32') {
        this.value({ ...operation, name: opposite });
        return;
      }
    }
    this.value(operation);
    if (!wanted) this.#code.write('ISZERO');
  }

  /** The byte address of an element. */
  address(region: Region, index: Operation): void {
    const base = 32 * this.#places.slotOf(region);
    if (index.op === 'constant') {
      this.#code.write(base + 32 * index.value);
      return;
    }
    this.value(index);
    this.#code.write(5, 'SHL');
    if (base > 0) this.#code.write(base, 'ADD');
  }

  #word(operation: Operation & { op: 'word' }): void {
    const code = this.#code;
    const back: Position = {};
    code.pushPosition(back);
    this.value(operation.index);
    code.jump(this.#places.reader(operation.buffer));
    code.cost({ cost: 'read', buffer: operation.buffer });
    code.land(back);
    if (operation.type === 'i32') code.write(3, 'SIGNEXTEND');
  }

  #unary({ name, operand, type }: Operation & { op: 'unary' }): void {
    const code = this.#code;
    this.value(operand);
    switch (name) {
      case 'not':
        if (type === 'bool') code.write('ISZERO');
        else if (type === 'i32') code.write('NOT');
        else code.write(mask, 'XOR');
        return;
      case 'negate':
        code.write(0, 'SUB');
        this.#normalise(type);
        return;
      case 'abs':
        code.write('DUP1', 31, 'SAR', 'SWAP1', 'DUP2', 'XOR', 'SUB');
        this.#normalise(type);
        return;
      case 'countOneBits':
        code.write('DUP1', 1, 'SHR', 0x55555555, 'AND', 'SWAP1', 'SUB');
        code.write('DUP1', 2, 'SHR', 0x33333333, 'AND', 'SWAP1', 0x33333333, 'AND', 'ADD');
        code.write('DUP1', 4, 'SHR', 'ADD', 0x0f0f0f0f, 'AND', 0x01010101, 'MUL', 24, 'SHR', 255, 'AND');
        return;
      case 'firstLeadingBit':
        this.#leadingBit();
        this.#normalise(type);
        return;
      case 'countLeadingZeros':
        this.#leadingBit();
        code.write(31, 'SUB');
        return;
      case 'firstTrailingBit':
        this.#trailingBit();
        code.write('SUB');
        this.#normalise(type);
        return;
      case 'countTrailingZeros':
        this.#trailingBit();
        code.write('SWAP1', 5, 'SHL', 'ADD');
        return;
      case 'reverseBits':
        for (const [shift, bits] of [
          [1, 0x55555555],
          [2, 0x33333333],
          [4, 0x0f0f0f0f],
          [8, 0x00ff00ff],
          [16, 0x0000ffff],
        ] as const) {
          code.write('DUP1', shift, 'SHR', bits, 'AND', 'SWAP1', bits, 'AND', shift, 'SHL', 'OR');
        }
        return;
    }
  }

  #binary(operation: Operation & { op: 'binary' }): void {
    const { name, left, right } = operation;
    const code = this.#code;
    const signed = left.type === 'i32';
    if ((name === '&&' || name === '||') && right.reads) {
      this.#shortCircuit(name, left, right);
      return;
    }
    if (name === '<<' || name === '>>') {
      this.value(left);
      this.value(right);
      if (right.op !== 'constant') code.write(31, 'AND');
    } else {
      this.value(right);
      if (name === '/' && right.op !== 'constant') code.write('DUP1', 'ISZERO', 'ADD');
      this.value(left);
    }
    for (const opcode of opcodesFor(name, signed)) code.write(opcode);
    switch (name) {
      case '+':
      case '-':
      case '*':
      case '<<':
        this.#normalise(left.type);
        return;
      case '/':
        if (signed) code.write(3, 'SIGNEXTEND');
        return;
    }
  }

  #shortCircuit(name: '&&' | '||', left: Operation, right: Operation): void {
    const code = this.#code;
    const end: Position = {};
    this.value(left);
    code.write('DUP1');
    if (name === '&&') code.write('ISZERO');
    code.jumpIf(end);
    const more = code.apart(() => {
      code.write('POP');
      this.value(right);
    });
    code.cost({ cost: 'either', sides: [more, []] });
    code.land(end);
  }

  #normalise(type: ScalarName): void {
    if (type === 'i32') this.#code.write(3, 'SIGNEXTEND');
    else this.#code.write(mask, 'AND');
  }

  #convert(from: ScalarName, to: ScalarName): void {
    if (from === 'bool') return;
    if (to === 'i32') this.#code.write(3, 'SIGNEXTEND');
    else this.#code.write(mask, 'AND');
  }

  // From 32 bits to the number of the highest one set, or -1: fills everything below it with ones, then looks it up.
  #leadingBit(): void {
    const code = this.#code;
    code.write('DUP1', 'ISZERO', 'SWAP1');
    for (const shift of [1, 2, 4, 8, 16]) code.write('DUP1', shift, 'SHR', 'OR');
    code.write(leadingFactor, 'MUL', 27, 'SHR', 31, 'AND', leadingTable, 'SWAP1', 'BYTE', 'SUB');
  }

  // Leaves the number of the lowest bit set, or 0, and below it whether there is none.
  #trailingBit(): void {
    const code = this.#code;
    code.write('DUP1', 'ISZERO', 'SWAP1', 'DUP1', 0, 'SUB', 'AND');
    code.write(trailingFactor, 'MUL', 27, 'SHR', 31, 'AND', trailingTable, 'SWAP1', 'BYTE');
  }

  #dot4(signed: boolean): void {
    const code = this.#code;
    const extend = (): void => {
      if (signed) code.write(0, 'SIGNEXTEND');
    };
    for (const byte of [28, 29, 30, 31]) {
      const operand: Opcode = byte === 28 ? 'DUP2' : 'DUP3';
      code.write(operand, byte, 'BYTE');
      extend();
      code.write(operand, byte, 'BYTE');
      extend();
      code.write('MUL');
      if (byte > 28) code.write('ADD');
    }
    code.write('SWAP2', 'POP', 'POP');
  }
}

const opposites: Partial<Record<BinaryName, BinaryName>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '!=': '==',
};

function opcodesFor(name: BinaryName, signed: boolean): Opcode[] {
  switch (name) {
    case '+':
      return ['ADD'];
    case '-':
      return ['SUB'];
    case '*':
      return ['MUL'];
    case '/':
      return [signed ? 'SDIV' : 'DIV'];
    case '%':
      return [signed ? 'SMOD' : 'MOD'];
    case '&':
    case '&&':
      return ['AND'];
    case '|':
    case '||':
      return ['OR'];
    case '^':
      return ['XOR'];
    case '<<':
      return ['SHL'];
    case '>>':
      return [signed ? 'SAR' : 'SHR'];
    case '==':
      return ['EQ'];
    case '!=':
      return ['EQ', 'ISZERO'];
    case '<':
      return [signed ? 'SLT' : 'LT'];
    case '>':
      return [signed ? 'SGT' : 'GT'];
    case '<=':
      return [signed ? 'SGT' : 'GT', 'ISZERO'];
    case '>=':
      return [signed ? 'SLT' : 'LT', 'ISZERO'];
    case 'min':
      return ['DUP2', 'DUP2', signed ? 'SLT' : 'LT', 'SWAP1', 'DUP3', 'XOR', 'MUL', 'XOR'];
    case 'max':
      return ['DUP2', 'DUP2', signed ? 'SGT' : 'GT', 'SWAP1', 'DUP3', 'XOR', 'MUL', 'XOR'];
  }
}

// De Bruijn sequences: multiplied by a power of two, or by one less, their top five bits tell which one.
const leadingFactor = 0x07c4acdd;
const trailingFactor = 0x077cb531;
const leadingTable = lookup(leadingFactor, (bit) => 2 ** (bit + 1) - 1);
const trailingTable = lookup(trailingFactor, (bit) => 2 ** bit);

// 32 bytes: at the index that bit's pattern gives, the number of the bit.
function lookup(factor: number, pattern: (bit: number) => number): bigint {
  let table = 0n;
  for (let bit = 0; bit < 32; bit++) {
    const index = Math.imul(factor, pattern(bit)) >>> 27;
    table |= BigInt(bit) << BigInt(8 * (31 - index));
  }
  return table;
}
