import type { CheckFact, ColumnFact, ModelFact, UniqueFact } from '../model/index.ts'
import type { Change, ChangeOf, TablePart } from './change.ts'
import type { DeclaredAs } from './declared-as.ts'
import type { LockLevel, ObjectPath, Phase, Query, RepeatableStatements, TransactionMode } from './plan/plan.ts'
import type {
  ColumnShape,
  IndexColumnShape,
  LiveStructure,
  OpaqueObject,
  Snapshot,
  TableShape,
  UniqueShape,
} from './snapshot.ts'

/** The server as it names itself; what an engine can do and how it prints its structure depend on it. */
export interface ServerVersion {
  readonly product: string
  readonly version: string
}

/** Each dialect's `createSchemaDialect`. */
export type SchemaDialectFactory = (server: ServerVersion) => SchemaDialect

/**
 * What one engine must provide to follow the models' structure. Pure: SQL texts and readings of catalogue rows; `sync/`
 * does the effects. The contract suite in `testing/contract/` is its specification.
 */
export interface SchemaDialect {
  /** For messages, reports and the folder of migrations. */
  readonly name: string
  readonly server: ServerVersion
  /** DDL can be rolled back; otherwise each step commits and is journaled on its own. */
  readonly transactionalDdl: boolean
  quoteName(name: string): string
  /** The placeholder of the n-th parameter, from 1. */
  placeholder(position: number): string
  readonly storage: StorageRules
  readonly render: StructureRenderer
  readonly conversions: Conversions
  readonly catalogue: Catalogue
  readonly canonicalForm: CanonicalForm
  readonly lock: StructureLock
  /** Fixed statements that make the journal's tables where they are missing. */
  readonly journalTables: readonly string[]
  /** Moves the numbering behind the highest key there is; null where the engine does so by itself. */
  resyncIdentity(table: string, column: string): string | null
  /** Keeps others from writing to a table until the transaction ends; null where holding the structure lock does so already. */
  lockRows(table: string): string | null
  /**
   * Rows that break their foreign keys, for an engine that does not look while the structure changes: a plan may not leave more
   * of them than it found. Null where the engine looks.
   */
  readonly keyViolations: Query | null
  /** What a user lacks who may not run a statement, as the statement that gives it: `grant create on schema <schema> to <user>`. */
  missingGrant(sql: string): string
  /**
   * Statements that fail where a view or trigger does not find what it asks for, and change nothing. None for what the engine keeps
   * working by itself, or cannot be asked about.
   */
  readerChecks(object: OpaqueObject, structure: Snapshot): readonly string[]
  /** An expression as printed for a live table, with a column's new name where it had the old one. */
  renameInExpression(expression: string, from: string, to: string): string
  /**
   * The declared type that reads and writes what others have stored in a column. `live` as it was read: enums and domains are
   * opaque objects. Text without a bound may be in keys and indexes where `stored` names its type, so it must, even if that is
   * what would be derived.
   */
  declaredAs(column: ColumnShape, table: TableShape, live: Pick<LiveStructure, 'opaque'>): DeclaredAs
}

/** From model facts to declared shapes. Expressions are as we write them; `canonicalForm` says how the engine prints them. */
export interface StorageRules {
  readonly tableOptions: Readonly<Record<string, string>>
  column(column: ColumnFact): StoredColumn
  /** A model's rule over one column, as an SQL condition. */
  check(rule: CheckFact['rule'], column: ColumnFact): string
  /** What the column's type itself needs as a CHECK on this engine; `rule` ends its name. */
  typeCheck(column: ColumnFact): { readonly rule: string; readonly expression: string } | null
  /** A unique rule with columns by their names in the database, and the columns it needs besides. */
  unique(unique: UniqueFact, model: ModelFact): StoredUnique
  /** So that an index serves the order that statements ask for; null where an engine leaves no choice. */
  indexNulls(column: { readonly direction: 'asc' | 'desc'; readonly nullable: boolean }): IndexColumnShape['nulls']
  /** Engines that keep no name for the primary key say null. */
  primaryKeyName(name: string): string | null
}

export type StoredColumn = Pick<ColumnShape, 'type' | 'default' | 'identity' | 'collation' | 'isOpaque'>

export interface StoredUnique {
  readonly unique: Pick<UniqueShape, 'columns' | 'where' | 'heldBy'>
  readonly generated: readonly Omit<ColumnShape, 'source'>[]
}

/** What rendering knows besides the change. */
export interface RenderContext {
  /** The structure before the plan, under the names that its renames give. */
  readonly before: Snapshot
  /** The structure after the plan: what is left alone is in it. */
  readonly after: Snapshot
  /** Tables that are made, and stand, before this one: foreign keys may point at them at once. */
  readonly knownTables: ReadonlySet<string>
  /** What the live database has that models cannot declare. */
  readonly opaque: readonly OpaqueObject[]
  /** Whether to prefer ways that keep others working, in steps that may refuse a transaction, over one transaction. */
  readonly online: boolean
}

/** Statements for changes. Hazards and prechecks are added by the planner. */
export interface RenderedStep {
  readonly phase: Phase
  readonly table: string
  /** Those it carries out, the one it is about first; none for a step that only makes room for others or puts back. */
  readonly changes: readonly Change[]
  readonly statements: readonly string[]
  readonly inverse: readonly string[] | null
  readonly repeatable?: RepeatableStatements
  readonly lock: LockLevel
  readonly transaction: TransactionMode
  readonly idempotenceProbe: Query
  readonly makes: readonly ObjectPath[]
  readonly drops: readonly ObjectPath[]
  /** Other tables that have to be as the plan wants them before this step. */
  readonly refersTo: readonly string[]
}

