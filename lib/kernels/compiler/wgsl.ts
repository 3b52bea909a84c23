import type { Label, Local, Operation, Program, Region, Step } from './ir.ts';
import { loopFuel } from './limits.ts';
import type { ScalarName } from './types.ts';

/** Invocations of a workgroup in canonical text. */
export const workgroupSize = 64;

/**
 * Prints a program as the WGSL that providers run. Every variable has a unique name, is declared once and set explicitly;
 * every index is clamped; nothing is left to the compiler where compilers differ (signed overflow, division, shifts).
 *
 * Buffers are at @group(0) in the kernel's order, the output last; each must be bound with the exact size of its data, as
 * its length is part of the result. At @group(1) @binding(0) is the uniform `chunk`: the first id of the dispatch, the id
 * after the last, (-K * base) mod 2^32 where base is the id of the output buffer's first element, and 0.
 * With `fuel` every loop ends when the element has used it up.
 */
export function printWgsl(program: Program, options: { fuel: boolean }): string {
  return new Printer(program, options.fuel).run();
}

interface Around {
  label: Label;
  loop: boolean;
  /** Jumps to this label from inside another loop: they set a flag and leave one loop after the other. */
  far: Set<'leave' | 'next'>;
}

const helpers = {
  divide_u: `fn divide_u(a: u32, b: u32) -> u32 {
  return a / select(b, 1u, b == 0u);
}`,
  divide_i: `fn divide_i(a: i32, b: i32) -> i32 {
  return a / select(b, 1i, b == 0i || (b == -1i && a == i32(-2147483648)));
}`,
  remainder_u: `fn remainder_u(a: u32, b: u32) -> u32 {
  return a % select(b, 1u, b == 0u);
}`,
  remainder_i: `fn remainder_i(a: i32, b: i32) -> i32 {
  return a % select(b, 1i, b == 0i || (b == -1i && a == i32(-2147483648)));
}`,
};

class Printer {
  readonly #program: Program;
  readonly #fuel: boolean;
  readonly #around: Around[] = [];
  readonly #flags = new Set<string>();
  readonly #helpers = new Set<keyof typeof helpers>();
  readonly #readers = new Set<number>();
  readonly #usedLocals = new Set<Local>();
  readonly #usedRegions = new Set<Region>();
  #lines: string[] = [];
  #indent = 1;

  constructor(program: Program, fuel: boolean) {
    this.#program = program;
    this.#fuel = fuel;
  }

