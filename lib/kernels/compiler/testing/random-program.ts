import { Random } from './random.ts';

/** What a generated program may contain. The fuzz test counts each, and fails where one never came up. */
export const features = [
  'struct', 'struct in struct', 'array in struct', 'array of structs', 'nested array', 'array by value', 'array of vectors',
  'pointer parameter', 'pointer to part', 'pointer let', 'private pointer', 'private global', 'private array',
  'nested loop', 'zero-trip loop', 'counting down', 'doubling loop', 'i32 loop', 'break', 'continue', 'return in loop',
  'early return', 'uninitialised in loop', 'uninitialised', 'dynamic index', 'index out of range', 'negative index',
  'dynamic vector index', 'vector component assignment', 'several buffers', 'several windows', 'i32 buffer', 'vector buffer',
  'struct buffer', 'buffer out of range', 'arrayLength', 'switch', 'switch with break', 'if', 'else if', 'short circuit call',
  'short circuit read', 'call with effect', 'call', 'constant array', 'constant', 'swizzle', 'swizzle write back', 'vector operator',
  'vector and scalar', 'vector quotient', 'division', 'remainder', 'shift', 'compound assignment', 'increment', 'builtin', 'bit field', 'packed',
  'select', 'vector select', 'conversion', 'bitcast', 'i32', 'bool', 'bool vector', 'several words', 'unwritten word',
  'conditional output', 'computed output index', 'i32 output', 'alias', 'untyped constant', 'shadowing', 'ignored value',
] as const; // biome-ignore format: a list
export type Feature = (typeof features)[number];

/** A program in WGSL with buffers for it. */
export interface RandomProgram {
  seed: number;
  source: string;
  inputs: Uint32Array[];
  features: Set<Feature>;
}

type Scalar = 'u32' | 'i32' | 'bool';
type Kind =
  | { kind: 'scalar'; scalar: Scalar }
  | { kind: 'vector'; scalar: Scalar; size: number }
  | { kind: 'array'; element: Kind; count: number }
  | { kind: 'struct'; name: string; members: { name: string; type: Kind }[] };

interface Named {
  name: string;
  type: Kind;
  writable: boolean;
  root: string;
}

interface Callable {
  name: string;
  parameters: { type: Kind; pointer?: 'function' | 'private' }[];
  result?: Kind;
  privates: Set<string>;
}

interface Buffer {
  name: string;
  element: Kind;
}

const u32: Kind = { kind: 'scalar', scalar: 'u32' };
const i32: Kind = { kind: 'scalar', scalar: 'i32' };
const bool: Kind = { kind: 'scalar', scalar: 'bool' };

/** Generates a program of the accepted language. */
export function randomProgram(seed: number): RandomProgram {
  return new Generator(seed).run();
}

