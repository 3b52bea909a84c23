/** Nodes of the parser, before any name or type is known. `at` is an offset of the source. */
export type TypeSyntax = { at: number; name: string; parameters: TypeSyntax[]; count?: ExpressionSyntax };

export type ExpressionSyntax = { at: number; depth: number } & (
  | { kind: 'number'; text: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'name'; name: string }
  | { kind: 'unary'; operator: UnaryOperator; operand: ExpressionSyntax }
  | { kind: 'binary'; operator: BinaryOperator; left: ExpressionSyntax; right: ExpressionSyntax }
  | { kind: 'member'; base: ExpressionSyntax; name: string }
  | { kind: 'index'; base: ExpressionSyntax; index: ExpressionSyntax }
  | { kind: 'call'; callee: TypeSyntax; values: ExpressionSyntax[] }
);

export type UnaryOperator = '-' | '!' | '~' | '&' | '*';
export type BinaryOperator = ArithmeticOperator | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>';

export interface DeclarationSyntax {
  at: number;
  kind: 'const' | 'let' | 'var';
  name: string;
  type?: TypeSyntax;
  value?: ExpressionSyntax;
}

export type StatementSyntax = { at: number } & (
  | { kind: 'declare'; declaration: DeclarationSyntax }
  | { kind: 'assign'; target: ExpressionSyntax; operator?: ArithmeticOperator; value: ExpressionSyntax }
  | { kind: 'ignore'; value: ExpressionSyntax }
  | { kind: 'step'; target: ExpressionSyntax; operator: '+' | '-' }
  | { kind: 'call'; call: ExpressionSyntax & { kind: 'call' } }
  | { kind: 'if'; condition: ExpressionSyntax; yes: BlockSyntax; no?: BlockSyntax }
  | { kind: 'switch'; selector: ExpressionSyntax; clauses: ClauseSyntax[] }
  | {
      kind: 'for';
      first?: StatementSyntax;
      condition?: ExpressionSyntax;
      next?: StatementSyntax;
      body: BlockSyntax;
    }
  | { kind: 'break' }
  | { kind: 'continue' }
  | { kind: 'return'; value?: ExpressionSyntax }
  | { kind: 'block'; body: BlockSyntax }
  | { kind: 'assert'; value: ExpressionSyntax }
);

export type BlockSyntax = StatementSyntax[];

/** `undefined` among the values stands for `default`. */
export interface ClauseSyntax {
  at: number;
  values: (ExpressionSyntax | undefined)[];
  body: BlockSyntax;
}

export interface AttributeSyntax {
  at: number;
  name: string;
  values: ExpressionSyntax[];
}

export interface ParameterSyntax {
  at: number;
  attributes: AttributeSyntax[];
  name: string;
  type: TypeSyntax;
}

export interface FunctionSyntax {
  at: number;
  attributes: AttributeSyntax[];
  name: string;
  parameters: ParameterSyntax[];
  result?: TypeSyntax;
  body: BlockSyntax;
}

export interface StructSyntax {
  at: number;
  name: string;
  members: { at: number; name: string; type: TypeSyntax }[];
}

export interface GlobalSyntax {
  at: number;
  attributes: AttributeSyntax[];
  space: string;
  access?: string;
  name: string;
  type?: TypeSyntax;
  value?: ExpressionSyntax;
}

export type ModuleItem =
  | { kind: 'const'; declaration: DeclarationSyntax }
  | { kind: 'alias'; at: number; name: string; type: TypeSyntax }
  | { kind: 'struct'; struct: StructSyntax }
  | { kind: 'global'; global: GlobalSyntax }
  | { kind: 'function'; function: FunctionSyntax }
  | { kind: 'assert'; at: number; value: ExpressionSyntax };
