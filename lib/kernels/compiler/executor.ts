import type { BinaryName, Operation, Program, Region, Step, Table, UnaryName } from './ir.ts';

// Instructions have five numbers: the opcode, the register of the result, and up to three operands.
const width = 5;
const opcodes = [
  'move', '+', '-', '*', '/u', '/i', '%u', '%i', '&', '|', '^', '<<', '>>u', '>>i', '==', '!=', '<u', '<i', '<=u', '<=i',
  'minu', 'mini', 'maxu', 'maxi', 'flip', 'negate', 'abs', 'not', 'truth', 'countOneBits', 'countLeadingZeros',
  'countTrailingZeros', 'firstLeadingBit', 'firstTrailingBit', 'reverseBits', 'select', 'dot4u', 'dot4i', 'load', 'store',
  'word', 'length', 'zero', 'copy', 'jump', 'jumpUnless', 'end',
] as const; // biome-ignore format: a table
type Opcode = (typeof opcodes)[number];
const codeOf = Object.fromEntries(opcodes.map((name, index) => [name, index])) as Record<Opcode, number>;

/** What one element computed: its words, and which words of each buffer it read, ascending, each once. */
export interface Execution {
  words: Uint32Array;
  reads: Uint32Array[];
}

/** Runs elements of a program without f32: the third of the ways that must agree to the bit. */
export class Executor {
  readonly #code: Int32Array;
  readonly #registers: Int32Array;
  readonly #memory: Int32Array;
  readonly #idRegister: number;
  readonly #wordsPerElement: number;
  readonly #buffers: Program['buffers'];

  constructor(program: Program) {
    const compiled = new Compilation(program);
    this.#code = compiled.code;
    this.#registers = compiled.registers;
    this.#memory = compiled.memory;
    this.#idRegister = compiled.idRegister;
    this.#wordsPerElement = program.output.count;
    this.#buffers = program.buffers;
  }

