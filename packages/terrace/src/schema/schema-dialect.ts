import type { CheckFact, ColumnFact, ModelFact, UniqueFact } from '../model/index.ts'
import type { Change, ChangeKind, ChangeOf } from './change.ts'
import type { LockLevel, ObjectPath, Phase, Precheck, Query } from './plan/plan.ts'
import type { ColumnShape, IndexColumnShape, LiveStructure, Snapshot, TableShape, UniqueShape } from './snapshot.ts'

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
  readonly render: ChangeRenderer
  readonly byHand: ByHand
  readonly catalogue: Catalogue
  readonly canonicalForm: CanonicalForm
  readonly lock: StructureLock
  /** Fixed statements that make the journal's tables where they are missing. */
  readonly journalTables: readonly string[]
  /** Moves the numbering behind the highest key there is; null where the engine does so by itself. */
  resyncIdentity(table: string, column: string): string | null
}

/** The changes that start-up does not make of itself, but a person may. */
export type ManualChange =
  | Extract<Change, { readonly differences: unknown }>
  | ChangeOf<'dropUnique' | 'dropForeignKey' | 'dropCheck'>

/** What a person does about a change that we do not make. */
export interface ByHand {
  /** After these the next start finds the change made; null where the engine has no such statements, or we do not know them. */
  statements(change: ManualChange): readonly string[] | null
  /** What to do where there are no statements: a sentence without its end. */
  readonly otherwise: string
  /** Whether checks, keys and unique rules can be given another name, or be made anew under it, by statements. */
  readonly renamesRules: boolean
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
  readonly unique: Omit<UniqueShape, 'source' | 'name' | 'nullsDistinct' | 'enforced'>
  readonly generated: readonly Omit<ColumnShape, 'source'>[]
}

/** What rendering knows besides the change. */
export interface RenderContext {
  /** Foreign keys may point at these: live ones, and those that the plan has made by now. */
  readonly knownTables: ReadonlySet<string>
  /** Those that exist before the plan begins. */
  readonly liveTables: ReadonlySet<string>
}

/** One statement for one change. Its hazards come from `safety/`. */
export interface RenderedStep {
  readonly phase: Phase
  readonly sql: string
  readonly inverse: string | null
  readonly precheck: Precheck | null
  readonly lock: LockLevel
  readonly idempotenceProbe: Query
  readonly makes: readonly ObjectPath[]
}

export type Rendered =
  | { readonly kind: 'steps'; readonly steps: readonly RenderedStep[] }
  | { readonly kind: 'refused'; readonly reason: string; readonly remedy: string }

/** The changes that an engine makes without rewriting a table. The rest is refused by the planner for all engines alike. */
export type RenderedKind = Extract<
  ChangeKind,
  'createTable' | 'addColumn' | 'addUnique' | 'addIndex' | 'addForeignKey' | 'addCheck'
>

export type ChangeRenderer = { readonly [K in RenderedKind]: (change: ChangeOf<K>, context: RenderContext) => Rendered }

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
  | { readonly kind: 'transaction'; readonly acquire: Query | null; readonly prepare: readonly string[] }
  | {
      readonly kind: 'connection'
      readonly acquire: Query
      readonly release: Query
      /** Settings of the connection while it is held, and the way back. */
      readonly prepare: readonly string[]
      readonly restore: readonly string[]
    }
