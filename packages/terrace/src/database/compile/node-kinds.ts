import type { OperationNode, OperationNodeKind, ReferenceNode, SelectQueryNode, ValueNode } from 'kysely'
import { tuple } from './equality.ts'
import { caseExpression, castExpression, conjunction, disjunction, parenthesised, scalarQuery } from './expressions.ts'
import { aggregateFunction, functionCall } from './functions.ts'
import { literal } from './literals.ts'
import type { Meaning } from './meaning.ts'
import { resolveReference } from './names.ts'
import type { Expression, Frame, Pass } from './pass.ts'
import { binaryOperation, unaryOperation } from './operators.ts'
import { rawExpression } from './raw.ts'
import { refused } from './refuse.ts'

type Compile = (pass: Pass, node: never, frame: Frame, expected: Meaning | null) => Expression

/** What happens to a kind of node where an expression may stand. */
export type Handling =
  | { readonly kind: 'expression'; readonly compile: Compile }
  /** Compiled by the part of a statement that it belongs to, which reads its fields itself. */
  | { readonly kind: 'part'; readonly of: string }
  /** A statement of its own: see `statement-kinds.ts`. */
  | { readonly kind: 'statement' }
  | { readonly kind: 'refused'; readonly what: string; readonly why: string; readonly remedy: string }

const expression = (compile: Compile): Handling => ({ kind: 'expression', compile })
const part = (of: string): Handling => ({ kind: 'part', of })
const statement: Handling = { kind: 'statement' }
const structure = (what: string): Handling => ({
  kind: 'refused',
  what,
  why: 'the structure of the database follows from the models, and no session changes it',
  remedy: 'Change the models; migrations and start-up apply the difference',
})
const json: Handling = {
  kind: 'refused',
  what: 'A path into json',
  why: 'engines read json in different ways',
  remedy: 'Use jsonPath(column, path, type) of terrace/dao, or read the whole column',
}
const foreign = (what: string, remedy: string): Handling => ({
  kind: 'refused',
  what,
  why: 'no engine of Terrace has it',
  remedy,
})

