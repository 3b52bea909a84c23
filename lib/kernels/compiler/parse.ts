import { KernelError } from './diagnostics.ts';
import { mostNesting, mostStatements } from './limits.ts';
import type {
  ArithmeticOperator,
  AttributeSyntax,
  BinaryOperator,
  BlockSyntax,
  ClauseSyntax,
  DeclarationSyntax,
  ExpressionSyntax,
  FunctionSyntax,
  GlobalSyntax,
  ModuleItem,
  ParameterSyntax,
  StatementSyntax,
  StructSyntax,
  TypeSyntax,
  UnaryOperator,
} from './syntax.ts';
import { type Token, tokenize } from './tokens.ts';

/** Type and function names whose `<` opens a list of types. They cannot be declared anew, so a `<` has one meaning. */
export const templatedNames = new Set(['vec2', 'vec3', 'vec4', 'array', 'ptr', 'bitcast', 'atomic']);

const refused: Record<string, string> = {
  enable: 'Extensions ("enable") are not accepted.',
  requires: 'Language features ("requires") are not accepted.',
  diagnostic: 'Diagnostic filters are not accepted.',
  override: '"override" is not accepted: a kernel has no constants that change from run to run.',
};

const unbounded = 'A kernel must end on its own: write it as a "for" loop with a constant bound.';

// Loosest first; operators of one row associate to the left. WGSL lets && and || and the bit operators stand beside
// others only in parentheses; that is checked where two of them meet.
const levels: BinaryOperator[][] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Parses a module of the accepted part of WGSL. Throws `KernelError`. */
export function parse(source: string): ModuleItem[] {
  return new Parser(tokenize(source)).module();
}