  run(): string {
    const { buffers, output, tables, steps } = this.#program;
    this.#usedRegions.add(output);
    this.#steps(steps);
    this.#writeOutput();
    const body = this.#lines;
    const declarations = [
      ...[...this.#usedRegions]
        .sort((a, b) => a.id - b.id)
        .map((region) => `var a${region.id}: ${regionType(region)};`),
      ...[...this.#usedLocals]
        .sort((a, b) => a.id - b.id)
        .map(({ id, type }) => `var v${id}: ${type} = ${zeroOf(type)};`),
      ...[...this.#flags].map((flag) => `var ${flag}: bool = false;`),
    ];
    return [
      ...buffers.map((_, index) => `@group(0) @binding(${index}) var<storage, read> in${index}: array<u32>;`),
      `@group(0) @binding(${buffers.length}) var<storage, read_write> output: array<u32>;`,
      '@group(1) @binding(0) var<uniform> chunk: vec4<u32>;',
      '',
      ...(this.#fuel ? [`var<private> fuel: u32 = ${loopFuel}u;`, ''] : []),
      ...tables.map(
        ({ id, type, values }) =>
          `const t${id} = array<${type}, ${values.length}>(${values.map((value) => constantText(type, value)).join(', ')});`,
      ),
      ...[...this.#helpers].sort().flatMap((name) => [helpers[name], '']),
      ...[...this.#readers]
        .sort()
        .flatMap((buffer) => [
          `fn read${buffer}(index: u32) -> u32 {\n  return in${buffer}[min(index, arrayLength(&in${buffer}) - 1u)];\n}`,
          '',
        ]),
      `@compute @workgroup_size(${workgroupSize})`,
      'fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {',
      '  let id = chunk.x + global_id.x;',
      '  if (id >= chunk.y) {',
      '    return;',
      '  }',
      ...declarations.map((line) => `  ${line}`),
      ...body,
      '}',
      '',
    ].join('\n');
  }

  #writeOutput(): void {
    const { output } = this.#program;
    const { count } = output;
    if (count === 1) {
      this.#line('output[chunk.z + id] = a0;');
      return;
    }
    this.#line(`for (var c = 0u; c < ${count}u; c++) {`);
    this.#line(`  output[chunk.z + ${count}u * id + c] = a0[c];`);
    this.#line('}');
  }

  #line(text: string): void {
    this.#lines.push('  '.repeat(this.#indent) + text);
  }

  #steps(steps: readonly Step[]): void {
    for (const step of steps) this.#step(step);
  }

  #step(step: Step): void {
    switch (step.step) {
      case 'set':
        this.#line(`${this.#local(step.local)} = ${this.#text(step.value)};`);
        return;
      case 'store':
        this.#line(`${this.#element(step.region, step.index)} = ${this.#text(step.value)};`);
        return;
      case 'zero':
        this.#zero(step);
        return;
      case 'copy':
        this.#copy(step);
        return;
      case 'if':
        this.#if(step, '');
        return;
      case 'block':
        this.#block(step);
        return;
      case 'loop':
        this.#loop(step);
        return;
      case 'leave':
      case 'next':
        this.#jump(step.step, step.label);
        return;
    }
  }

  #if(step: Step & { step: 'if' }, before: string): void {
    this.#line(`${before}if (${this.#text(step.condition)}) {`);
    this.#inner(step.yes);
    const [only, ...more] = step.no;
    if (only?.step === 'if' && more.length === 0) {
      this.#if(only, '} else ');
      return;
    }
    if (step.no.length > 0) {
      this.#line('} else {');
      this.#inner(step.no);
    }
    this.#line('}');
  }

  #inner(steps: readonly Step[]): void {
    this.#indent++;
    this.#steps(steps);
    this.#indent--;
  }

