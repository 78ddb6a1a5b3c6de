import type { Comparison } from './comparison.ts'

/**
 * The structure of a database as plain, canonical JSON: the same shape whether it was derived from models
 * (`snapshotOf`) or read from a live database (`SchemaDialect.catalogue`). Names are the database's.
 */
export interface Snapshot {
  /** By name, in the order of their names. */
  readonly tables: Readonly<Record<string, TableShape>>
}

/** The model fact that an object exists for, so that each line of SQL can say why. */
export interface Source {
  /** The model's name in the graph. */
  readonly model: string
  readonly fact: 'model' | 'column' | 'primaryKey' | 'unique' | 'index' | 'reference' | 'check'
  /** The fact's own name: a property, or the name of a constraint. */
  readonly name: string
  /** The database's names of the columns the fact is about. */
  readonly columns: readonly string[]
  /** Those of the columns that the model declares, by their names there. */
  readonly properties: readonly string[]
  /**
   * The database's former name of the table or column, where the model declares a rename; of what has its name from others, as a
   * constraint, those that it can have had.
   */
  readonly renamedFrom?: string | readonly string[]
}

interface Sourced {
  /** Null on everything that was read from a database. Not part of the object's hash. */
  readonly source: Source | null
  /**
   * The engine's own statement or clause, for putting an object back exactly as it was; absent on what was derived, and where
   * the shape says all. Not part of the object's hash.
   */
  readonly definition?: string
}

export interface TableShape extends Sourced {
  readonly name: string
  /** Null: not asked for, or an engine without comments; '' for none. */
  readonly comment: string | null
  /** What an engine keeps per table and the models rely on: strictness, storage engine. */
  readonly options: Readonly<Record<string, string>>
  readonly columns: readonly ColumnShape[]
  readonly primaryKey: PrimaryKeyShape | null
  readonly uniques: readonly UniqueShape[]
  readonly indexes: readonly IndexShape[]
  readonly foreignKeys: readonly ForeignKeyShape[]
  readonly checks: readonly CheckShape[]
}

export interface ColumnShape extends Sourced {
  readonly name: string
  /** As the engine's catalogue prints it: `character varying(100)`. */
  readonly type: string
  readonly nullable: boolean
  /** An SQL expression; null for none (DEFAULT NULL is none). */
  readonly default: string | null
  readonly generated: GeneratedShape | null
  /** How the database numbers it; null where it does not. */
  readonly identity: Identity | null
  /** Null: the engine's or the table's own, which the models do not ask for. */
  readonly collation: string | null
  /** As a table's. */
  readonly comment: string | null
  /** A native type: readable, never compared or rewritten. */
  readonly isOpaque: boolean
}

/**
 * `byDefault` takes an explicit number too, as AUTOINCREMENT and AUTO_INCREMENT do; `always` refuses one; `serial` is a default
 * that asks a sequence which belongs to the column.
 */
export type Identity = 'byDefault' | 'always' | 'serial'

export interface GeneratedShape {
  readonly expression: string
  readonly stored: boolean
  /** Left out of `select *`. */
  readonly invisible: boolean
}

export interface PrimaryKeyShape extends Sourced {
  /** Null where the engine keeps no name. */
  readonly name: string | null
  readonly columns: readonly string[]
}

export interface UniqueShape extends Sourced {
  readonly name: string | null
  readonly columns: readonly string[]
  /** An SQL condition: unique among the rows for which it holds. */
  readonly where: string | null
  /** Two rows with NULL in one of the columns do not collide. */
  readonly nullsDistinct: boolean
  /** Engines that tell a constraint from a unique index keep the difference; the others say `constraint` for both. */
  readonly heldBy: 'constraint' | 'index'
  /** Columns that its index carries besides. */
  readonly include: readonly string[]
  readonly deferrable: Deferrability
  /** False for one whose building failed: it stands there and refuses nothing for certain. */
  readonly enforced: boolean
}

/** Whether a rule is held at each statement, may be put off to the commit, or is put off unless asked otherwise. */
export type Deferrability = 'no' | 'initiallyImmediate' | 'initiallyDeferred'

export interface IndexShape extends Sourced {
  readonly name: string
  readonly columns: readonly IndexColumnShape[]
  readonly where: string | null
  /** Columns that it carries and does not order by. */
  readonly include: readonly string[]
  /** `btree`, or what else the catalogue says. */
  readonly method: string
  /** False for one whose building failed: it serves nothing. */
  readonly valid: boolean
}

export interface IndexColumnShape {
  /** A column's name; an expression in parentheses. */
  readonly name: string
  /** What else stands with it, as the engine prints it: a collation, an operator class, the length of a prefix. '' for nothing. */
  readonly suffix: string
  readonly direction: 'asc' | 'desc'
  /** Where NULLs stand in the index; null where an engine leaves no choice. */
  readonly nulls: 'first' | 'last' | null
}

export type ReferentialAction = 'noAction' | 'restrict' | 'cascade' | 'setNull' | 'setDefault'

export interface ForeignKeyShape extends Sourced {
  readonly name: string | null
  readonly columns: readonly string[]
  readonly targetTable: string
  readonly targetColumns: readonly string[]
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
  readonly deferrable: Deferrability
  /** False for one that the rows that are there were never held to. */
  readonly enforced: boolean
}

export interface CheckShape extends Sourced {
  readonly name: string | null
  readonly expression: string
  /** False for a constraint that the engine does not hold existing or new rows to. */
  readonly enforced: boolean
}

/** What was read from a database. */
export interface LiveStructure {
  readonly snapshot: Snapshot
  /** The engine's own estimate of the rows of each table; null where it has none. */
  readonly estimatedRows: Readonly<Record<string, number | null>>
  /** Names that are taken by something models cannot declare: `different` for a view, `unknown` for what cannot be read. */
  readonly otherObjects: Readonly<Record<string, Exclude<Comparison, { readonly kind: 'equal' }>>>
  /** Everything that models cannot declare, by kind and name: never changed, put back where a step has to remove it. */
  readonly opaque: readonly OpaqueObject[]
  /** Whether the tables of journal and ledger are there. */
  readonly hasJournal: boolean
  /** Scratch tables of a start that was killed while it compared. */
  readonly leftovers: readonly string[]
}

/** An object that the engine keeps and never regenerates from anything but its own text. */
export interface OpaqueObject {
  readonly kind:
    | 'view'
    | 'materializedView'
    | 'foreignTable'
    | 'partitionedTable'
    | 'partition'
    | 'virtualTable'
    | 'shadowTable'
    | 'unreadableTable'
    | 'trigger'
    | 'sequence'
    | 'enum'
    | 'domain'
    | 'routine'
    | 'index'
    | 'constraint'
    | 'policy'
    | 'rule'
    | 'extensionObject'
  readonly name: string
  /** The table it stands on; null where it stands on none. */
  readonly table: string | null
  /** As the engine printed it, before any rename; null where it prints nothing. */
  readonly definition: string | null
  /** Tables it reads, as far as the engine tells. */
  readonly uses: readonly string[]
  /** `products.name`: the columns it cannot be without, where the engine tells them. */
  readonly usesColumns?: readonly string[]
  /**
   * Statements that make it again exactly, with its owner, rights, comment and what else stands on it; null where it cannot be
   * made again, or is about to be renamed. Absent where `definition` is all.
   */
  readonly restore?: readonly string[] | null
}