/** Every kind of node that Kysely can make. A new one does not compile until it is handled or refused. */
export const nodeKinds = {
  ReferenceNode: expression(resolveReference),
  ColumnNode: expression((pass, node: ReferenceNode['column'], frame) => {
    return resolveReference(pass, { kind: 'ReferenceNode', column: node }, frame)
  }),
  ValueNode: expression((pass, node: ValueNode, _frame, expected) => literal(pass, node, expected)),
  RawNode: expression(rawExpression),
  AndNode: expression(conjunction),
  OrNode: expression(disjunction),
  ParensNode: expression(parenthesised),
  BinaryOperationNode: expression(binaryOperation),
  UnaryOperationNode: expression(unaryOperation),
  TupleNode: expression(tuple),
  FunctionNode: expression(functionCall),
  AggregateFunctionNode: expression(aggregateFunction),
  CaseNode: expression(caseExpression),
  CastNode: expression(castExpression),
  SelectQueryNode: expression((pass, node: SelectQueryNode, frame, expected) =>
    scalarQuery(pass, node, frame, expected),
  ),

  InsertQueryNode: statement,
  UpdateQueryNode: statement,
  DeleteQueryNode: statement,

  SelectionNode: part('the outputs of a query'),
  SelectAllNode: part('the outputs of a query'),
  AliasNode: part('outputs and FROM'),
  IdentifierNode: part('a name'),
  SchemableIdentifierNode: part('a name'),
  TableNode: part('FROM'),
  FromNode: part('a query'),
  JoinNode: part('a query'),
  OnNode: part('a join'),
  WhereNode: part('a statement'),
  HavingNode: part('a query'),
  GroupByNode: part('a query'),
  GroupByItemNode: part('GROUP BY'),
  OrderByNode: part('a query'),
  OrderByItemNode: part('ORDER BY'),
  CollateNode: part('ORDER BY'),
  LimitNode: part('a query'),
  OffsetNode: part('a query'),
  FetchNode: part('a query'),
  SelectModifierNode: part('a query'),
  SetOperationNode: part('a query'),
  WithNode: part('a statement'),
  CommonTableExpressionNode: part('WITH'),
  CommonTableExpressionNameNode: part('WITH'),
  OperatorNode: part('a comparison'),
  PrimitiveValueListNode: part('"in" and VALUES'),
  ValueListNode: part('"in" and VALUES'),
  ValuesNode: part('INSERT'),
  DefaultInsertValueNode: part('VALUES'),
  ColumnUpdateNode: part('UPDATE'),
  ReturningNode: part('a write'),
  OnConflictNode: part('the DAO’s upsert'),
  WhenNode: part('CASE'),
  DataTypeNode: part('a cast'),
  OverNode: part('a window function'),
  PartitionByNode: part('OVER'),
  PartitionByItemNode: part('OVER'),

  MergeQueryNode: {
    kind: 'refused',
    what: 'MERGE',
    why: 'it writes rows that no condition limits',
    remedy: 'Use dao.upsert, or an UPDATE and an INSERT',
  },
  MatchedNode: { kind: 'refused', what: 'WHEN MATCHED', why: 'it belongs to MERGE', remedy: 'Use dao.upsert' },
  OnDuplicateKeyNode: {
    kind: 'refused',
    what: 'ON DUPLICATE KEY UPDATE',
    why: 'it overwrites rows of others',
    remedy: 'Use dao.upsert',
  },
  OrActionNode: { kind: 'refused', what: 'INSERT OR …', why: 'it hides what went wrong', remedy: 'Use dao.upsert' },
  UsingNode: {
    kind: 'refused',
    what: 'USING',
    why: 'each statement writes one model',
    remedy: 'Write where("id", "in", eb => eb.selectFrom(…))',
  },
  ListNode: {
    kind: 'refused',
    what: 'A list of tables to write',
    why: 'each statement writes one model',
    remedy: 'Write one per table',
  },
  ExplainNode: {
    kind: 'refused',
    what: 'EXPLAIN',
    why: 'it gives no rows of a model',
    remedy: 'Explain the statement’s SQL in a database shell',
  },
  TopNode: foreign('TOP', 'Use .limit(n)'),
  OutputNode: foreign('OUTPUT', 'Use .returning(…)'),
  JSONReferenceNode: json,
  JSONPathNode: json,
  JSONPathLegNode: json,
  JSONOperatorChainNode: json,

  CreateTableNode: structure('CREATE TABLE'),
  AlterTableNode: structure('ALTER TABLE'),
  DropTableNode: structure('DROP TABLE'),
  ColumnDefinitionNode: structure('A column’s definition'),
  AddColumnNode: structure('ADD COLUMN'),
  AlterColumnNode: structure('ALTER COLUMN'),
  ModifyColumnNode: structure('MODIFY COLUMN'),
  RenameColumnNode: structure('RENAME COLUMN'),
  DropColumnNode: structure('DROP COLUMN'),
  DefaultValueNode: structure('DEFAULT'),
  GeneratedNode: structure('GENERATED'),
  ReferencesNode: structure('REFERENCES'),
  PrimaryKeyConstraintNode: structure('PRIMARY KEY'),
  UniqueConstraintNode: structure('UNIQUE'),
  CheckConstraintNode: structure('CHECK'),
  ForeignKeyConstraintNode: structure('FOREIGN KEY'),
  AddConstraintNode: structure('ADD CONSTRAINT'),
  DropConstraintNode: structure('DROP CONSTRAINT'),
  RenameConstraintNode: structure('RENAME CONSTRAINT'),
  CreateIndexNode: structure('CREATE INDEX'),
  DropIndexNode: structure('DROP INDEX'),
  AddIndexNode: structure('ADD INDEX'),
  CreateViewNode: structure('CREATE VIEW'),
  RefreshMaterializedViewNode: structure('REFRESH MATERIALIZED VIEW'),
  DropViewNode: structure('DROP VIEW'),
  CreateSchemaNode: structure('CREATE SCHEMA'),
  DropSchemaNode: structure('DROP SCHEMA'),
  CreateTypeNode: structure('CREATE TYPE'),
  AlterTypeNode: structure('ALTER TYPE'),
  DropTypeNode: structure('DROP TYPE'),
  AddValueNode: structure('ADD VALUE'),
  RenameValueNode: structure('RENAME VALUE'),
} as const satisfies Record<OperationNodeKind, Handling>

/** A node that stands where an expression may stand. */
export function compileExpression(pass: Pass, node: OperationNode, frame: Frame, expected: Meaning | null): Expression {
  const handling = handlingOf(node)
  if (handling.kind === 'expression') return handling.compile(pass, node as never, frame, expected)
  throw refusalOf(node, handling)
}

const handlings: ReadonlyMap<string, Handling> = new Map(Object.entries(nodeKinds))

function handlingOf({ kind }: OperationNode): Handling {
  const handling = handlings.get(kind)
  if (handling !== undefined) return handling
  throw refused('A node of an unknown kind', 'nothing says what it does', 'Build statements with the query builder')
}

/** Why a node may not stand where it does. */
export function refusalOf(node: OperationNode, handling: Handling = handlingOf(node)): Error {
  if (handling.kind === 'refused') return refused(handling.what, handling.why, handling.remedy)
  const { kind } = node
  if (handling.kind === 'part')
    return refused(`${kind} here`, `it belongs to ${handling.of}`, `Write it inside ${handling.of}`)
  return refused(
    `${kind} inside another statement`,
    'a write is a statement of its own, with its own checks',
    'Run it by itself',
  )
}
