import type { OperationNode, SelectQueryNode } from 'kysely'
import type { ModelFact, ModelGraph } from '../../model/index.ts'
import type { Capabilities } from '../capabilities.ts'
import type { HelperRenderings } from '../helper-renderings.ts'
import type { RuntimeDialect } from '../runtime-dialect.ts'
import type { ColumnCoders } from './column-coders.ts'
import type { CompileOptions, DeletedMode, ReferenceCheck } from './compiled-statement.ts'
import type { FunctionRule } from './function-rules.ts'
import type { Meaning } from './meaning.ts'
import type { Building } from './sql-nodes.ts'

/** An expression, guarded and mapped. */
export interface Expression {
  readonly node: OperationNode
  readonly meaning: Meaning
  /** The column of its row that holds the same text without case; null where there is none. */
  readonly companion: OperationNode | null
  /** True only where it is known never to be NULL. */
  readonly isNeverNull: boolean
}

/** One column that a query gives. */
export interface Output extends Expression {
  readonly name: string
  /** Computed in a way that an engine may refuse for some rows. Default false. */
  readonly calculates?: boolean
}

/** A SELECT, guarded and mapped, and what it gives. */
export interface Query {
  readonly node: Building<SelectQueryNode>
  readonly outputs: readonly Output[]
}

/** One table of a FROM, by the name that columns are qualified with. */
export type Source = TableSource | DerivedSource | OpaqueSource

interface NamedSource {
  readonly name: string
  /** An outer join may give NULL for all its columns. */
  readonly isOptional: boolean
}

export interface TableSource extends NamedSource {
  readonly kind: 'table'
  readonly model: ModelFact
  /** Columns are written without a table: where engines want none (INSERT … RETURNING). */
  readonly isUnqualified: boolean
}

/** A sub-query or a CTE. */
export interface DerivedSource extends NamedSource {
  readonly kind: 'derived'
  readonly outputs: readonly Output[]
}

/** Raw SQL of an unscoped statement: nothing is known of its columns. */
export interface OpaqueSource extends NamedSource {
  readonly kind: 'opaque'
}

/** What names mean at one place of a statement. */
export interface Surroundings {
  /** The query around this one whose columns it may name. */
  readonly outer: Frame | null
  readonly ctes: CteList
  /** Of a lateral query and those in its FROM: what holds of the rows beside it before anything is calculated of them. */
  readonly inherited?: readonly OperationNode[]
}

export interface Frame extends Surroundings {
  readonly sources: Source[]
  /** Called when a name was not found in this frame and is looked for in those around it. */
  readonly onLeft?: () => void
}

/** The CTEs visible at one place, the nearest first. */
export type CteList = { readonly cte: Cte; readonly next: CteList } | null

export interface Cte {
  readonly name: string
  /** Its name in the SQL: another one where it would shadow a model's table. */
  readonly sqlName: string
  readonly outputs: readonly Output[]
}

/** What a query is compiled for. */
export interface Purpose {
  /** Which rows of its first table it sees. */
  readonly deleted: DeletedMode
  /** The meanings that its outputs are compared with or assigned to, in their order. */
  readonly expected: readonly Meaning[]
  /** Only whether there are rows matters: no outputs need be named. */
  readonly isExistence: boolean
  /** What UNION, INTERSECT or EXCEPT combines a query with: its outputs are compared. Default false. */
  readonly isSide?: boolean
  /** The statement itself, whose outputs nothing reads. */
  readonly isOutermost: boolean
  /** Called with the outputs of the first part of a recursive CTE; gives the CTEs that its other parts see. */
  readonly recursive: ((outputs: readonly Output[]) => CteList) | null
}

/** Extends the lists of what may be called, per app. */
export interface Allowances {
  readonly functions: ReadonlyMap<string, FunctionRule>
  readonly casts: ReadonlySet<string>
  readonly collations: ReadonlySet<string>
  readonly operators: ReadonlySet<string>
}

/** Gathered while the tree is walked. */
export interface Findings {
  readonly tables: Set<string>
  readonly checks: ReferenceCheck[]
  /** Rows are locked, so the statement counts as a write. */
  locks: boolean
  /** Columns named so far: a condition that names none is no condition. */
  columns: number
  /** Calculations so far, which an engine refuses where the result is too large. */
  calculations: number
  /** Those of them that an engine does last, of rows that are shown: the plain outputs of the outermost query. */
  lateCalculations: number
  /** Functions over rows so far, those over a window left out. */
  aggregates: number
  /** Queries in FROM and WITH, which calculations must not reach into. */
  readonly inner: Query[]
  /** Names made so far. */
  names: number
}

/** One compilation: what is known before, what is found, and the two walks that the parts call each other by. */
export interface Pass {
  readonly graph: ModelGraph
  readonly dialect: RuntimeDialect
  readonly capabilities: Capabilities
  readonly coders: ColumnCoders
  readonly allowances: Allowances
  readonly helpers: HelperRenderings
  readonly options: CompileOptions
  readonly findings: Findings
  /** `expected`: the meaning of what a bare value stands beside. */
  expression(node: OperationNode, frame: Frame, expected: Meaning | null): Expression
  query(node: SelectQueryNode, around: Surroundings, purpose: Purpose): Query
}

/** A query for its rows, of which nothing is expected. */
export const plainPurpose: Purpose = {
  deleted: 'without',
  expected: [],
  isExistence: false,
  isOutermost: false,
  recursive: null,
}
export const existencePurpose: Purpose = { ...plainPurpose, isExistence: true }

/** Statements by rule are the DAO's own; raw SQL is for those that have no scope. */
export const isUnscoped = ({ options }: Pass): boolean => options.scope.kind === 'unscoped'

/** Names that the compiler makes begin with this, and no name of a statement may. */
export const reservedPrefix = 'terrace_'

export function newName(pass: Pass): string {
  pass.findings.names += 1
  return `${reservedPrefix}${pass.findings.names}`
}