  /** The words of element `id`. Throws when a buffer is missing or shorter than one of its elements. */
  run(id: number, inputs: readonly Uint32Array[]): Uint32Array {
    this.#check(inputs);
    this.#interpret(id, inputs, undefined);
    return Uint32Array.from(this.#memory.subarray(0, this.#wordsPerElement));
  }

  /** The same, with what was read. */
  trace(id: number, inputs: readonly Uint32Array[]): Execution {
    this.#check(inputs);
    const trace: number[][] = inputs.map(() => []);
    this.#interpret(id, inputs, trace);
    const words = Uint32Array.from(this.#memory.subarray(0, this.#wordsPerElement));
    return { words, reads: trace.map((indices) => Uint32Array.from(new Set(indices)).sort()) };
  }

  #check(inputs: readonly Uint32Array[]): void {
    for (const [index, { name, leastWords }] of this.#buffers.entries()) {
      const given = inputs[index]?.length ?? 0;
      if (given < leastWords)
        throw new Error(`Buffer ${name} needs ${leastWords} words or more; ${given} were given.`);
    }
  }

  #interpret(id: number, inputs: readonly Uint32Array[], trace: number[][] | undefined): void {
    const code = this.#code;
    const r = this.#registers;
    const m = this.#memory;
    m.fill(0, 0, this.#wordsPerElement);
    r[this.#idRegister] = id;
    for (let pc = 0; ; pc += width) {
      const d = code[pc + 1] as number;
      const a = r[code[pc + 2] as number] as number;
      const b = r[code[pc + 3] as number] as number;
      switch (code[pc]) {
        case 0:
          r[d] = a;
          break;
        case 1:
          r[d] = a + b;
          break;
        case 2:
          r[d] = a - b;
          break;
        case 3:
          r[d] = Math.imul(a, b);
          break;
        case 4:
          r[d] = b === 0 ? a : (a >>> 0) / (b >>> 0);
          break;
        case 5:
          r[d] = b === 0 ? a : a / b;
          break;
        case 6:
          r[d] = b === 0 ? 0 : (a >>> 0) % (b >>> 0);
          break;
        case 7:
          r[d] = b === 0 ? 0 : a % b;
          break;
        case 8:
          r[d] = a & b;
          break;
        case 9:
          r[d] = a | b;
          break;
        case 10:
          r[d] = a ^ b;
          break;
        case 11:
          r[d] = a << b;
          break;
        case 12:
          r[d] = a >>> b;
          break;
        case 13:
          r[d] = a >> b;
          break;
        case 14:
          r[d] = a === b ? 1 : 0;
          break;
        case 15:
          r[d] = a !== b ? 1 : 0;
          break;
        case 16:
          r[d] = a >>> 0 < b >>> 0 ? 1 : 0;
          break;
        case 17:
          r[d] = a < b ? 1 : 0;
          break;
        case 18:
          r[d] = a >>> 0 <= b >>> 0 ? 1 : 0;
          break;
        case 19:
          r[d] = a <= b ? 1 : 0;
          break;
        case 20:
          r[d] = a >>> 0 < b >>> 0 ? a : b;
          break;
        case 21:
          r[d] = a < b ? a : b;
          break;
        case 22:
          r[d] = a >>> 0 > b >>> 0 ? a : b;
          break;
        case 23:
          r[d] = a > b ? a : b;
          break;
        case 24:
          r[d] = ~a;
          break;
        case 25:
          r[d] = -a;
          break;
        case 26:
          r[d] = a < 0 ? -a : a;
          break;
        case 27:
          r[d] = a === 0 ? 1 : 0;
          break;
        case 28:
          r[d] = a === 0 ? 0 : 1;
          break;
        case 29: {
          let x = a - ((a >>> 1) & 0x55555555);
          x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
          r[d] = Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
          break;
        }
        case 30:
          r[d] = Math.clz32(a);
          break;
        case 31:
          r[d] = a === 0 ? 32 : 31 - Math.clz32(a & -a);
          break;
        case 32:
          r[d] = 31 - Math.clz32(a);
          break;
        case 33:
          r[d] = a === 0 ? -1 : 31 - Math.clz32(a & -a);
          break;
        case 34: {
          let x = ((a >>> 1) & 0x55555555) | ((a & 0x55555555) << 1);
          x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
          x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
          x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
          r[d] = (x >>> 16) | (x << 16);
          break;
        }
        case 35:
          r[d] = a !== 0 ? b : (r[code[pc + 4] as number] as number);
          break;
        case 36:
          r[d] =
            (a & 255) * (b & 255) +
            ((a >>> 8) & 255) * ((b >>> 8) & 255) +
            ((a >>> 16) & 255) * ((b >>> 16) & 255) +
            (a >>> 24) * (b >>> 24);
          break;
        case 37:
          r[d] =
            ((a << 24) >> 24) * ((b << 24) >> 24) +
            ((a << 16) >> 24) * ((b << 16) >> 24) +
            ((a << 8) >> 24) * ((b << 8) >> 24) +
            (a >> 24) * (b >> 24);
          break;
        case 38:
          r[d] = m[(code[pc + 4] as number) + a] as number;
          break;
        case 39:
          m[(code[pc + 4] as number) + a] = b;
          break;
        case 40: {
          const buffer = code[pc + 4] as number;
          const words = inputs[buffer] as Uint32Array;
          const at = Math.min(a >>> 0, words.length - 1);
          if (trace) (trace[buffer] as number[]).push(at);
          r[d] = words[at] as number;
          break;
        }
        case 41:
          r[d] = (inputs[code[pc + 4] as number] as Uint32Array).length;
          break;
        case 42:
          m.fill(0, d + a, d + a + (code[pc + 4] as number));
          break;
        case 43: {
          const count = code[pc + 1 + width] as number;
          const to = d + a;
          const from = (code[pc + 4] as number) + b;
          m.copyWithin(to, from, from + count);
          pc += width;
          break;
        }
        case 44:
          pc = d - width;
          break;
        case 45:
          if (a === 0) pc = d - width;
          break;
        default:
          return;
      }
    }
  }
}

class Compilation {
  readonly code: Int32Array;
  readonly registers: Int32Array;
  readonly memory: Int32Array;
  readonly idRegister: number;
  readonly #instructions: number[] = [];
  readonly #constants = new Map<number, number>();
  readonly #regionBases = new Map<Region, number>();
  readonly #tableBases = new Map<Table, number>();
  readonly #labels = new Map<string, { at?: number; uses: number[] }>();
  readonly #firstTemporary: number;
  #ownLabels = 0;
  #temporaries = 0;
  #mostTemporaries = 0;

  constructor(program: Program) {
    let size = 0;
    for (const region of [program.output, ...program.regions.filter((region) => region !== program.output)]) {
      this.#regionBases.set(region, size);
      size += region.count;
    }
    for (const table of program.tables) {
      this.#tableBases.set(table, size);
      size += table.values.length;
    }
    this.memory = new Int32Array(size);
    for (const [table, base] of this.#tableBases)
      this.memory.set(
        table.values.map((value) => value | 0),
        base,
      );
    this.idRegister = program.locals.length;
    this.#firstTemporary = program.locals.length + 1;
    this.#steps(program.steps);
    this.#emit('end');
    for (const { at, uses } of this.#labels.values())
      for (const use of uses) this.#instructions[use] = at ?? 0;
    this.code = Int32Array.from(this.#instructions);
    // Constants stand behind the temporaries; operands named them by negative numbers until now.
    const firstConstant = this.#firstTemporary + this.#mostTemporaries;
    this.registers = new Int32Array(firstConstant + this.#constants.size);
    for (const [value, index] of this.#constants) this.registers[firstConstant + index] = value;
    for (let at = 0; at < this.code.length; at += width) {
      for (const operand of [at + 2, at + 3]) this.#resolve(operand, firstConstant);
      if (this.code[at] === codeOf.select) this.#resolve(at + 4, firstConstant);
    }
  }

  #resolve(at: number, firstConstant: number): void {
    const operand = this.code[at] ?? 0;
    if (operand < 0) this.code[at] = firstConstant - operand - 1;
  }

  #emit(opcode: Opcode, d = 0, a = 0, b = 0, c = 0): void {
    this.#instructions.push(codeOf[opcode], d, a, b, c);
  }

  #jump(opcode: 'jump' | 'jumpUnless', label: string, condition = 0): void {
    const use = this.#instructions.length + 1;
    this.#emit(opcode, 0, condition);
    this.#label(label).uses.push(use);
  }

  #mark(label: string): void {
    this.#label(label).at = this.#instructions.length;
  }

  #label(name: string): { at?: number; uses: number[] } {
    let label = this.#labels.get(name);
    if (!label) {
      label = { uses: [] };
      this.#labels.set(name, label);
    }
    return label;
  }

  #fresh(): string {
    return `own ${this.#ownLabels++}`;
  }

  #temporary(): number {
    const register = this.#firstTemporary + this.#temporaries++;
    this.#mostTemporaries = Math.max(this.#mostTemporaries, this.#temporaries);
    return register;
  }

