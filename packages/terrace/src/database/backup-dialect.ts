import type { Connection } from './driver.ts'

/** What one engine needs to be copied to a file and back, as a whole: also what models do not know. */
export interface BackupDialect {
  /** What a URL names, as far as it tells without opening it. `BACKUP_REFUSED` for a database in memory. */
  place(url: string): BackupPlace
  /** Whether it is there, where that can be told without opening it, which would make it; else null, as for one in memory. */
  exists(url: string): boolean | null
  /** Whether a file, by its beginning, is one that `backup` has written for such a place. */
  recognizes(beginning: Uint8Array, place: BackupPlace): boolean
  /**
   * A consistent copy of the whole database while others go on writing. `file` is there already, empty, for its owner alone.
   * `BACKUP_TOOL_MISSING` where the engine's own tool is not there, with what to install; `BACKUP_FAILED` with its words. No
   * password in an argument or a message.
   */
  backup(run: BackupRun): Promise<void>
  /**
   * Makes the database what the file has; what was there before is gone. `RESTORE_IN_USE`, `BACKUP_TOOL_MISSING` before anything is
   * changed; `RESTORE_FAILED`, which says what is in the database now.
   */
  restore(run: RestoreRun): Promise<void>
  /** Statements inside a transaction after which values are read as the same texts on every server: its zone, its styles. */
  readonly plainTexts: readonly string[]
  /** Whether values of a type can be read as texts to be summed; of others a difference is not seen, and the manifest says so. */
  isSummed(type: string): boolean
  /** What the engine itself finds wrong in what it keeps. Not inside a transaction. */
  problems(connection: Connection): Promise<readonly IntegrityProblem[]>
}

export interface BackupPlace {
  /** For the file's name and for messages: no user, no password. */
  readonly database: string
  /** Of the file: `.db`, `.dump`, `.sql`. */
  readonly extension: string
  /** What kind of copy it is, which only such a place can take back: `postgres-dump`. */
  readonly copy: string
  /** How many parts of a server's version a copy may not be newer in: 1 for `15.20` before `16.1`. 0: any. */
  readonly versionParts: number
}

export interface BackupRun extends CopyRun {
  readonly witness: BackupWitness
}

export type RestoreRun = CopyRun

interface CopyRun {
  readonly url: string
  readonly file: string
  /** Stops the work, and what it has begun is taken away; rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Bytes or pages, where the engine tells; `total` null where it does not. */
  readonly progress?: ((done: number, total: number | null) => void) | undefined
}

/** Is shown what the file gets, so that its manifest says what is in it and not what was there before or after. */
export interface BackupWitness {
  /** A connection, in a transaction, that sees exactly the state that is copied, or the copy itself. */
  sees(connection: Connection): Promise<void>
  /** Where no connection can: one before and after, whose structure has to be the same, */
  structure(connection: Connection): Promise<readonly WitnessedTable[]>
  /** and each row as the file has it, its values as the driver would give them, in the order of the columns given. */
  row(table: string, columns: readonly string[], values: readonly unknown[]): void
  /** Something to know about this copy. */
  note(text: string): void
}

export interface WitnessedTable {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

export interface IntegrityProblem {
  /** `index products.ix_products_name` */
  readonly object: string
  readonly what: string
  readonly remedy: string
}
