/** Opcodes that kernels use, with their byte and their static gas. */
const opcodes = {
  ADD: [0x01, 3],
  MUL: [0x02, 5],
  SUB: [0x03, 3],
  DIV: [0x04, 5],
  SDIV: [0x05, 5],
  MOD: [0x06, 5],
  SMOD: [0x07, 5],
  SIGNEXTEND: [0x0b, 5],
  LT: [0x10, 3],
  GT: [0x11, 3],
  SLT: [0x12, 3],
  SGT: [0x13, 3],
  EQ: [0x14, 3],
  ISZERO: [0x15, 3],
  AND: [0x16, 3],
  OR: [0x17, 3],
  XOR: [0x18, 3],
  NOT: [0x19, 3],
  BYTE: [0x1a, 3],
  SHL: [0x1b, 3],
  SHR: [0x1c, 3],
  SAR: [0x1d, 3],
  CALLDATALOAD: [0x35, 3],
  CALLDATASIZE: [0x36, 2],
  CALLDATACOPY: [0x37, 3],
  CODECOPY: [0x39, 3],
  POP: [0x50, 2],
  MLOAD: [0x51, 3],
  MSTORE: [0x52, 3],
  JUMP: [0x56, 8],
  JUMPI: [0x57, 10],
  JUMPDEST: [0x5b, 1],
  MCOPY: [0x5e, 3],
  DUP1: [0x80, 3],
  DUP2: [0x81, 3],
  DUP3: [0x82, 3],
  DUP4: [0x83, 3],
  DUP5: [0x84, 3],
  SWAP1: [0x90, 3],
  SWAP2: [0x91, 3],
  SWAP3: [0x92, 3],
  RETURN: [0xf3, 0],
  REVERT: [0xfd, 0],
} as const satisfies Record<string, readonly [byte: number, gas: number]>;

export type Opcode = keyof typeof opcodes;

/** What code costs on its way: `read` costs what a word of that buffer costs under the windows given. */
export type Cost =
  | { cost: 'gas'; gas: number }
  | { cost: 'read'; buffer: number }
  | { cost: 'either'; sides: Cost[][] }
  | { cost: 'loop'; label: object; most: number; head: Cost[]; body: Cost[]; next: Cost[] }
  | { cost: 'block'; label: object; body: Cost[] }
  | { cost: 'jump'; label: object; to: 'leave' | 'next' };

/** A place in the code, known once the code before it is. */
export interface Position {
  at?: number;
}

/** Writes EVM code and, beside it, what it costs. */
export class CodeWriter {
  readonly #bytes: number[] = [];
  readonly #uses: { offset: number; position: Position }[] = [];
  #costs: Cost[] = [];

  get costs(): readonly Cost[] {
    return this.#costs;
  }

  /** Opcodes, and numbers to push. */
  write(...items: (Opcode | number | bigint)[]): void {
    for (const item of items) {
      if (typeof item === 'string') {
        const [byte, gas] = opcodes[item];
        this.#bytes.push(byte);
        this.gas(gas);
      } else this.#push(BigInt(item));
    }
  }

  #push(value: bigint): void {
    if (value === 0n) {
      this.#bytes.push(0x5f);
      this.gas(2);
      return;
    }
    const hex = value.toString(16);
    const digits = hex.length % 2 === 0 ? hex : `0${hex}`;
    this.#bytes.push(0x5f + digits.length / 2);
    for (let at = 0; at < digits.length; at += 2)
      this.#bytes.push(Number.parseInt(digits.slice(at, at + 2), 16));
    this.gas(3);
  }

  /** Pushes a position, always in two bytes. */
  pushPosition(position: Position): void {
    this.#bytes.push(0x61);
    this.#uses.push({ offset: this.#bytes.length, position });
    this.#bytes.push(0, 0);
    this.gas(3);
  }

  jump(position: Position): void {
    this.pushPosition(position);
    this.write('JUMP');
  }

  jumpIf(position: Position): void {
    this.pushPosition(position);
    this.write('JUMPI');
  }

  land(position: Position): void {
    position.at = this.#bytes.length;
    this.write('JUMPDEST');
  }

  /** Bytes that never run. */
  data(position: Position, bytes: readonly number[]): void {
    position.at = this.#bytes.length;
    this.#bytes.push(...bytes);
  }

  /** Gas beside the opcodes' static part. */
  gas(gas: number): void {
    const last = this.#costs.at(-1);
    if (last?.cost === 'gas') last.gas += gas;
    else this.#costs.push({ cost: 'gas', gas });
  }

  cost(cost: Cost): void {
    this.#costs.push(cost);
  }

  /** The costs of what `write` writes, kept apart. */
  apart(write: () => void): Cost[] {
    const outer = this.#costs;
    this.#costs = [];
    write();
    const inner = this.#costs;
    this.#costs = outer;
    return inner;
  }

  /** The code. Past 64 KiB, far more than a chain deploys, it is too long for its jumps and fit only to be measured. */
  finish(): Uint8Array {
    const code = Uint8Array.from(this.#bytes);
    for (const { offset, position } of this.#uses) {
      if (position.at === undefined) throw new Error('A position was never reached.');
      code[offset] = position.at >> 8;
      code[offset + 1] = position.at & 0xff;
    }
    return code;
  }
}
