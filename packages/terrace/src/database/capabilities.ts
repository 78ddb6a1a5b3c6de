/**
 * What one connection can do, computed from the server's flavour and version. Code above the dialects asks these facts and
 * never a database's name.
 */
export interface Capabilities {
  /** For messages and reports only: the product and its version as it names itself. */
  readonly product: string
  readonly version: string
  readonly transactionalDdl: boolean
  readonly insertReturning: boolean
  readonly updateReturning: boolean
  readonly deleteReturning: boolean
  /** `INSERT … ON CONFLICT … DO UPDATE … WHERE`. */
  readonly onConflictWhere: boolean
  /** Indexes over some rows only; otherwise unique rules over alive rows use a generated column. */
  readonly partialIndexes: boolean
  /** NULL is the smallest value in ORDER BY; otherwise the compiler says where NULLs go. */
  readonly nullsAreSmallest: boolean
  /** `select … for share` locks the rows read; otherwise writers are already alone. */
  readonly rowLocks: boolean
  /** FULL joins; every engine has the others. */
  readonly fullJoin: boolean
  readonly lateralJoin: boolean
  /** A sub-query in FROM of a sub-query may name the tables around that. */
  readonly correlatedFrom: boolean
  /** `select distinct on (…)`. */
  readonly distinctOn: boolean
  /** `WITH` in front of INSERT, UPDATE and DELETE. */
  readonly withBeforeWrite: boolean
  /** Reads may run on other connections than writes: a session begins on a reader and moves to the writer. */
  readonly separateWriter: boolean
  /** Policies of the database itself limit the rows that a session reaches (`rowLevelSecurity`). */
  readonly rowLevelSecurity: boolean
  /** Placeholders that one statement may have. */
  readonly maxParameters: number
  /** Isolation levels that `begin` accepts. */
  readonly isolationLevels: readonly IsolationLevel[]
}

export type IsolationLevel = 'readCommitted' | 'repeatableRead' | 'serializable'