  #steps(steps: readonly Step[]): void {
    for (const step of steps) {
      this.#step(step);
      this.#temporaries = 0;
    }
  }

  #step(step: Step): void {
    switch (step.step) {
      case 'set':
        this.#into(step.local.id, step.value);
        return;
      case 'store': {
        const index = this.#operand(step.index);
        const value = this.#operand(step.value);
        this.#emit('store', 0, index, value, this.#base(step.region));
        return;
      }
      case 'zero':
        this.#emit('zero', this.#base(step.region), this.#operand(step.start), 0, step.count);
        return;
      case 'copy': {
        const to = this.#operand(step.toStart);
        const from = this.#operand(step.fromStart);
        this.#emit('copy', this.#base(step.to), to, from, this.#base(step.from));
        this.#emit('end', step.count);
        return;
      }
      case 'if': {
        const [otherwise, end] = [this.#fresh(), `${this.#fresh()} end`];
        this.#jump('jumpUnless', otherwise, this.#operand(step.condition));
        this.#temporaries = 0;
        this.#steps(step.yes);
        this.#jump('jump', end);
        this.#mark(otherwise);
        this.#steps(step.no);
        this.#mark(end);
        return;
      }
      case 'loop': {
        const start = this.#fresh();
        this.#mark(start);
        this.#steps(step.head);
        this.#steps(step.body);
        this.#mark(`next ${step.label.id}`);
        this.#steps(step.next);
        this.#jump('jump', start);
        this.#mark(`leave ${step.label.id}`);
        return;
      }
      case 'block':
        this.#steps(step.body);
        this.#mark(`leave ${step.label.id}`);
        return;
      case 'leave':
      case 'next':
        this.#jump('jump', `${step.step} ${step.label.id}`);
        return;
    }
  }

  #base(region: Region): number {
    return this.#regionBases.get(region) ?? 0;
  }

  /** The register that holds an operation's value. */
  #operand(operation: Operation): number {
    if (operation.op === 'local') return operation.local.id;
    if (operation.op === 'id') return this.idRegister;
    if (operation.op === 'constant') {
      const bits = operation.value | 0;
      const known = this.#constants.get(bits) ?? this.#constants.size;
      this.#constants.set(bits, known);
      return -1 - known;
    }
    const register = this.#temporary();
    this.#into(register, operation);
    return register;
  }

  #into(d: number, operation: Operation): void {
    switch (operation.op) {
      case 'constant':
      case 'id':
      case 'local':
        this.#emit('move', d, this.#operand(operation));
        return;
      case 'length':
        this.#emit('length', d, 0, 0, operation.buffer);
        return;
      case 'element':
        this.#emit('load', d, this.#operand(operation.index), 0, this.#base(operation.region));
        return;
      case 'table':
        this.#emit('load', d, this.#operand(operation.index), 0, this.#tableBases.get(operation.table) ?? 0);
        return;
      case 'word':
        this.#emit('word', d, this.#operand(operation.index), 0, operation.buffer);
        return;
      case 'unary':
        this.#emit(
          unaryOpcode(operation.name, operation.type === 'bool'),
          d,
          this.#operand(operation.operand),
        );
        return;
      case 'binary':
        this.#binary(d, operation);
        return;
      case 'select': {
        const condition = this.#operand(operation.condition);
        const yes = this.#operand(operation.yes);
        const no = this.#operand(operation.no);
        this.#emit('select', d, condition, yes, no);
        return;
      }
      case 'convert':
        this.#emit(operation.type === 'bool' ? 'truth' : 'move', d, this.#operand(operation.operand));
        return;
      case 'dot4': {
        const left = this.#operand(operation.left);
        const right = this.#operand(operation.right);
        this.#emit(operation.signed ? 'dot4i' : 'dot4u', d, left, right);
        return;
      }
      case 'bitcast':
      case 'float':
        throw new Error('Floats are not executed.');
    }
  }

  #binary(d: number, operation: Operation & { op: 'binary' }): void {
    const { name, left, right } = operation;
    const logical = name === '&&' || name === '||';
    if (logical && right.reads) {
      // The right side reads a buffer: it must not where the left side decides.
      const end = this.#fresh();
      const result = this.#temporary();
      this.#into(result, left);
      if (name === '&&') this.#jump('jumpUnless', end, result);
      else {
        const more = `${end} more`;
        this.#jump('jumpUnless', more, result);
        this.#jump('jump', end);
        this.#mark(more);
      }
      this.#into(result, right);
      this.#mark(end);
      this.#emit('move', d, result);
      return;
    }
    const a = this.#operand(left);
    const b = this.#operand(right);
    const [opcode, swapped] = binaryOpcode(name, left.type === 'i32');
    if (swapped) this.#emit(opcode, d, b, a);
    else this.#emit(opcode, d, a, b);
  }
}

function unaryOpcode(name: UnaryName, truth: boolean): Opcode {
  if (name === 'not') return truth ? 'not' : 'flip';
  return name;
}

function binaryOpcode(name: BinaryName, signed: boolean): [opcode: Opcode, swapped: boolean] {
  const typed = (opcode: '/' | '%' | '<' | '<=' | 'min' | 'max') => `${opcode}${signed ? 'i' : 'u'}` as const;
  switch (name) {
    case '&&':
      return ['&', false];
    case '||':
      return ['|', false];
    case '/':
    case '%':
    case '<':
    case '<=':
    case 'min':
    case 'max':
      return [typed(name), false];
    case '>':
      return [typed('<'), true];
    case '>=':
      return [typed('<='), true];
    case '>>':
      return [signed ? '>>i' : '>>u', false];
    default:
      return [name, false];
  }
}