  #apart(print: () => void): string[] {
    const outer = this.#lines;
    this.#lines = [];
    print();
    const inner = this.#lines;
    this.#lines = outer;
    return inner;
  }

  #block(step: Step & { step: 'block' }): void {
    const around: Around = { label: step.label, loop: false, far: new Set() };
    this.#around.push(around);
    const body = this.#apart(() => this.#inner(step.body));
    this.#around.pop();
    this.#clearFlag(around, 'leave');
    this.#line('loop {');
    this.#lines.push(...body);
    if (!endsInJump(step.body)) this.#line('  break;');
    this.#line('}');
    this.#passOn(around);
  }

  #loop(step: Step & { step: 'loop' }): void {
    const around: Around = { label: step.label, loop: true, far: new Set() };
    this.#around.push(around);
    const body = this.#apart(() => {
      this.#inner(step.head);
      this.#inner(step.body);
    });
    this.#around.pop();
    const next = this.#apart(() => {
      this.#indent++;
      this.#inner(step.next);
      this.#indent--;
    });
    this.#clearFlag(around, 'leave');
    this.#line('loop {');
    this.#indent++;
    if (this.#fuel) {
      this.#line('if (fuel == 0u) {');
      this.#line('  break;');
      this.#line('}');
      this.#line('fuel = fuel - 1u;');
    }
    this.#clearFlag(around, 'next');
    this.#lines.push(...body);
    if (next.length > 0) {
      this.#line('continuing {');
      this.#lines.push(...next);
      this.#line('}');
    }
    this.#indent--;
    this.#line('}');
    this.#passOn(around);
  }

  #clearFlag(around: Around, jump: 'leave' | 'next'): void {
    if (around.far.has(jump)) this.#line(`${this.#flag(jump, around.label)} = false;`);
  }

  // After a loop was left on behalf of one further out.
  readonly #passed = new WeakMap<Label, { jump: 'leave' | 'next'; aim: Around }[]>();

  #jump(jump: 'leave' | 'next', label: Label): void {
    const top = this.#around.at(-1);
    const aim = this.#around.find((around) => around.label === label);
    if (!top || !aim) throw new Error('A jump has no aim.');
    if (top === aim) {
      this.#line(jump === 'leave' ? 'break;' : 'continue;');
      return;
    }
    aim.far.add(jump);
    for (const around of this.#around.slice(this.#around.indexOf(aim) + 1)) {
      const passed = this.#passed.get(around.label) ?? [];
      if (!passed.some((other) => other.jump === jump && other.aim === aim)) passed.push({ jump, aim });
      this.#passed.set(around.label, passed);
    }
    this.#line(`${this.#flag(jump, label)} = true;`);
    this.#line('break;');
  }

  #passOn(left: Around): void {
    for (const { jump, aim } of this.#passed.get(left.label) ?? []) {
      this.#line(`if (${this.#flag(jump, aim.label)}) {`);
      this.#line(this.#around.at(-1) === aim && jump === 'next' ? '  continue;' : '  break;');
      this.#line('}');
    }
  }

  #flag(jump: 'leave' | 'next', label: Label): string {
    const flag = `${jump}${label.id}`;
    this.#flags.add(flag);
    return flag;
  }

  #zero({ region, start, count }: Step & { step: 'zero' }): void {
    this.#usedRegions.add(region);
    if (count === region.count) {
      this.#line(`a${region.id} = ${regionType(region)}();`);
      return;
    }
    this.#line(`for (var i = 0u; i < ${count}u; i++) {`);
    this.#line(`  a${region.id}[${this.#text(start)} + i] = ${zeroOf(region.type)};`);
    this.#line('}');
  }

  #copy({ to, toStart, from, fromStart, count }: Step & { step: 'copy' }): void {
    this.#usedRegions.add(to);
    this.#usedRegions.add(from);
    if (count === to.count && count === from.count) {
      this.#line(`a${to.id} = a${from.id};`);
      return;
    }
    if (count === 1) {
      this.#line(`${this.#element(to, toStart)} = ${this.#element(from, fromStart)};`);
      return;
    }
    this.#line(`for (var i = 0u; i < ${count}u; i++) {`);
    this.#line(`  a${to.id}[${this.#text(toStart)} + i] = a${from.id}[${this.#text(fromStart)} + i];`);
    this.#line('}');
  }

  #local(local: Local): string {
    this.#usedLocals.add(local);
    return `v${local.id}`;
  }

  #element(region: Region, index: Operation): string {
    this.#usedRegions.add(region);
    return region.count === 1 ? `a${region.id}` : `a${region.id}[${this.#text(index)}]`;
  }

  #text(operation: Operation): string {
    switch (operation.op) {
      case 'constant':
        return constantText(operation.type, operation.value);
      case 'id':
        return 'id';
      case 'length':
        return `arrayLength(&in${operation.buffer})`;
      case 'local':
        return this.#local(operation.local);
      case 'element':
        return this.#element(operation.region, operation.index);
      case 'table':
        return `t${operation.table.id}[${this.#text(operation.index)}]`;
      case 'word': {
        this.#readers.add(operation.buffer);
        const word = `read${operation.buffer}(${this.#text(operation.index)})`;
        return operation.type === 'u32' ? word : `bitcast<${operation.type}>(${word})`;
      }
      case 'unary':
        return this.#unary(operation);
      case 'binary':
        return this.#binary(operation);
      case 'select':
        return `select(${this.#text(operation.no)}, ${this.#text(operation.yes)}, ${this.#text(operation.condition)})`;
      case 'convert':
        return `${operation.type}(${this.#text(operation.operand)})`;
      case 'bitcast':
        return `bitcast<${operation.type}>(${this.#text(operation.operand)})`;
      case 'dot4':
        return `${operation.signed ? 'dot4I8Packed' : 'dot4U8Packed'}(${this.#text(operation.left)}, ${this.#text(operation.right)})`;
      case 'float':
        return `${operation.name}(${operation.operands.map((operand) => this.#text(operand)).join(', ')})`;
    }
  }

  #unary(operation: Operation & { op: 'unary' }): string {
    const { name, operand, type } = operation;
    if (name === 'negate')
      return type === 'f32' ? `(-${this.#text(operand)})` : `bitcast<i32>(${this.#bits(operation)})`;
    if (name === 'not') return `(${type === 'bool' ? '!' : '~'}${this.#text(operand)})`;
    return `${name}(${this.#text(operand)})`;
  }

  #binary(operation: Operation & { op: 'binary' }): string {
    const { name, left, right } = operation;
    const type = left.type;
    switch (name) {
      case 'min':
      case 'max':
        return `${name}(${this.#text(left)}, ${this.#text(right)})`;
      case '+':
      case '-':
      case '*':
        if (type === 'i32') return `bitcast<i32>(${this.#bits(operation)})`;
        break;
      case '/':
      case '%':
        return this.#quotient(name, type, left, right);
      case '<<':
        if (type === 'i32') return `bitcast<i32>(${this.#bits(operation)})`;
        return `(${this.#text(left)} << ${this.#amount(right)})`;
      case '>>':
        return `(${this.#text(left)} >> ${this.#amount(right)})`;
    }
    return `(${this.#text(left)} ${name} ${this.#text(right)})`;
  }

  #amount(amount: Operation): string {
    return amount.op === 'constant' ? this.#text(amount) : `(${this.#text(amount)} & 31u)`;
  }

  #quotient(name: '/' | '%', type: ScalarName, left: Operation, right: Operation): string {
    const [a, b] = [this.#text(left), this.#text(right)];
    const plain = type === 'f32' || (right.op === 'constant' && right.value !== 0 && right.value !== -1);
    if (plain) return `(${a} ${name} ${b})`;
    const helper = `${name === '/' ? 'divide' : 'remainder'}_${type === 'u32' ? 'u' : 'i'}` as const;
    this.#helpers.add(helper);
    return `${helper}(${a}, ${b})`;
  }

  // An i32's 32 bits as a u32: sums, differences, products and shifts are made on u32, where they wrap everywhere.
  #bits(operation: Operation): string {
    if (operation.type === 'i32') {
      if (operation.op === 'constant') return `${operation.value >>> 0}u`;
      if (operation.op === 'unary' && operation.name === 'negate')
        return `(0u - ${this.#bits(operation.operand)})`;
      if (operation.op === 'binary') {
        const { name, left, right } = operation;
        if (name === '+' || name === '-' || name === '*')
          return `(${this.#bits(left)} ${name} ${this.#bits(right)})`;
        if (name === '<<') return `(${this.#bits(left)} << ${this.#amount(right)})`;
      }
      if (operation.op === 'convert' && operation.operand.type === 'u32')
        return this.#text(operation.operand);
      return `bitcast<u32>(${this.#text(operation)})`;
    }
    return this.#text(operation);
  }
}

function endsInJump(steps: readonly Step[]): boolean {
  const last = steps.at(-1)?.step;
  return last === 'leave' || last === 'next';
}

function regionType({ type, count }: Region): string {
  return count === 1 ? type : `array<${type}, ${count}>`;
}

function zeroOf(type: ScalarName): string {
  return constantText(type, 0);
}

function constantText(type: ScalarName, value: number): string {
  switch (type) {
    case 'u32':
      return `${value >>> 0}u`;
    case 'i32':
      return value === -0x80000000 ? 'i32(-2147483648)' : `${value | 0}i`;
    case 'bool':
      return value ? 'true' : 'false';
    case 'f32':
      return Object.is(value, -0) ? '-0.0f' : `${value}f`;
  }
}
