/**
 * What a revision's file exports: the steps to the next structure and back. A file belongs to one engine; its SQL is run as it is
 * written.
 */
export interface Migration {
  /** The engine's name, which is the folder's too. */
  readonly dialect: string
  /** Unique in its folder; the file is `<revision>_<slug>.ts`. */
  readonly revision: string
  /** The revisions it comes after: none for the first, two and more for one that merges. */
  readonly parents: readonly string[]
  /** One line, for people. */
  readonly description: string
  /** In their order. */
  readonly up: readonly MigrationStep[]
  /** In their order: the inverses of `up`, the last one first. */
  readonly down: readonly MigrationStep[]
}

export type MigrationStep = SqlStep | DataStep | IrreversibleStep

/** Statements of the engine at hand. */
export interface SqlStep {
  /** Several where they belong together, as the parts of a rebuild. */
  readonly sql: string | readonly string[]
  /**
   * Counted before the first change of this revision, by the names that are there then; any row refuses it. Directly before the step
   * are counted those that name what an earlier step makes, and once more those whose rows an earlier step of rows may correct: where
   * a step cannot be rolled back, what comes before them is done then.
   */
  readonly refuseIf?: readonly MigrationCheck[]
  /**
   * False: for statements that refuse a transaction. Such a step is run again from its beginning after an interruption, so it has to
   * bear that. Default: all of a revision in one transaction where the engine can.
   */
  readonly transaction?: false
}

export interface MigrationCheck {
  /** Answers one row with `offending`, a count. */
  readonly sql: string
  /** What such a row is: `rows with NULL in name`. */
  readonly rows: string
  /** A sentence without its end. */
  readonly remedy?: string
}

/**
 * Rows, by a function. The checksum of a revision knows it by `data` and `version` alone: raise the version when the work becomes
 * another. Always in a transaction; it may not change the structure. Where the database asks for it, after a deadlock or while
 * somebody holds a lock, the transaction is rolled back and the function called once more: what it keeps outside of its rows it may
 * be told twice.
 */
export interface DataStep {
  /** Its name in the journal, unique among the data steps of one direction: `fill-barcodes`. */
  readonly data: string
  readonly version: number
  run(rows: DataRows): Promise<void>
}

/** Plain SQL on the connection of the migration, with the engine's placeholders. */
export interface DataRows {
  all(sql: string, parameters?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** How many rows it has changed. */
  run(sql: string, parameters?: readonly unknown[]): Promise<number>
}

/** There is no way back from here, with the reason: a downgrade past it is refused before its first change. */
export interface IrreversibleStep {
  readonly irreversible: string
}
