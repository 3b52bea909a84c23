import { ExpressionChecker, type ExpressionObserver } from './check-expression.ts';
import { checkBody, constantOf } from './check-function.ts';
import { KernelError } from './diagnostics.ts';
import { mostBuffers, mostCallDepth, mostExpanded, mostNesting } from './limits.ts';
import { checkName, type Meaning, Scope } from './scope.ts';
import type { AttributeSyntax, FunctionSyntax, GlobalSyntax, ModuleItem, StructSyntax } from './syntax.ts';
import type { CheckedFunction, CheckedModule, InputBuffer, OutputBuffer, Typed, Variable } from './typed.ts';
import { bool, i32, layoutOf, same, shownType, strideOf, type Type, u32, vectorOf } from './types.ts';

/** Checks a whole module. Gives it, or every `KernelError` found: at most one for each declaration. */
export function checkModule(items: ModuleItem[]): CheckedModule | KernelError[] {
  return new ModuleChecker(items).run();
}

type Named = Exclude<ModuleItem, { kind: 'assert' }>;

class ModuleChecker implements ExpressionObserver {
  readonly #items: ModuleItem[];
  readonly #declared = new Map<string, Named>();
  readonly #meanings = new Map<string, Meaning>();
  readonly #resolving = new Set<string>();
  readonly #functions = new Map<FunctionSyntax, CheckedFunction>();
  readonly #privates: CheckedModule['privates'] = [];
  readonly #inputs: InputBuffer[] = [];
  readonly #calls: { callee: CheckedFunction; roots: Variable[]; at: number }[] = [];
  readonly #bindings: { number: number; at: number }[] = [];
  readonly #scope: Scope;
  readonly #expressions: ExpressionChecker;
  #output: OutputBuffer | undefined;
  #floats: number | undefined;

  constructor(items: ModuleItem[]) {
    this.#items = items;
    this.#scope = new Scope((name, at) => this.#resolve(name, at));
    this.#expressions = new ExpressionChecker(this.#scope, this);
  }

  onCall(callee: CheckedFunction, roots: Variable[], at: number): void {
    this.#calls.push({ callee, roots, at });
  }

  onPrivate(): void {}

  onFloat(at: number): void {
    this.#floats = Math.min(this.#floats ?? at, at);
  }

