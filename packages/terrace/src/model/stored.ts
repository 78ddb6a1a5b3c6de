/**
 * How one engine keeps what a model declares, where that is not what the declaration means there: for databases that others have
 * made. Names and types are the database's. What is not given is derived as ever.
 */
export interface ColumnStorage {
  /** As the engine's catalogue prints it: `varchar(160)`, `smallint unsigned`. */
  readonly type?: string
  /** Null: the table's or the database's own. */
  readonly collation?: string | null
  /** True for a column of the key that takes NULL all the same, as some engines let it. */
  readonly nullable?: boolean
  /**
   * What stands behind DEFAULT, with the parentheses that some engines ask for around an expression; null for none. Whoever inserts
   * through Terrace still gives what the model says.
   */
  readonly default?: string | null
  /** How the database numbers it; see `Identity` of the structure. */
  readonly identity?: 'byDefault' | 'always' | 'serial' | null
  /** Computed by the database; for `native()` columns, which nobody writes. */
  readonly generated?: { readonly expression: string; readonly stored: boolean; readonly invisible?: boolean }
}

/**
 * The same for a table. A list stands for all that would be derived of its kind: `checks: []` says that the database holds none of
 * the rules, which the DAO holds all the same.
 */
export interface TableStorage {
  /** Only those that differ: `{ strict: 'no' }`, `{ engine: 'MyISAM' }`. */
  readonly options?: Readonly<Record<string, string>>
  /** Of its columns that have one and do not say their own; null: the database's own. */
  readonly collation?: string | null
  /** The constraint's name; null where it has none. */
  readonly primaryKey?: string | null
  readonly uniques?: readonly UniqueStorage[]
  readonly indexes?: readonly IndexStorage[]
  readonly foreignKeys?: readonly ForeignKeyStorage[]
  readonly checks?: readonly CheckStorage[]
}

/** What is not given is as in a plain one. Columns by their names in the database, here and below. */
export interface UniqueStorage {
  readonly name: string | null
  readonly columns: readonly string[]
  readonly where?: string
  /** Default true. */
  readonly nullsDistinct?: boolean
  /** Default `constraint`. */
  readonly heldBy?: 'constraint' | 'index'
  readonly include?: readonly string[]
  readonly deferrable?: 'initiallyImmediate' | 'initiallyDeferred'
  /** Default true. */
  readonly enforced?: boolean
}

export interface IndexStorage {
  readonly name: string
  /** A name alone: ascending, as the engine sorts by itself. An expression stands in parentheses. */
  readonly columns: readonly (string | IndexColumnStorage)[]
  readonly where?: string
  readonly include?: readonly string[]
  /** Default `btree`. */
  readonly method?: string
}

export interface IndexColumnStorage {
  readonly name: string
  readonly suffix?: string
  readonly direction?: 'asc' | 'desc'
  readonly nulls?: 'first' | 'last'
}

export interface ForeignKeyStorage {
  readonly name: string | null
  readonly columns: readonly string[]
  readonly target: { readonly table: string; readonly columns: readonly string[] }
  readonly onDelete?: StoredAction
  readonly onUpdate?: StoredAction
  readonly deferrable?: 'initiallyImmediate' | 'initiallyDeferred'
  /** False for one that rows from before it were never held to. Default true. */
  readonly enforced?: boolean
}

/** Default, where none is given: `noAction`. */
export type StoredAction = 'noAction' | 'restrict' | 'cascade' | 'setNull' | 'setDefault'

export interface CheckStorage {
  readonly name: string | null
  readonly expression: string
  /** As a foreign key's. */
  readonly enforced?: boolean
}

/** By the engine's name, as the folder of its migrations: a graph stays portable, and only that engine keeps it so. */
export type ByEngine<T> = Readonly<Record<string, T>>