class Parser {
  readonly #tokens: Token[];
  #next = 0;
  #nesting = 0;
  #statements = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  module(): ModuleItem[] {
    const items: ModuleItem[] = [];
    while (this.#peek().kind !== 'end') {
      if (this.#accept(';')) continue;
      items.push(this.#item());
    }
    return items;
  }

  #item(): ModuleItem {
    const attributes = this.#attributes();
    const token = this.#peek();
    const reason = token.kind === 'name' ? refused[token.text] : undefined;
    if (reason !== undefined && Object.hasOwn(refused, token.text))
      throw new KernelError(token.offset, reason);
    if (token.text === 'fn') return { kind: 'function', function: this.#function(attributes) };
    if (token.text === 'var') return { kind: 'global', global: this.#global(attributes) };
    const [attribute] = attributes;
    if (attribute) throw new KernelError(attribute.at, `The attribute @${attribute.name} cannot stand here.`);
    if (token.text === 'struct') return { kind: 'struct', struct: this.#struct() };
    if (token.text === 'const') {
      const declaration = this.#declaration();
      this.#expect(';');
      return { kind: 'const', declaration };
    }
    if (token.text === 'alias') {
      this.#take();
      const { text: name } = this.#name();
      this.#expect('=');
      const type = this.#type();
      this.#expect(';');
      return { kind: 'alias', at: token.offset, name, type };
    }
    if (token.text === 'const_assert') {
      this.#take();
      const value = this.#expression();
      this.#expect(';');
      return { kind: 'assert', at: token.offset, value };
    }
    throw new KernelError(token.offset, `A declaration was expected here, not ${shown(token)}.`);
  }

  #attributes(): AttributeSyntax[] {
    const attributes: AttributeSyntax[] = [];
    while (this.#peek().text === '@') {
      const at = this.#take().offset;
      const { text: name } = this.#anyName();
      const values: ExpressionSyntax[] = [];
      if (this.#accept('(')) {
        while (this.#peek().text !== ')') {
          values.push(this.#expression());
          if (!this.#accept(',')) break;
        }
        this.#expect(')');
      }
      attributes.push({ at, name, values });
    }
    return attributes;
  }

  #global(attributes: AttributeSyntax[]): GlobalSyntax {
    const at = this.#take().offset;
    if (!this.#accept('<'))
      throw new KernelError(at, 'A variable of the module must be "var<private>" or "var<storage>".');
    const { text: space } = this.#anyName();
    const access = this.#accept(',') ? this.#anyName().text : undefined;
    this.#accept(',');
    this.#expect('>');
    const { text: name } = this.#name();
    const type = this.#accept(':') ? this.#type() : undefined;
    const value = this.#accept('=') ? this.#expression() : undefined;
    this.#expect(';');
    return { at, attributes, space, access, name, type, value };
  }

  #struct(): StructSyntax {
    const at = this.#take().offset;
    const { text: name } = this.#name();
    const members: StructSyntax['members'] = [];
    this.#expect('{');
    while (this.#peek().text !== '}') {
      const [attribute] = this.#attributes();
      if (attribute) throw new KernelError(attribute.at, 'Attributes of struct members are not accepted.');
      const member = this.#name();
      this.#expect(':');
      members.push({ at: member.offset, name: member.text, type: this.#type() });
      if (!this.#accept(',')) break;
    }
    this.#expect('}');
    return { at, name, members };
  }

  #function(attributes: AttributeSyntax[]): FunctionSyntax {
    this.#take();
    const { text: name, offset: at } = this.#name();
    const parameters: ParameterSyntax[] = [];
    this.#expect('(');
    while (this.#peek().text !== ')') {
      const attributes = this.#attributes();
      const parameter = this.#name();
      this.#expect(':');
      parameters.push({ at: parameter.offset, attributes, name: parameter.text, type: this.#type() });
      if (!this.#accept(',')) break;
    }
    this.#expect(')');
    let result: TypeSyntax | undefined;
    if (this.#accept('->')) {
      const [attribute] = this.#attributes();
      if (attribute) throw new KernelError(attribute.at, 'Attributes of a result are not accepted.');
      result = this.#type();
    }
    return { at, attributes, name, parameters, result, body: this.#block() };
  }

  #block(): BlockSyntax {
    const body: BlockSyntax = [];
    this.#nested(() => {
      this.#expect('{');
      while (this.#peek().text !== '}') {
        const statement = this.#statement();
        if (statement) body.push(statement);
      }
      this.#expect('}');
    });
    return body;
  }

  #statement(): StatementSyntax | undefined {
    const token = this.#peek();
    const at = token.offset;
    if (++this.#statements > mostStatements) {
      throw new KernelError(at, `A kernel has at most ${mostStatements} statements.`);
    }
    if (this.#accept(';')) return undefined;
    switch (token.text) {
      case '{':
        return { kind: 'block', at, body: this.#block() };
      case '@':
        throw new KernelError(at, 'Attributes of statements are not accepted.');
      case 'if':
        return this.#if();
      case 'switch':
        return this.#switch();
      case 'for':
        return this.#for();
      case 'while':
      case 'loop':
        throw new KernelError(at, `"${token.text}" has no bound that can be seen. ${unbounded}`);
      case 'discard':
      case 'continuing':
        throw new KernelError(at, `"${token.text}" is not accepted.`);
    }
    const statement = this.#simple();
    this.#expect(';');
    return statement;
  }

  #if(): StatementSyntax {
    const at = this.#take().offset;
    const condition = this.#expression();
    const then = this.#block();
    if (!this.#accept('else')) return { kind: 'if', at, condition, yes: then };
    if (this.#peek().text !== 'if') return { kind: 'if', at, condition, yes: then, no: this.#block() };
    return { kind: 'if', at, condition, yes: then, no: [this.#nested(() => this.#if())] };
  }

  #switch(): StatementSyntax {
    const at = this.#take().offset;
    const selector = this.#expression();
    const clauses: ClauseSyntax[] = [];
    this.#expect('{');
    while (this.#peek().text !== '}') {
      const token = this.#take();
      const values: ClauseSyntax['values'] = [];
      if (token.text === 'default') values.push(undefined);
      else if (token.text === 'case') {
        do {
          if (this.#peek().text === ':' || this.#peek().text === '{') break;
          values.push(this.#accept('default') ? undefined : this.#expression());
        } while (this.#accept(','));
      } else
        throw new KernelError(token.offset, `"case" or "default" was expected here, not ${shown(token)}.`);
      this.#accept(':');
      clauses.push({ at: token.offset, values, body: this.#block() });
    }
    this.#expect('}');
    return { kind: 'switch', at, selector, clauses };
  }

  #for(): StatementSyntax {
    const at = this.#take().offset;
    this.#expect('(');
    const first = this.#peek().text === ';' ? undefined : this.#simple();
    this.#expect(';');
    const condition = this.#peek().text === ';' ? undefined : this.#expression();
    this.#expect(';');
    const next = this.#peek().text === ')' ? undefined : this.#simple();
    this.#expect(')');
    return { kind: 'for', at, first, condition, next, body: this.#block() };
  }

  // A statement that ends with a semicolon, or that stands in the head of a "for".
  #simple(): StatementSyntax {
    const token = this.#peek();
    const at = token.offset;
    switch (token.text) {
      case 'const':
      case 'let':
      case 'var':
        return { kind: 'declare', at, declaration: this.#declaration() };
      case 'break':
      case 'continue':
        this.#take();
        if (this.#peek().text === 'if') throw new KernelError(at, '"break if" is not accepted.');
        return { kind: token.text, at };
      case 'return':
        this.#take();
        return { kind: 'return', at, value: this.#peek().text === ';' ? undefined : this.#expression() };
      case 'const_assert':
        this.#take();
        return { kind: 'assert', at, value: this.#expression() };
    }
    if (token.text === '_' && this.#tokens[this.#next + 1]?.text === '=') {
      this.#next += 2;
      return { kind: 'ignore', at, value: this.#expression() };
    }
    const target = this.#unary();
    const operator = this.#peek();
    if (operator.text === '=') {
      this.#take();
      return { kind: 'assign', at, target, value: this.#expression() };
    }
    if (operator.text === '++' || operator.text === '--') {
      this.#take();
      return { kind: 'step', at, target, operator: operator.text === '++' ? '+' : '-' };
    }
    const compound = this.#compoundOperator();
    if (compound) return { kind: 'assign', at, target, operator: compound, value: this.#expression() };
    if (target.kind === 'call') return { kind: 'call', at, call: target };
    throw new KernelError(operator.offset, `An assignment or a call was expected, not ${shown(operator)}.`);
  }

  #compoundOperator(): ArithmeticOperator | undefined {
    const { text, offset } = this.#peek();
    if (text === '>' && this.#glued('>', offset + 1, 1) && this.#glued('=', offset + 2, 2)) {
      this.#next += 3;
      return '>>';
    }
    if (!/^(?:[-+*/%&|^]|<<)=$/.test(text)) return undefined;
    this.#take();
    return text.slice(0, -1) as ArithmeticOperator;
  }

  #declaration(): DeclarationSyntax {
    const token = this.#take();
    const kind = token.text as DeclarationSyntax['kind'];
    if (kind === 'var' && this.#accept('<')) {
      const space = this.#anyName();
      if (space.text !== 'function') {
        throw new KernelError(space.offset, `A variable of a function cannot be in "${space.text}".`);
      }
      this.#expect('>');
    }
    const { text: name, offset: at } = this.#name();
    const type = this.#accept(':') ? this.#type() : undefined;
    const value = this.#accept('=') ? this.#expression() : undefined;
    if (kind !== 'var' && !value) throw new KernelError(at, `"${kind} ${name}" needs a value.`);
    return { at, kind, name, type, value };
  }

  #type(): TypeSyntax {
    const { text: name, offset: at } = this.#name();
    if (!templatedNames.has(name) || this.#peek().text !== '<') return { at, name, parameters: [] };
    return this.#nested(() => this.#templates(name, at));
  }

  #templates(name: string, at: number): TypeSyntax {
    this.#expect('<');
    const parameters: TypeSyntax[] = [this.#type()];
    let count: ExpressionSyntax | undefined;
    if (this.#accept(',') && this.#peek().text !== '>') {
      // Above the comparisons and shifts, so that ">" ends the list.
      if (name === 'array') count = this.#binary(7);
      else {
        parameters.push(this.#type());
        if (this.#accept(',') && this.#peek().text !== '>') parameters.push(this.#type());
      }
      this.#accept(',');
    }
    this.#expect('>');
    return { at, name, parameters, count };
  }

  #expression(): ExpressionSyntax {
    return this.#nested(() => this.#binary(0));
  }

  #binary(level: number): ExpressionSyntax {
    const operators = levels[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = this.#operator(operators);
      if (!operator) return left;
      const right = this.#binary(level + 1);
      this.#checkMix(operator.text as BinaryOperator, left, operator.offset);
      this.#checkMix(operator.text as BinaryOperator, right, operator.offset);
      const depth = Math.max(left.depth, right.depth) + 1;
      if (depth > mostNesting) throw new KernelError(operator.offset, tooDeep);
      left = {
        kind: 'binary',
        at: operator.offset,
        depth,
        operator: operator.text as BinaryOperator,
        left,
        right,
      };
    }
  }

  // WGSL has no precedence between these; without parentheses it refuses them, and so do we.
  #checkMix(operator: BinaryOperator, operand: ExpressionSyntax, at: number): void {
    if (operand.kind !== 'binary' || this.#inParentheses.has(operand)) return;
    const inner = operand.operator;
    const bits = ['&', '|', '^'];
    const mixed =
      (bits.includes(operator) && inner !== operator) ||
      (['&&', '||'].includes(operator) &&
        (['&&', '||'].includes(inner) ? inner !== operator : bits.includes(inner))) ||
      (['<<', '>>'].includes(operator) && true) ||
      (['==', '!=', '<', '<=', '>', '>='].includes(operator) &&
        bits.concat('==', '!=', '<', '<=', '>', '>=').includes(inner));
    if (mixed) throw new KernelError(at, `Put parentheses around "${inner}" beside "${operator}".`);
  }

  readonly #inParentheses = new WeakSet<ExpressionSyntax>();

  #operator(operators: BinaryOperator[]): { text: string; offset: number } | undefined {
    const { text, offset } = this.#peek();
    let joined = text;
    if (text === '>') {
      if (this.#glued('>', offset + 1, 1)) joined = this.#glued('=', offset + 2, 2) ? '>>=' : '>>';
      else if (this.#glued('=', offset + 1, 1)) joined = '>=';
    }
    if (!operators.includes(joined as BinaryOperator)) return undefined;
    this.#next += text === '>' ? joined.length : 1;
    return { text: joined, offset };
  }

  #glued(text: string, offset: number, ahead: number): boolean {
    const token = this.#tokens[this.#next + ahead];
    return token !== undefined && token.text === text && token.offset === offset;
  }

  #unary(): ExpressionSyntax {
    const { text, offset: at } = this.#peek();
    if (text === '--' || text === '++')
      throw new KernelError(at, `"${text}" is a statement of its own in WGSL.`);
    if (text === '&&') throw new KernelError(at, 'A value was expected here.');
    if (text !== '-' && text !== '!' && text !== '~' && text !== '&' && text !== '*') return this.#postfix();
    return this.#nested(() => {
      this.#take();
      const operand = this.#unary();
      return { kind: 'unary', at, depth: operand.depth + 1, operator: text as UnaryOperator, operand };
    });
  }

  #postfix(): ExpressionSyntax {
    let base = this.#primary();
    for (;;) {
      const { text, offset: at } = this.#peek();
      if (text !== '.' && text !== '[') return base;
      this.#take();
      if (base.depth > mostNesting) throw new KernelError(at, tooDeep);
      if (text === '.')
        base = { kind: 'member', at, depth: base.depth + 1, base, name: this.#anyName().text };
      else {
        const index = this.#expression();
        this.#expect(']');
        base = { kind: 'index', at, depth: Math.max(base.depth, index.depth) + 1, base, index };
      }
    }
  }

  #primary(): ExpressionSyntax {
    const token = this.#peek();
    const at = token.offset;
    if (this.#accept('(')) {
      const inner = this.#expression();
      this.#expect(')');
      this.#inParentheses.add(inner);
      return inner;
    }
    if (token.kind === 'number') {
      this.#take();
      return { kind: 'number', at, depth: 1, text: token.text };
    }
    if (token.text === 'true' || token.text === 'false') {
      this.#take();
      return { kind: 'boolean', at, depth: 1, value: token.text === 'true' };
    }
    if (token.kind !== 'name') throw new KernelError(at, `A value was expected here, not ${shown(token)}.`);
    const callee = this.#type();
    if (!this.#accept('(')) {
      if (templatedNames.has(callee.name)) throw new KernelError(at, `"${callee.name}" is no value.`);
      return { kind: 'name', at, depth: 1, name: callee.name };
    }
    const values: ExpressionSyntax[] = [];
    while (this.#peek().text !== ')') {
      values.push(this.#expression());
      if (!this.#accept(',')) break;
    }
    this.#expect(')');
    const depth = values.reduce((depth, value) => Math.max(depth, value.depth), 0) + 1;
    return { kind: 'call', at, depth, callee, values };
  }

  #nested<Node>(parse: () => Node): Node {
    if (++this.#nesting > mostNesting) throw new KernelError(this.#peek().offset, tooDeep);
    const node = parse();
    this.#nesting--;
    return node;
  }

  #name(): Token {
    const token = this.#anyName();
    if (reserved.has(token.text))
      throw new KernelError(token.offset, `"${token.text}" is a word of WGSL itself.`);
    if (token.text === '_' || token.text.startsWith('__')) {
      throw new KernelError(token.offset, `"${token.text}" cannot be a name in WGSL.`);
    }
    return token;
  }

  #anyName(): Token {
    const token = this.#take();
    if (token.kind !== 'name')
      throw new KernelError(token.offset, `A name was expected here, not ${shown(token)}.`);
    return token;
  }

  #peek(): Token {
    const token = this.#tokens[this.#next];
    if (!token) throw new Error('The end was passed.');
    return token;
  }

  #take(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  #accept(text: string): boolean {
    const token = this.#peek();
    if (token.kind === 'end' || token.text !== text) return false;
    this.#next++;
    return true;
  }

  #expect(text: string): void {
    const token = this.#peek();
    if (!this.#accept(text))
      throw new KernelError(token.offset, `"${text}" was expected here, not ${shown(token)}.`);
  }
}

const tooDeep = `Nothing may nest deeper than ${mostNesting} levels.`;

const reserved = new Set(
  (
    'alias break case const const_assert continue continuing default diagnostic discard else enable false fn for if let ' +
    'loop override requires return struct switch true var while'
  ).split(' '),
);

function shown(token: Token): string {
  return token.kind === 'end' ? token.text : `"${token.text}"`;
}