class Generator {
  readonly #random: Random;
  readonly #seed: number;
  readonly #features = new Set<Feature>();
  readonly #structs: Extract<Kind, { kind: 'struct' }>[] = [];
  readonly #buffers: Buffer[] = [];
  readonly #privates: Named[] = [];
  readonly #constants: Named[] = [];
  readonly #callables: Callable[] = [];
  readonly #top: string[] = [];
  #scope: Named[] = [];
  #names = 0;
  #indent = 1;
  #lines: string[] = [];
  #loops = 0;
  #budget = 0;
  #result: Kind | undefined;
  #inMain = false;
  #usedPrivates = new Set<string>();
  #wordsPerElement = 1;
  #outputType: 'u32' | 'i32' = 'u32';

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = new Random(seed);
  }

  run(): RandomProgram {
    const random = this.#random;
    this.#declareStructs();
    const count = 1 + random.below(3);
    for (let index = 0; index < count; index++) this.#declareBuffer(index);
    if (count > 1) this.#see('several buffers');
    this.#outputType = random.chance(0.25) ? 'i32' : 'u32';
    if (this.#outputType === 'i32') this.#see('i32 output');
    this.#wordsPerElement = random.chance(0.4) ? 1 : 2 + random.below(3);
    if (this.#wordsPerElement > 1) this.#see('several words');
    this.#top.push(
      `@group(0) @binding(${count}) var<storage, read_write> output: array<${this.#outputType}>;`,
    );
    this.#declareConstants();
    for (let index = random.below(3); index > 0; index--) this.#declarePrivate();
    for (let index = 1 + random.below(3); index > 0; index--) this.#function();
    this.#main();
    return {
      seed: this.#seed,
      source: `${this.#top.join('\n')}\n`,
      inputs: this.#buffers.map(() => this.#bufferWords()),
      features: this.#features,
    };
  }

  #see(feature: Feature): void {
    this.#features.add(feature);
  }

  #name(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }

  #line(text: string): void {
    this.#lines.push('  '.repeat(this.#indent) + text);
  }

  #bufferWords(): Uint32Array {
    const random = this.#random;
    const length = 16 + random.below(300);
    if (length > 64) this.#see('several windows');
    return Uint32Array.from({ length }, () => random.edge());
  }

  #declareStructs(): void {
    const random = this.#random;
    for (let index = 1 + random.below(3); index > 0; index--) {
      const members = Array.from({ length: 1 + random.below(3) }, (_, at) => {
        const roll = random.below(10);
        const [inner] = this.#structs;
        if (roll < 2 && inner) {
          this.#see('struct in struct');
          return { name: `m${at}`, type: inner };
        }
        if (roll < 4) {
          this.#see('array in struct');
          return { name: `m${at}`, type: this.#arrayOf(this.#plain()) };
        }
        return { name: `m${at}`, type: this.#plain() };
      });
      const name = this.#name('S');
      this.#structs.push({ kind: 'struct', name, members });
      this.#see('struct');
      this.#top.push(
        `struct ${name} {\n${members.map((member) => `  ${member.name}: ${typeText(member.type)},`).join('\n')}\n}`,
      );
    }
  }

  #declareBuffer(index: number): void {
    const random = this.#random;
    const roll = random.below(10);
    let element: Kind = u32;
    if (roll === 3 || roll === 4) element = i32;
    else if (roll === 5 || roll === 6)
      element = { kind: 'vector', scalar: random.pick(['u32', 'i32']), size: 2 + random.below(3) };
    else if (roll >= 7) {
      const host = this.#structs.find((struct) => !hasBool(struct));
      if (host) element = host;
    }
    if (element === i32) this.#see('i32 buffer');
    if (element.kind === 'vector') this.#see('vector buffer');
    if (element.kind === 'struct') this.#see('struct buffer');
    const name = `in_${index}`;
    this.#buffers.push({ name, element });
    this.#top.push(`@group(0) @binding(${index}) var<storage, read> ${name}: array<${typeText(element)}>;`);
  }

  #declareConstants(): void {
    const random = this.#random;
    for (let index = 1 + random.below(3); index > 0; index--) {
      const name = this.#name('C');
      if (random.chance(0.5)) {
        this.#see('constant array');
        const count = 2 + random.below(6);
        const scalar = random.pick(['u32', 'i32'] as const);
        const values = Array.from({ length: count }, () => this.#literal(scalar)).join(', ');
        this.#top.push(`const ${name} = array<${scalar}, ${count}>(${values});`);
        this.#constants.push({
          name,
          type: { kind: 'array', element: { kind: 'scalar', scalar }, count },
          writable: false,
          root: name,
        });
      } else {
        this.#see('constant');
        const type = this.#plain();
        this.#top.push(`const ${name}: ${typeText(type)} = ${this.#literalOf(type)};`);
        this.#constants.push({ name, type, writable: false, root: name });
      }
    }
    if (random.chance(0.3)) {
      this.#see('alias');
      this.#top.push('alias Word = u32;');
    }
  }

  #declarePrivate(): void {
    const name = this.#name('g');
    const type = this.#random.chance(0.3) ? this.#any() : this.#plain();
    if (type.kind === 'array') this.#see('private array');
    const value =
      type.kind !== 'array' && type.kind !== 'struct' && this.#random.chance(0.6)
        ? ` = ${this.#literalOf(type)}`
        : '';
    this.#see('private global');
    this.#top.push(`var<private> ${name}: ${typeText(type)}${value};`);
    this.#privates.push({ name, type, writable: true, root: name });
  }

  #function(): void {
    const random = this.#random;
    const name = this.#name('fun');
    this.#usedPrivates = new Set();
    const parameters = Array.from({ length: random.below(4) }, () => {
      const type = random.chance(0.4) ? this.#any() : this.#plain();
      return {
        type,
        pointer: random.chance(0.4)
          ? this.#privates.length > 0 && random.chance(0.4)
            ? ('private' as const)
            : ('function' as const)
          : undefined,
      };
    });
    const named = parameters.map(({ type, pointer }): Named & { parameter: string } => {
      const parameter = this.#name('p');
      if (pointer) this.#see('pointer parameter');
      return {
        name: pointer ? `(*${parameter})` : parameter,
        type,
        writable: pointer !== undefined,
        root: parameter,
        parameter,
      };
    });
    this.#result = random.chance(0.85) ? (random.chance(0.3) ? this.#any() : this.#plain()) : undefined;
    const result = this.#result;
    this.#inMain = false;
    this.#budget = 5;
    const body = this.#body(named, () => {
      if (result) this.#line(`return ${this.#expression(result, 2)};`);
    });
    const list = parameters.map(({ type, pointer }, index) => {
      const text = pointer ? `ptr<${pointer}, ${typeText(type)}>` : typeText(type);
      return `${named[index]?.parameter}: ${text}`;
    });
    this.#top.push(
      `fn ${name}(${list.join(', ')})${result ? ` -> ${typeText(result)}` : ''} {\n${body.join('\n')}\n}`,
    );
    this.#callables.push({ name, parameters, result, privates: this.#usedPrivates });
  }

  #main(): void {
    this.#result = undefined;
    this.#inMain = true;
    this.#budget = 12;
    this.#usedPrivates = new Set();
    const id: Named = { name: 'id', type: u32, writable: false, root: 'id' };
    const body = this.#body([id], () => this.#outputs());
    this.#top.push(
      `@compute @workgroup_size(64)\nfn main(@builtin(global_invocation_id) gid: vec3<u32>) {\n  let id = gid.x;\n${body.join('\n')}\n}`,
    );
  }

  #outputs(): void {
    const random = this.#random;
    const words = this.#wordsPerElement;
    const type: Kind = { kind: 'scalar', scalar: this.#outputType };
    const index = (word: string) => {
      if (words === 1) return 'id';
      return random.chance(0.5) ? `${words}u * id + ${word}` : `${word} + id * ${words}u`;
    };
    for (let word = 0; word < words; word++) {
      const roll = random.below(12);
      if (roll === 0 && words > 1) this.#see('unwritten word');
      else if (roll === 1) {
        this.#see('conditional output');
        this.#line(`if (${this.#expression(bool, 2)}) {`);
        this.#line(`  output[${index(`${word}u`)}] = ${this.#expression(type, 3)};`);
        this.#line('}');
      } else if (roll === 2 && words > 1) {
        this.#see('computed output index');
        this.#line(
          `output[${index(`(${this.#runtime('u32')} % ${words}u)`)}] = ${this.#expression(type, 3)};`,
        );
      } else this.#line(`output[${index(`${word}u`)}] = ${this.#digest(type)};`);
    }
  }

  // A value in which every variable of the scope takes part, so that no wrong one stays unseen.
  #digest(type: Kind): string {
    const scalar = type.kind === 'scalar' ? type.scalar : 'u32';
    const terms = this.#scope
      .filter(() => this.#random.chance(0.7))
      .slice(-8)
      .map((named) => this.#leafOf(named, scalar))
      .filter((term) => term !== undefined);
    return [...terms, this.#expression(type, 3)].reduce((left, right, index) =>
      index % 3 === 2
        ? `((${left} * ${scalar === 'u32' ? '31u' : '31'}) ^ ${right})`
        : `(${left} + ${right})`,
    );
  }

  #body(scope: Named[], end: () => void): string[] {
    const outer = { scope: this.#scope, lines: this.#lines, indent: this.#indent, loops: this.#loops };
    this.#scope = [...scope];
    this.#lines = [];
    this.#indent = 1;
    this.#loops = 0;
    // Something of each kind to work on.
    for (const type of [u32, i32, this.#any(), this.#any()]) this.#declare(type);
    while (this.#budget > 0) this.#statement();
    end();
    const lines = this.#lines;
    this.#scope = outer.scope;
    this.#lines = outer.lines;
    this.#indent = outer.indent;
    this.#loops = outer.loops;
    return lines;
  }

  #block(body: () => void): void {
    const scope = this.#scope;
    this.#scope = [...scope];
    this.#indent++;
    body();
    this.#indent--;
    this.#scope = scope;
  }

  #some(): void {
    for (let index = 1 + this.#random.below(2); index > 0; index--) this.#statement();
  }

  #statement(): void {
    this.#budget--;
    const random = this.#random;
    // With the budget spent only what does not nest.
    const roll = random.below(this.#budget > 0 ? 100 : 52);
    if (roll < 14) this.#declare(random.chance(0.5) ? this.#plain() : this.#any());
    else if (roll < 22) this.#let();
    else if (roll < 52) this.#assign();
    else if (roll < 62) this.#if();
    else if (roll < 72) this.#for();
    else if (roll < 78) this.#switch();
    else if (roll < 86) this.#callStatement();
    else if (roll < 90) this.#pointerLet();
    else if (roll < 95) this.#jump();
    else if (roll < 97) {
      this.#line('{');
      this.#block(() => {
        const [shadowed] = this.#scope.filter((named) => /^v\d+$/.test(named.name));
        if (shadowed) {
          this.#see('shadowing');
          this.#line(`var ${shadowed.name}: u32 = ${this.#expression(u32, 1)};`);
          this.#scope = this.#scope.filter((named) => named.root !== shadowed.root);
          this.#scope.push({ name: shadowed.name, type: u32, writable: true, root: shadowed.name });
        }
        this.#some();
      });
      this.#line('}');
    } else {
      this.#see('ignored value');
      this.#line(`_ = ${this.#expression(this.#plain(), 2)};`);
    }
  }

  #declare(type: Kind): void {
    const random = this.#random;
    const name = this.#name('v');
    const bare = random.chance(0.35);
    if (bare) {
      this.#see('uninitialised');
      if (this.#loops > 0) this.#see('uninitialised in loop');
      this.#line(`var ${name}: ${typeText(type)};`);
    } else if (random.chance(0.5))
      this.#line(`var ${name}: ${typeText(type)} = ${this.#expression(type, 3)};`);
    else this.#line(`var ${name} = ${this.#expression(type, 3)};`);
    this.#scope.push({ name, type, writable: true, root: name });
  }

  #let(): void {
    const type = this.#random.chance(0.6) ? this.#plain() : this.#any();
    const name = this.#name('k');
    this.#line(`let ${name} = ${this.#expression(type, 3)};`);
    this.#scope.push({ name, type, writable: false, root: name });
  }

  #assign(): void {
    const random = this.#random;
    const target = this.#target();
    if (!target) return;
    const { text, type } = target;
    const integer = (type.kind === 'scalar' || type.kind === 'vector') && type.scalar !== 'bool';
    if (integer && random.chance(0.35)) {
      this.#see('compound assignment');
      const operator = random.pick(['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>']);
      if (type.kind === 'vector' && (operator === '/' || operator === '%')) this.#see('vector quotient');
      this.#line(`${text} ${operator}= ${this.#operand(operator, type, 2)};`);
    } else if (integer && type.kind === 'scalar' && random.chance(0.2)) {
      this.#see('increment');
      this.#line(`${text}${random.pick(['++', '--'])};`);
    } else if (type.kind === 'vector' && random.chance(0.3)) {
      this.#see('swizzle write back');
      this.#line(`${text} = ${text}.${this.#swizzle(type.size, type.size)};`);
    } else this.#line(`${text} = ${this.#expression(type, 3)};`);
  }

  // Something that can be assigned: a variable or a part of one.
  #target(): { text: string; type: Kind; root: string } | undefined {
    const candidates = this.#visible().filter((named) => named.writable);
    if (candidates.length === 0) return undefined;
    const named = this.#random.pick(candidates);
    this.#touch(named);
    const { text, type } = this.#part(named.name, named.type, true);
    return { text, type, root: named.root };
  }

  #visible(): Named[] {
    return [...this.#scope, ...this.#privates];
  }

  #touch(named: Named): void {
    if (this.#privates.includes(named)) this.#usedPrivates.add(named.name);
  }

  // Descends into a value at random.
  #part(text: string, type: Kind, writing: boolean): { text: string; type: Kind } {
    const random = this.#random;
    if (random.chance(0.25)) return { text, type };
    if (type.kind === 'struct') {
      const member = random.pick(type.members);
      return this.#part(`${text}.${member.name}`, member.type, writing);
    }
    if (type.kind === 'array')
      return this.#part(`${text}[${this.#index(type.count)}]`, type.element, writing);
    if (type.kind === 'vector') {
      const element: Kind = { kind: 'scalar', scalar: type.scalar };
      if (random.chance(0.3)) {
        this.#see('dynamic vector index');
        return { text: `${text}[${this.#dynamicIndex()}]`, type: element };
      }
      if (writing) this.#see('vector component assignment');
      return { text: `${text}.${random.pick(['x', 'y', 'z', 'w'].slice(0, type.size))}`, type: element };
    }
    return { text, type };
  }

  #index(count: number): string {
    if (this.#random.chance(0.3)) return `${this.#random.below(count)}`;
    return this.#dynamicIndex(count);
  }

  #dynamicIndex(count = 4): string {
    this.#see('dynamic index');
    const random = this.#random;
    if (random.chance(0.5)) return `(${this.#runtime('u32')} % ${count}u)`;
    this.#see('index out of range');
    if (random.chance(0.3)) {
      this.#see('negative index');
      return `(${this.#runtime('i32')} - 3i)`;
    }
    return `(${this.#runtime('u32')} % ${count + 3}u)`;
  }

  #if(): void {
    this.#see('if');
    this.#line(`if (${this.#expression(bool, 3)}) {`);
    this.#block(() => this.#some());
    if (this.#random.chance(0.4)) {
      this.#see('else if');
      this.#line(`} else if (${this.#expression(bool, 2)}) {`);
      this.#block(() => this.#some());
    }
    if (this.#random.chance(0.5)) {
      this.#line('} else {');
      this.#block(() => this.#some());
    }
    this.#line('}');
  }

  #for(): void {
    if (this.#loops >= 2) return;
    const random = this.#random;
    const i = this.#name('n');
    const trips = random.below(5);
    const heads: [string, Kind][] = [
      [`var ${i} = 0u; ${i} < ${trips}u; ${i}++`, u32],
      [`var ${i} = ${trips}u; ${i} > 0u; ${i}--`, u32],
      [`var ${i} = -2; ${i} <= ${trips - 2}; ${i} += 2`, i32],
      [`var ${i}: u32 = 1; ${i} < ${2 ** trips}u; ${i} = ${i} << 1u`, u32],
      [
        `var ${i} = ${this.#runtime('u32')} & 3u; ${i} < ${trips}u && ${this.#expression(bool, 1)}; ${i} += 1u`,
        u32,
      ],
      [`var ${i} = 0u; ${i} != ${trips * 3}u; ${i} += 3u`, u32],
      [`var ${i} = 0u; ${i} < min(${this.#runtime('u32')}, ${trips}u); ${i}++`, u32],
    ];
    const at = random.below(heads.length);
    const [head, type] = heads[at] ?? heads[0] ?? ['', u32];
    if (trips === 0 && at < 2) this.#see('zero-trip loop');
    if (at === 1) this.#see('counting down');
    if (at === 2) this.#see('i32 loop');
    if (at === 3) this.#see('doubling loop');
    if (this.#loops > 0) this.#see('nested loop');
    this.#line(`for (${head}) {`);
    this.#loops++;
    this.#block(() => {
      this.#scope.push({ name: i, type, writable: false, root: i });
      this.#some();
      if (random.chance(0.4)) this.#jumpIf(random.chance(0.5) ? 'break' : 'continue');
      if (random.chance(0.6)) this.#some();
    });
    this.#loops--;
    this.#line('}');
  }

  #jumpIf(jump: 'break' | 'continue'): void {
    this.#see(jump);
    this.#line(`if (${this.#expression(bool, 2)}) {`);
    this.#line(`  ${jump};`);
    this.#line('}');
  }

  #jump(): void {
    if (this.#loops > 0 && this.#random.chance(0.6))
      this.#jumpIf(this.#random.chance(0.5) ? 'break' : 'continue');
    else {
      this.#see('early return');
      if (this.#loops > 0) this.#see('return in loop');
      this.#line(`if (${this.#expression(bool, 1)} && ${this.#runtime('u32')} % 5u == 0u) {`);
      this.#indent++;
      if (this.#inMain) this.#outputs();
      this.#line(this.#result ? `return ${this.#expression(this.#result, 2)};` : 'return;');
      this.#indent--;
      this.#line('}');
    }
  }

  #switch(): void {
    const random = this.#random;
    this.#see('switch');
    const scalar = random.pick(['u32', 'i32'] as const);
    const suffix = scalar === 'u32' ? 'u' : '';
    this.#line(
      `switch (${this.#expression({ kind: 'scalar', scalar }, 2)} % ${scalar === 'u32' ? '6u' : '6'}) {`,
    );
    const clauses = ['0', '1, 3', random.chance(0.5) ? '2' : '2, default'];
    if (!clauses[2]?.includes('default')) clauses.splice(random.below(4), 0, '');
    const loops = this.#loops;
    for (const clause of clauses) {
      this.#line(clause === '' ? 'default {' : `case ${clause.replace(/\d/g, (digit) => digit + suffix)}: {`);
      this.#block(() => {
        this.#some();
        if (random.chance(0.4)) {
          this.#see('switch with break');
          this.#line(`if (${this.#expression(bool, 1)}) {`);
          this.#line('  break;');
          this.#line('}');
          this.#some();
        }
      });
      this.#line('}');
    }
    this.#loops = loops;
    this.#line('}');
  }

  #callStatement(): void {
    const callable = this.#callables.length > 0 ? this.#random.pick(this.#callables) : undefined;
    const call = callable && this.#call(callable, 2);
    if (!call || !callable) return;
    if (callable.result) this.#line(`_ = ${call};`);
    else this.#line(`${call};`);
  }

  #pointerLet(): void {
    const target = this.#target();
    if (!target || /\.[xyzw]$/.test(target.text) || target.text.endsWith(']')) return;
    this.#see('pointer let');
    const name = this.#name('q');
    this.#line(`let ${name} = &${target.text};`);
    this.#line(`*${name} = ${this.#expression(target.type, 2)};`);
    this.#scope.push({ name: `(*${name})`, type: target.type, writable: true, root: target.root });
  }

  #call(callable: Callable, depth: number): string | undefined {
    this.#see('call');
    const roots = new Set<string>();
    const values: string[] = [];
    for (const { type, pointer } of callable.parameters) {
      if (!pointer) {
        values.push(this.#expression(type, depth - 1));
        continue;
      }
      const owned = pointer === 'private' ? this.#privates : this.#scope;
      const candidates = owned.filter(
        (named) =>
          named.writable &&
          !roots.has(named.root) &&
          !callable.privates.has(named.name) &&
          !named.name.startsWith('(*') &&
          find(named.type, type) !== undefined,
      );
      if (candidates.length === 0) return undefined;
      const named = this.#random.pick(candidates);
      const path = find(named.type, type) ?? '';
      if (this.#privates.some((global) => global.root === named.root) !== (pointer === 'private'))
        return undefined;
      if (path !== '') this.#see('pointer to part');
      if (pointer === 'private') this.#see('private pointer');
      this.#touch(named);
      roots.add(named.root);
      this.#see('call with effect');
      values.push(`&${named.name}${path}`);
    }
    for (const name of callable.privates) this.#usedPrivates.add(name);
    return `${callable.name}(${values.join(', ')})`;
  }

  // Types.

  #plain(): Kind {
    const random = this.#random;
    const scalar = random.pick(['u32', 'u32', 'u32', 'i32', 'i32', 'bool'] as const);
    return random.chance(0.65)
      ? { kind: 'scalar', scalar }
      : { kind: 'vector', scalar, size: 2 + random.below(3) };
  }

  #any(): Kind {
    const random = this.#random;
    const roll = random.below(10);
    if (roll < 3) return random.pick(this.#structs.length > 0 ? this.#structs : [u32]);
    if (roll < 7) {
      const element = random.chance(0.25) ? random.pick(this.#structs) : this.#plain();
      if (element.kind === 'struct') this.#see('array of structs');
      if (element.kind === 'vector') this.#see('array of vectors');
      const array = this.#arrayOf(element);
      if (random.chance(0.2)) {
        this.#see('nested array');
        return this.#arrayOf(array, 2);
      }
      return array;
    }
    return this.#plain();
  }

  #arrayOf(element: Kind, most = 4): Kind {
    return { kind: 'array', element, count: 1 + this.#random.below(most) };
  }

  // Expressions. None is a constant expression that WGSL refuses: what could divide by zero, shift too far or index past
  // an end is computed from something known only at run time.

  #literal(scalar: Scalar): string {
    const random = this.#random;
    if (scalar === 'bool') return random.pick(['true', 'false']);
    const word = random.edge();
    if (scalar === 'u32') return random.chance(0.1) ? `0x${word.toString(16)}u` : `${word}u`;
    const value = word | 0;
    return value === -0x80000000 ? 'i32(-2147483648)' : `${value < 0 ? `(${value}i)` : `${value}i`}`;
  }

  #literalOf(type: Kind): string {
    switch (type.kind) {
      case 'scalar':
        return this.#literal(type.scalar);
      case 'vector':
        return `vec${type.size}<${type.scalar}>(${Array.from({ length: type.size }, () => this.#literal(type.scalar)).join(', ')})`;
      case 'array':
        return `${typeText(type)}(${Array.from({ length: type.count }, () => this.#literalOf(type.element)).join(', ')})`;
      case 'struct':
        return `${type.name}(${type.members.map((member) => this.#literalOf(member.type)).join(', ')})`;
    }
  }

  /** A scalar that is no constant expression. */
  #runtime(scalar: Scalar): string {
    const random = this.#random;
    const own = this.#scope.filter((named) => !this.#constants.includes(named));
    for (let attempt = 0; attempt < 4 && own.length > 0; attempt++) {
      const leaf = this.#leafOf(random.pick(own), scalar);
      if (leaf !== undefined) return leaf;
    }
    const leaf = this.#bufferLeaf('u32');
    if (scalar === 'u32') return leaf;
    return scalar === 'i32' ? `i32(${leaf})` : `(${leaf} % 3u == 0u)`;
  }

  // A scalar of a variable, if it has one of that type.
  #leafOf(named: Named, scalar: Scalar): string | undefined {
    let { name: text, type } = named;
    this.#touch(named);
    for (;;) {
      if (type.kind === 'scalar')
        return type.scalar === scalar ? text : this.#cast(text, type.scalar, scalar);
      if (type.kind === 'vector') {
        const component = `${text}.${this.#random.pick(['x', 'y', 'z', 'w'].slice(0, type.size))}`;
        return type.scalar === scalar ? component : this.#cast(component, type.scalar, scalar);
      }
      if (type.kind === 'array') {
        text = `${text}[${this.#random.below(type.count)}]`;
        type = type.element;
      } else {
        const member = this.#random.pick(type.members);
        text = `${text}.${member.name}`;
        type = member.type;
      }
    }
  }

  #cast(text: string, from: Scalar, to: Scalar): string {
    this.#see('conversion');
    if (from !== 'bool' && to !== 'bool' && this.#random.chance(0.3)) {
      this.#see('bitcast');
      return `bitcast<${to}>(${text})`;
    }
    return `${to}(${text})`;
  }

  #bufferLeaf(scalar: Scalar): string {
    const random = this.#random;
    const { name, element } = random.pick(this.#buffers);
    const roll = random.below(10);
    let index = 'id';
    if (!this.#scope.some((named) => named.name === 'id')) index = `${random.below(40)}u`;
    if (roll < 3) index = `${random.below(60)}u`;
    else if (roll < 6) {
      const candidates = this.#scope.filter(
        (named) => named.type.kind === 'scalar' && named.type.scalar === 'u32',
      );
      if (candidates.length > 0) {
        index = random.chance(0.6) ? `(${random.pick(candidates).name} % 97u)` : random.pick(candidates).name;
        this.#see('buffer out of range');
      }
    } else if (roll < 7) {
      this.#see('arrayLength');
      index = `(arrayLength(&${name}) - ${1 + random.below(3)}u)`;
    }
    let text = `${name}[${index}]`;
    let type = element;
    for (;;) {
      if (type.kind === 'scalar')
        return type.scalar === scalar ? text : this.#cast(text, type.scalar, scalar);
      if (type.kind === 'vector') {
        text = `${text}.${random.pick(['x', 'y', 'z', 'w'].slice(0, type.size))}`;
        type = { kind: 'scalar', scalar: type.scalar };
      } else if (type.kind === 'array') {
        text = `${text}[${this.#index(type.count)}]`;
        type = type.element;
      } else {
        const member = random.pick(type.members);
        text = `${text}.${member.name}`;
        type = member.type;
      }
    }
  }

  #expression(type: Kind, depth: number): string {
    switch (type.kind) {
      case 'array':
      case 'struct':
        return this.#aggregate(type, depth);
      case 'scalar':
        if (type.scalar === 'bool') this.#see('bool');
        if (type.scalar === 'i32') this.#see('i32');
        return type.scalar === 'bool' ? this.#truth(depth) : this.#number(type, depth);
      case 'vector':
        if (type.scalar === 'bool') this.#see('bool vector');
        return this.#vector(type, depth);
    }
  }

  #aggregate(type: Extract<Kind, { kind: 'array' | 'struct' }>, depth: number): string {
    const random = this.#random;
    const fitting = this.#visible().flatMap((named) => {
      const path = find(named.type, type);
      return path === undefined ? [] : [{ named, path }];
    });
    if (fitting.length > 0 && random.chance(0.5)) {
      const { named, path } = random.pick(fitting);
      this.#touch(named);
      if (type.kind === 'array') this.#see('array by value');
      return `${named.name}${path}`;
    }
    const callables = this.#callables.filter(
      (callable) => callable.result && typeText(callable.result) === typeText(type),
    );
    if (callables.length > 0 && depth > 0 && random.chance(0.4)) {
      const call = this.#call(random.pick(callables), depth);
      if (call !== undefined) return call;
    }
    if (random.chance(0.15)) return `${typeText(type)}()`;
    const inner =
      type.kind === 'array'
        ? Array.from({ length: type.count }, () => type.element)
        : type.members.map((member) => member.type);
    return `${typeText(type)}(${inner.map((part) => this.#expression(part, Math.min(depth - 1, 1))).join(', ')})`;
  }

  #leaf(type: Extract<Kind, { kind: 'scalar' | 'vector' }>): string {
    const random = this.#random;
    if (type.kind === 'vector') {
      const fitting = this.#visible().filter((named) => typeText(named.type) === typeText(type));
      if (fitting.length > 0 && random.chance(0.7)) {
        const named = random.pick(fitting);
        this.#touch(named);
        return named.name;
      }
      return this.#literalOf(type);
    }
    const roll = random.below(10);
    if (roll < 2) return this.#literal(type.scalar);
    if (roll < 4) return this.#bufferLeaf(type.scalar);
    if (roll < 5 && this.#constants.length > 0) {
      const constant = random.pick(this.#constants);
      if (constant.type.kind !== 'array')
        return this.#leafOf(constant, type.scalar) ?? this.#literal(type.scalar);
      const entry = `${constant.name}[${this.#index(constant.type.count)}]`;
      const { element } = constant.type;
      return element.kind === 'scalar' && element.scalar !== type.scalar
        ? this.#cast(entry, element.scalar, type.scalar)
        : entry;
    }
    return this.#runtime(type.scalar);
  }

  // The right side of an operator on that type.
  #operand(operator: string, type: Extract<Kind, { kind: 'scalar' | 'vector' }>, depth: number): string {
    const amounts: Extract<Kind, { kind: 'scalar' | 'vector' }> = { ...type, scalar: 'u32' };
    const spread = (text: string, scalar: Scalar) =>
      type.kind === 'vector' ? `vec${type.size}<${scalar}>(${text})` : text;
    if (operator === '<<' || operator === '>>') {
      this.#see('shift');
      if (this.#random.chance(0.4)) return spread(`${this.#random.below(32)}u`, 'u32');
      return spread(this.#runtime('u32'), amounts.scalar);
    }
    if (operator === '/' || operator === '%') {
      this.#see(operator === '/' ? 'division' : 'remainder');
      if (this.#random.chance(0.3))
        return spread(`${1 + this.#random.below(300)}${type.scalar === 'u32' ? 'u' : 'i'}`, type.scalar);
      return spread(this.#runtime(type.scalar), type.scalar);
    }
    return this.#expression(type, depth);
  }

  #number(type: Extract<Kind, { kind: 'scalar' }>, depth: number): string {
    const random = this.#random;
    if (depth <= 0) return this.#leaf(type);
    const { scalar } = type;
    const other = scalar === 'u32' ? 'i32' : 'u32';
    const sub = () => this.#expression(type, depth - 1);
    const vector: Kind = { kind: 'vector', scalar, size: 2 + random.below(3) };
    switch (random.below(20)) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4: {
        const operator = random.pick(['+', '-', '*', '&', '|', '^']);
        return `(${sub()} ${operator} ${sub()})`;
      }
      case 5:
      case 6: {
        const operator = random.pick(['/', '%', '<<', '>>']);
        return `((${this.#runtime(scalar)} ^ ${sub()}) ${operator} ${this.#operand(operator, type, depth - 1)})`;
      }
      case 7:
        return scalar === 'i32' ? `(-${sub()})` : `(~${sub()})`;
      case 8: {
        this.#see('builtin');
        const name = random.pick([
          'abs',
          'sign',
          'countOneBits',
          'countLeadingZeros',
          'countTrailingZeros',
          'firstLeadingBit',
          'firstTrailingBit',
          'reverseBits',
        ]);
        return name === 'sign' && scalar === 'u32' ? `abs(${sub()})` : `${name}(${sub()})`;
      }
      case 9:
        this.#see('builtin');
        return `${random.pick(['min', 'max'])}(${sub()}, ${sub()})`;
      case 10:
        this.#see('builtin');
        return `min(max(${sub()}, ${this.#runtime(scalar)}), ${this.#runtime(scalar)})`;
      case 11:
        this.#see('select');
        return `select(${sub()}, ${sub()}, ${this.#expression(bool, depth - 1)})`;
      case 12:
        return this.#cast(this.#expression({ kind: 'scalar', scalar: other }, depth - 1), other, scalar);
      case 13:
        this.#see('bit field');
        if (random.chance(0.5))
          return `extractBits(${this.#runtime(scalar)}, ${this.#runtime('u32')} % 40u, ${this.#runtime('u32')} % 40u)`;
        return `insertBits(${this.#runtime(scalar)}, ${sub()}, ${this.#runtime('u32')} % 40u, ${this.#runtime('u32')} % 40u)`;
      case 14:
        this.#see('packed');
        if (random.chance(0.5)) {
          return scalar === 'u32'
            ? `dot4U8Packed(${this.#expression(u32, depth - 1)}, ${this.#expression(u32, depth - 1)})`
            : `dot4I8Packed(${this.#expression(u32, depth - 1)}, ${this.#expression(u32, depth - 1)})`;
        }
        if (scalar === 'i32')
          return `unpack4xI8(${this.#expression(u32, depth - 1)}).${random.pick(['x', 'y', 'z', 'w'])}`;
        return `${random.pick(['pack4xU8', 'pack4xU8Clamp'])}(${this.#expression({ kind: 'vector', scalar: 'u32', size: 4 }, depth - 1)})`;
      case 15:
        this.#see('builtin');
        return `dot(${this.#expression(vector, depth - 1)}, ${this.#expression(vector, depth - 1)})`;
      case 16:
        this.#see('untyped constant');
        return `(${this.#runtime(scalar)} + ${random.below(100)})`;
      case 17:
      case 18: {
        const callables = this.#callables.filter(
          (callable) => callable.result?.kind === 'scalar' && callable.result.scalar === scalar,
        );
        const call = callables.length > 0 ? this.#call(random.pick(callables), depth - 1) : undefined;
        return call ?? this.#leaf(type);
      }
      default:
        return this.#leaf(type);
    }
  }

  #truth(depth: number): string {
    const random = this.#random;
    if (depth <= 0) return this.#runtime('bool');
    const number: Kind = random.chance(0.5) ? u32 : i32;
    switch (random.below(10)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return `(${this.#expression(number, depth - 1)} ${random.pick(['==', '!=', '<', '<=', '>', '>='])} ${this.#expression(number, depth - 1)})`;
      case 4:
        return `(!${this.#truth(depth - 1)})`;
      case 5: {
        const right = random.chance(0.4)
          ? (this.#callTest(depth - 1) ?? this.#truth(depth - 1))
          : this.#truth(depth - 1);
        if (/\bfun\d+\(/.test(right)) this.#see('short circuit call');
        if (/\bin_\d/.test(right)) this.#see('short circuit read');
        return `(${this.#truth(depth - 1)} ${random.pick(['&&', '||'])} ${right})`;
      }
      case 6:
        return `(${this.#truth(depth - 1)} ${random.pick(['&', '|', '==', '!='])} ${this.#truth(depth - 1)})`;
      case 7:
        return `${random.pick(['all', 'any'])}(${this.#expression({ kind: 'vector', scalar: 'bool', size: 2 + random.below(3) }, depth - 1)})`;
      default: {
        const callables = this.#callables.filter(
          (callable) => callable.result?.kind === 'scalar' && callable.result.scalar === 'bool',
        );
        const call =
          callables.length > 0 && random.chance(0.6)
            ? this.#call(random.pick(callables), depth - 1)
            : undefined;
        return call ?? this.#leaf({ kind: 'scalar', scalar: 'bool' });
      }
    }
  }

  #callTest(depth: number): string | undefined {
    const callables = this.#callables.filter(
      (callable) => callable.result?.kind === 'scalar' && callable.result.scalar !== 'bool',
    );
    if (callables.length === 0) return undefined;
    const callable = this.#random.pick(callables);
    const call = this.#call(callable, depth);
    return (
      call &&
      callable.result &&
      `(${call} ${this.#random.pick(['<', '!=', '>='])} ${this.#expression(callable.result, 0)})`
    );
  }

  #vector(type: Extract<Kind, { kind: 'vector' }>, depth: number): string {
    const random = this.#random;
    if (depth <= 0) return this.#leaf(type);
    const { scalar, size } = type;
    const sub = () => this.#expression(type, depth - 1);
    const element: Kind = { kind: 'scalar', scalar };
    const roll = random.below(10);
    if (roll === 0) return `vec${size}<${scalar}>(${this.#expression(element, depth - 1)})`;
    if (roll === 1) {
      const parts =
        size > 2
          ? [
              this.#expression({ kind: 'vector', scalar, size: size - 1 }, depth - 1),
              this.#expression(element, depth - 1),
            ]
          : [this.#expression(element, depth - 1), this.#expression(element, depth - 1)];
      return `vec${size}<${scalar}>(${parts.join(', ')})`;
    }
    if (roll === 2) {
      this.#see('swizzle');
      const from = 2 + random.below(3);
      return `${this.#expression({ kind: 'vector', scalar, size: from }, depth - 1)}.${this.#swizzle(from, size)}`;
    }
    if (roll === 3) {
      this.#see('vector select');
      const condition = random.chance(0.5) ? bool : ({ kind: 'vector', scalar: 'bool', size } as Kind);
      return `select(${sub()}, ${sub()}, ${this.#expression(condition, depth - 1)})`;
    }
    if (scalar === 'bool') {
      if (roll < 7) {
        const numbers: Kind = { kind: 'vector', scalar: random.pick(['u32', 'i32']), size };
        return `(${this.#expression(numbers, depth - 1)} ${random.pick(['==', '!=', '<', '<=', '>', '>='])} ${this.#expression(numbers, depth - 1)})`;
      }
      return roll === 7 ? `(!${sub()})` : `(${sub()} ${random.pick(['&', '|'])} ${sub()})`;
    }
    if (roll < 6) {
      this.#see('vector operator');
      return `(${sub()} ${random.pick(['+', '-', '*', '&', '|', '^'])} ${sub()})`;
    }
    if (roll === 6) {
      this.#see('vector and scalar');
      const operator = random.pick(['+', '-', '*']);
      return random.chance(0.5)
        ? `(${sub()} ${operator} ${this.#expression(element, depth - 1)})`
        : `(${this.#expression(element, depth - 1)} ${operator} ${sub()})`;
    }
    if (roll === 7) {
      const operator = random.pick(['/', '%', '<<', '>>']);
      const runtime = `vec${size}<${scalar}>(${this.#runtime(scalar)})`;
      if (operator === '/' || operator === '%') this.#see('vector quotient');
      return `((${runtime} ^ ${sub()}) ${operator} ${this.#operand(operator, type, depth - 1)})`;
    }
    this.#see('builtin');
    return `${random.pick(['min', 'max'])}(${sub()}, ${sub()})`;
  }

  #swizzle(from: number, size: number): string {
    const letters = (this.#random.chance(0.7) ? ['x', 'y', 'z', 'w'] : ['r', 'g', 'b', 'a']).slice(0, from);
    return Array.from({ length: size }, () => this.#random.pick(letters)).join('');
  }
}

function typeText(type: Kind): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar;
    case 'vector':
      return `vec${type.size}<${type.scalar}>`;
    case 'array':
      return `array<${typeText(type.element)}, ${type.count}>`;
    case 'struct':
      return type.name;
  }
}

function hasBool(type: Kind): boolean {
  switch (type.kind) {
    case 'scalar':
    case 'vector':
      return type.scalar === 'bool';
    case 'array':
      return hasBool(type.element);
    case 'struct':
      return type.members.some((member) => hasBool(member.type));
  }
}

/** A path with constant indices from a value to a part of the wanted type; vector components have none. */
function find(type: Kind, wanted: Kind): string | undefined {
  if (typeText(type) === typeText(wanted)) return '';
  if (type.kind === 'struct') {
    for (const member of type.members) {
      const path = find(member.type, wanted);
      if (path !== undefined) return `.${member.name}${path}`;
    }
  }
  if (type.kind === 'array') {
    const path = find(type.element, wanted);
    if (path !== undefined) return `[${type.count - 1}]${path}`;
  }
  return undefined;
}
