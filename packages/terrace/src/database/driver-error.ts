/** Everything that can go wrong in a statement, the same on every engine. Closed. */
export type DriverErrorKind =
  | 'unique'
  | 'foreignKey'
  | 'check'
  | 'notNull'
  | 'tooLong'
  | 'outOfRange'
  | 'invalidValue'
  | 'deadlock'
  | 'serialization'
  | 'lockTimeout'
  | 'busy'
  | 'timeout'
  | 'connection'
  | 'readOnly'
  | 'diskFull'
  | 'permission'
  /** A policy of the database refuses the row that would be written. */
  | 'rowPolicy'
  | 'missingObject'
  | 'other'

interface ErrorConsequences {
  readonly retryable: boolean
  readonly endsSession: boolean
}

const statementOnly = { retryable: false, endsSession: false } as const

/** What follows from each kind, the same on every engine. */
export const consequencesOf = {
  unique: statementOnly,
  foreignKey: statementOnly,
  check: statementOnly,
  notNull: statementOnly,
  tooLong: statementOnly,
  outOfRange: statementOnly,
  invalidValue: statementOnly,
  deadlock: { retryable: true, endsSession: true },
  serialization: { retryable: true, endsSession: true },
  lockTimeout: { retryable: true, endsSession: false },
  busy: { retryable: true, endsSession: true },
  timeout: statementOnly,
  // Whether anything was sent before, and so whether it may be run again, is known to the session only.
  connection: { retryable: false, endsSession: true },
  readOnly: statementOnly,
  diskFull: statementOnly,
  permission: statementOnly,
  rowPolicy: statementOnly,
  missingObject: statementOnly,
  other: statementOnly,
} as const satisfies Record<DriverErrorKind, ErrorConsequences>

export interface DriverErrorFacts {
  readonly kind: DriverErrorKind
  /** The unit of work may succeed when it is run again from its beginning. */
  readonly retryable: boolean
  /** The connection or its transaction is gone: the outermost session fails, not only a nested one. */
  readonly endsSession: boolean
  readonly table: string | null
  readonly constraint: string | null
  /** Names in the database, where the engine says them; the graph resolves the rest by `constraint`. */
  readonly columns: readonly string[] | null
}

/**
 * What a driver reports, classified by its dialect. The engine's own error is the `cause`; its text may contain values and
 * must never leave the process other than in a redacted log.
 */
export class DriverError extends Error implements DriverErrorFacts {
  readonly kind: DriverErrorKind
  readonly retryable: boolean
  readonly endsSession: boolean
  readonly table: string | null
  readonly constraint: string | null
  readonly columns: readonly string[] | null

  constructor(message: string, facts: DriverErrorFacts, cause: unknown) {
    super(message, { cause })
    this.name = 'DriverError'
    this.kind = facts.kind
    this.retryable = facts.retryable
    this.endsSession = facts.endsSession
    this.table = facts.table
    this.constraint = facts.constraint
    this.columns = facts.columns
  }
}