  run(): CheckedModule | KernelError[] {
    const errors: KernelError[] = [];
    const attempt = <Result>(check: () => Result): Result | undefined => {
      try {
        return check();
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        if (!errors.some((other) => other.offset === error.offset)) errors.push(error);
        return undefined;
      }
    };
    for (const item of this.#items) attempt(() => this.#index(item));
    for (const item of this.#items) attempt(() => this.#checkItem(item));
    const main = attempt(() => this.#main());
    for (const [syntax, checked] of this.#functions) attempt(() => this.#checkFunction(syntax, checked));
    if (errors.length > 0 || !main) return errors;
    attempt(() => checkCalls(this.#functions.values(), main));
    for (const call of this.#calls) attempt(() => checkAliases(call));
    const output = this.#output;
    if (!output)
      errors.push(
        new KernelError(0, 'The kernel has no output: one "var<storage, read_write>" of array<u32>.'),
      );
    else attempt(() => this.#checkBindings());
    if (errors.length > 0 || !output) return errors;
    const inputs = [...this.#inputs].sort((a, b) => a.binding - b.binding);
    return { inputs, output, privates: this.#privates, main, floats: this.#floats };
  }

  #index(item: ModuleItem): void {
    if (item.kind === 'assert') return;
    const { name, at } = nameOf(item);
    checkName(name, at);
    if (this.#declared.has(name)) throw new KernelError(at, `"${name}" is declared twice.`);
    this.#declared.set(name, item);
  }

  #checkItem(item: ModuleItem): void {
    if (item.kind === 'assert') {
      const { type, scalars } = this.#expressions.constant(item.value);
      if (!same(type, bool))
        throw new KernelError(item.at, `const_assert needs bool, not ${shownType(type)}.`);
      if (scalars[0] !== 1) throw new KernelError(item.at, 'This const_assert does not hold.');
    } else this.#resolve(nameOf(item).name, nameOf(item).at);
  }

  // Declarations of a module may stand in any order.
  #resolve(name: string, at: number): Meaning | undefined {
    const known = this.#meanings.get(name);
    if (known) return known;
    const item = this.#declared.get(name);
    if (!item) return undefined;
    if (this.#resolving.has(name)) throw new KernelError(at, `"${name}" is declared by way of itself.`);
    if (this.#resolving.size > mostNesting / 2)
      throw new KernelError(at, 'Too many declarations hang on later ones.');
    this.#resolving.add(name);
    try {
      const meaning = this.#meaning(item);
      this.#meanings.set(name, meaning);
      return meaning;
    } finally {
      this.#resolving.delete(name);
    }
  }

  #meaning(item: Named): Meaning {
    switch (item.kind) {
      case 'const': {
        const { type, value, at } = item.declaration;
        const constant = constantOf(this.#expressions, value, type && this.#expressions.type(type), at);
        return { kind: 'constant', value: constant };
      }
      case 'alias':
        return { kind: 'type', type: this.#expressions.type(item.type) };
      case 'struct':
        return { kind: 'type', type: this.#struct(item.struct) };
      case 'global':
        return this.#global(item.global);
      case 'function':
        return { kind: 'function', function: this.#signature(item.function) };
    }
  }

  #struct({ name, members, at }: StructSyntax): Type {
    if (members.length === 0) throw new KernelError(at, `"${name}" has no members.`);
    const seen = new Set<string>();
    const checked = members.map((member) => {
      if (seen.has(member.name)) throw new KernelError(member.at, `"${member.name}" stands there already.`);
      seen.add(member.name);
      const type = this.#expressions.type(member.type);
      if (type.kind === 'buffer' || type.kind === 'pointer') {
        throw new KernelError(member.at, `A member of ${type.name} is not accepted.`);
      }
      return { name: member.name, type };
    });
    return { kind: 'struct', name, members: checked };
  }

  #global(global: GlobalSyntax): Meaning {
    const { space, access, name, at } = global;
    if (space === 'private') return this.#private(global);
    if (space === 'uniform')
      throw new KernelError(at, 'Uniforms are not accepted: put the values into a storage buffer.');
    if (space === 'workgroup')
      throw new KernelError(
        at,
        'Workgroup memory is not accepted: elements are computed apart from each other.',
      );
    if (space !== 'storage') throw new KernelError(at, `The address space "${space}" is not accepted.`);
    const type = global.type && this.#expressions.type(global.type);
    if (type?.kind !== 'buffer')
      throw new KernelError(at, `"${name}" must be an array without a length, such as array<u32>.`);
    const binding = this.#binding(global);
    if (access === 'read_write') {
      const { element } = type;
      if (!same(element, u32) && !same(element, i32))
        throw new KernelError(at, 'The output must be array<u32> or array<i32>.');
      if (this.#output) throw new KernelError(at, `There is one output, and "${this.#output.name}" is it.`);
      this.#output = { name, binding, element: same(element, u32) ? 'u32' : 'i32' };
      return { kind: 'output', buffer: this.#output };
    }
    if (access !== undefined && access !== 'read') throw new KernelError(at, `"${access}" is not accepted.`);
    const stride = strideOf(type.element);
    if (!stride || !layoutOf(type.element))
      throw new KernelError(at, `A buffer cannot hold ${type.element.name}: bool has no layout.`);
    const buffer: InputBuffer = { name, binding, type, strideWords: stride.size / 4 };
    this.#inputs.push(buffer);
    return { kind: 'input', buffer };
  }

  #binding({ attributes, at, name }: GlobalSyntax): number {
    const numberOf = (attribute: AttributeSyntax | undefined) => {
      const [value] = attribute?.values ?? [];
      return value && this.#expressions.constantInteger(value);
    };
    const unknown = attributes.find(
      (attribute) => attribute.name !== 'group' && attribute.name !== 'binding',
    );
    if (unknown) throw new KernelError(unknown.at, `@${unknown.name} is not accepted here.`);
    const group = numberOf(attributes.find((attribute) => attribute.name === 'group'));
    const binding = numberOf(attributes.find((attribute) => attribute.name === 'binding'));
    if (group !== 0 || binding === undefined)
      throw new KernelError(at, `"${name}" needs @group(0) and @binding(number).`);
    this.#bindings.push({ number: binding, at });
    return binding;
  }

  #private({ name, at, type: typeSyntax, value: syntax, attributes, access }: GlobalSyntax): Meaning {
    const [attribute] = attributes;
    if (attribute) throw new KernelError(attribute.at, `@${attribute.name} is not accepted here.`);
    if (access) throw new KernelError(at, `"${access}" is not accepted here.`);
    const type = typeSyntax && this.#expressions.type(typeSyntax);
    const value: Typed | undefined =
      syntax && (type ? this.#expressions.of(type, syntax) : this.#expressions.value(syntax));
    const found = type ?? value?.type;
    if (!found) throw new KernelError(at, `"${name}" needs a type or a value.`);
    if (found.kind === 'pointer' || found.kind === 'buffer')
      throw new KernelError(at, `A private ${found.name} is not accepted.`);
    if (value && value.kind !== 'constant')
      throw new KernelError(at, 'A private variable starts as a constant expression.');
    const variable: Variable = { name, kind: 'private', type: found };
    this.#privates.push({ variable, value });
    return { kind: 'variable', variable };
  }

  #signature(syntax: FunctionSyntax): CheckedFunction {
    const parameters = syntax.parameters.map((parameter): Variable => {
      const type = this.#expressions.type(parameter.type);
      if (type.kind === 'buffer')
        throw new KernelError(parameter.at, 'A buffer cannot be passed; read it by its name.');
      return { name: parameter.name, kind: 'parameter', type };
    });
    const result = syntax.result && this.#expressions.type(syntax.result);
    if (result?.kind === 'pointer' || result?.kind === 'buffer')
      throw new KernelError(syntax.at, 'A function cannot give that.');
    const { name, at } = syntax;
    const checked: CheckedFunction = {
      name,
      at,
      parameters,
      result,
      body: [],
      size: 1,
      callees: [],
      privates: new Set(),
    };
    this.#functions.set(syntax, checked);
    return checked;
  }

  #main(): CheckedFunction {
    const entries = this.#items.flatMap((item) =>
      item.kind === 'function' && item.function.attributes.length > 0 ? [item.function] : [],
    );
    const [syntax, second] = entries;
    if (!syntax)
      throw new KernelError(
        0,
        'The kernel has no entry point: one function with @compute @workgroup_size(64).',
      );
    if (second) throw new KernelError(second.at, 'A kernel has one entry point.');
    const compute = syntax.attributes.find((attribute) => attribute.name === 'compute');
    const size = syntax.attributes.find((attribute) => attribute.name === 'workgroup_size');
    const other = syntax.attributes.find((attribute) => attribute !== compute && attribute !== size);
    if (other) throw new KernelError(other.at, `@${other.name} is not accepted here.`);
    if (!compute || !size)
      throw new KernelError(syntax.at, 'The entry point needs @compute @workgroup_size(64).');
    const [across, ...rest] = size.values.map((value) => this.#expressions.constantInteger(value));
    if (!across || across < 1 || across > 256 || rest.length > 2 || rest.some((more) => more !== 1)) {
      throw new KernelError(size.at, 'The workgroup size must be one number, 1 to 256.');
    }
    const checked = this.#functions.get(syntax);
    if (!checked) throw new KernelError(syntax.at, 'The entry point does not stand.');
    const [parameter, extra] = syntax.parameters;
    if (extra || checked.result)
      throw new KernelError(syntax.at, 'The entry point takes global_invocation_id alone and gives nothing.');
    if (parameter) {
      const [attribute, more] = parameter.attributes;
      const [value] = attribute?.values ?? [];
      const builtin =
        attribute?.name === 'builtin' && !more && value?.kind === 'name' ? value.name : undefined;
      if (builtin !== 'global_invocation_id') {
        throw new KernelError(parameter.at, 'The only parameter accepted is @builtin(global_invocation_id).');
      }
      if (!same(checked.parameters[0]?.type ?? bool, vectorOf(u32, 3))) {
        throw new KernelError(parameter.at, 'global_invocation_id is a vec3<u32>.');
      }
    }
    return checked;
  }

  #checkFunction(syntax: FunctionSyntax, checked: CheckedFunction): void {
    const entry = syntax.attributes.length > 0;
    const scope = new Scope(this.#scope);
    for (const [index, parameter] of syntax.parameters.entries()) {
      const [attribute] = parameter.attributes;
      if (attribute && !entry)
        throw new KernelError(attribute.at, `@${attribute.name} is not accepted here.`);
      const variable = checked.parameters[index];
      if (!variable) throw new Error('A parameter was lost.');
      scope.declare(parameter.name, entry ? { kind: 'ids' } : { kind: 'variable', variable }, parameter.at);
    }
    checkBody(checked, syntax.body, scope, this);
  }

  #checkBindings(): void {
    const numbers = this.#bindings.map((binding) => binding.number).sort((a, b) => a - b);
    const wrong = numbers.findIndex((number, index) => number !== index);
    const last = numbers.length - 1;
    if (wrong >= 0) {
      const at = this.#bindings.find((binding) => binding.number === numbers[wrong])?.at ?? 0;
      throw new KernelError(at, `Bindings must be 0 to ${last}, each once.`);
    }
    if (this.#output?.binding !== last) {
      const at = this.#bindings.find((binding) => binding.number === this.#output?.binding)?.at ?? 0;
      throw new KernelError(at, `The output must have the last binding, ${last}.`);
    }
    if (last > mostBuffers)
      throw new KernelError(
        this.#bindings[mostBuffers]?.at ?? 0,
        `A kernel reads at most ${mostBuffers} buffers.`,
      );
  }
}

function nameOf(item: Named): { name: string; at: number } {
  switch (item.kind) {
    case 'const':
      return item.declaration;
    case 'alias':
      return item;
    case 'struct':
      return item.struct;
    case 'global':
      return item.global;
    case 'function':
      return item.function;
  }
}

// Calls are expanded in place, so the call graph must have no cycle, little depth and a bounded expansion.
function checkCalls(functions: Iterable<CheckedFunction>, main: CheckedFunction): void {
  const expanded = new Map<CheckedFunction, { size: number; depth: number }>();
  const open = new Set<CheckedFunction>();
  const measure = (checked: CheckedFunction): { size: number; depth: number } => {
    const known = expanded.get(checked);
    if (known) return known;
    open.add(checked);
    let size = checked.size;
    let depth = 1;
    for (const { function: callee, at } of checked.callees) {
      if (open.has(callee))
        throw new KernelError(at, `"${callee.name}" calls itself; recursion is not accepted.`);
      if (open.size > mostCallDepth)
        throw new KernelError(at, `Calls may nest at most ${mostCallDepth} deep.`);
      const inner = measure(callee);
      size += inner.size;
      depth = Math.max(depth, inner.depth + 1);
      for (const variable of callee.privates) checked.privates.add(variable);
    }
    if (depth > mostCallDepth)
      throw new KernelError(checked.at, `Calls may nest at most ${mostCallDepth} deep.`);
    if (size > mostExpanded)
      throw new KernelError(checked.at, `With every call expanded, "${checked.name}" is too large.`);
    open.delete(checked);
    const measured = { size, depth };
    expanded.set(checked, measured);
    return measured;
  };
  for (const checked of functions) {
    if (checked !== main && checked.callees.some(({ function: callee }) => callee === main)) {
      throw new KernelError(checked.at, 'The entry point cannot be called.');
    }
    measure(checked);
  }
}

// WGSL refuses a pointer to a variable that the called function also reaches by its name.
function checkAliases({
  callee,
  roots,
  at,
}: {
  callee: CheckedFunction;
  roots: Variable[];
  at: number;
}): void {
  const alias = roots.find((root) => root.kind === 'private' && callee.privates.has(root));
  if (alias)
    throw new KernelError(
      at,
      `"${callee.name}" uses "${alias.name}" by its name and gets a pointer to it too.`,
    );
}