/** All that changes in one table that stays. */
export interface TableAlteration {
  /** As it is when the steps run: under the new names. */
  readonly live: TableShape
  /** As it shall be: `live` with the changes made. New and changed parts are declared, the rest is as the engine printed it. */
  readonly target: TableShape
  readonly changes: readonly TablePart[]
}

/** Old and new names; a name may be both, as in a swap. */
export type Renames = readonly { readonly from: string; readonly to: string }[]

/**
 * Every change as statements of this engine. A change that it cannot make is told by `limits`, before rendering. Undone in
 * reverse order by their inverses, the steps give the structure back, but for those whose inverse is null.
 */
export interface StructureRenderer {
  /** Why the engine cannot make a change at all, by itself or for what stands on it in the live database; null where it can. */
  limits(
    change: Change,
    live: Pick<LiveStructure, 'opaque'>,
  ): { readonly reason: string; readonly remedy: string } | null
  createTable(change: ChangeOf<'createTable'>, context: RenderContext): readonly RenderedStep[]
  dropTable(change: ChangeOf<'dropTable'>, context: RenderContext): readonly RenderedStep[]
  /** All at once, so that names can be swapped. */
  renameTables(changes: readonly ChangeOf<'renameTable'>[], context: RenderContext): readonly RenderedStep[]
  /** All of one table, which has its new name already. */
  renameColumns(changes: readonly ChangeOf<'renameColumn'>[], context: RenderContext): readonly RenderedStep[]
  alterTable(alteration: TableAlteration, context: RenderContext): readonly RenderedStep[]
}

/**
 * What becomes of a column's values when its type or collation changes. `lossless`: every value of the one is one of the other
 * and reads the same. `checked`: that holds for the rows for which `offending`, a condition, is not true. `lossy`: possible, but
 * nothing proves that values stay what they were. `impossible`: the engine has no such conversion.
 */
export type Conversion =
  | { readonly kind: 'lossless' }
  | { readonly kind: 'checked'; readonly offending: string; readonly words: string }
  | { readonly kind: 'lossy'; readonly reason: string }
  | { readonly kind: 'impossible'; readonly reason: string }

/** Both sides of a column, and of the table around it, whose rules may tell what the values mean. */
export interface ConvertedColumn {
  readonly live: ColumnShape
  readonly wanted: ColumnShape
  readonly table: { readonly live: TableShape; readonly wanted: TableShape }
}

export interface Conversions {
  /** `column` is the SQL of the column in the precheck. */
  column(sides: ConvertedColumn, column: string): Conversion
  /**
   * The same value as one of the wanted type, to ask of rows before the change what is declared for after it; the column itself where
   * that can be asked of it as it is. Only of values that `offending` is not true of.
   */
  converted(sides: Pick<ConvertedColumn, 'live' | 'wanted'>, column: string): string
  /** The same for a table's options: strictness, collation. `checked` conditions are about a row of the table. */
  options(sides: { readonly live: TableShape; readonly wanted: TableShape }): Conversion
  /** What rows have in a column that is yet to be added: its default, or NULL, as an expression of the column's type. */
  valueWhenAdded(column: ColumnShape): string
}

/** Which structure a reading is about: the connection's own, or what `canonicalForm` has built to compare with. */
export type CatalogueScope = 'live' | 'scratch'

export interface Catalogue {
  /** At most six, each over all tables at once. */
  queries(scope: CatalogueScope): readonly Query[]
  /** From the rows of the queries, in their order. Leaves out what belongs to Terrace or to the engine itself. */
  read(rows: readonly (readonly Readonly<Record<string, unknown>>[])[], scope: CatalogueScope): LiveStructure
}

/**
 * How the engine prints a declared structure. `parsed`: known without asking. `scratch`: the objects are built, read and
 * removed: in a savepoint that is rolled back where DDL can be, else as tables whose names begin with `scratchPrefix`.
 */
export type CanonicalForm =
  | { readonly kind: 'parsed'; of(declared: Snapshot): Snapshot }
  | {
      readonly kind: 'scratch'
      /** The table first, then what can be built one by one on it: a part that fails leaves the others. */
      build(table: TableShape): readonly string[]
      /** Empty where a rollback removes them. */
      remove(tables: readonly string[]): readonly string[]
    }

/** Names of tables that exist only while structures are compared. */
export const scratchPrefix = '_terrace_c_'
/** Names of the tables of journal and ledger begin so. */
export const journalPrefix = 'terrace_'
/** The first of them to be made and to be asked. */
export const journalMeta = 'terrace_meta'

/**
 * How one starter keeps the others waiting. `transaction`: taken by `acquire` inside the plan's own transaction (or, where
 * that is null, by beginning to write), released with it. `connection`: held over many transactions until `release`.
 */
export type StructureLock =
  | {
      readonly kind: 'transaction'
      readonly acquire: Query | null
      /** Inside the transaction, once the lock is held. */
      readonly prepare: readonly string[]
      /** Settings of the connection that a transaction cannot change, made before it, and the way back. */
      readonly settings: readonly string[]
      readonly restore: readonly string[]
    }
  | {
      readonly kind: 'connection'
      readonly acquire: Query
      readonly release: Query
      /** Settings of the connection while it is held, and the way back. */
      readonly prepare: readonly string[]
      readonly restore: readonly string[]
    }
