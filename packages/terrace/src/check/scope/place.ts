/** The ways in which source steps outside the scope, each with what it does. */
export const placeKinds = {
  unscopedScope: 'a session without scope: every row of everyone',
  unscopedSession: 'a part of a session without scope: every row of everyone',
  everyone: 'a session that acts for nobody',
  deletedRows: 'rows of the trash',
  globalUnique: 'a unique rule over the rows of all owners: a conflict tells that another one has the value',
  readByEveryone: 'rows that others than their owner or the members read',
  writtenByEveryone: 'rows that everyone may change',
  allowList: 'functions, casts, collations or operators that Terrace does not know',
  unbounded: 'a write of every row that the scope reaches',
  rawSql: 'SQL as text, which runs only without scope',
  driver: 'a database reached past Terrace',
} as const

export type PlaceKind = keyof typeof placeKinds

/** One place of a project's source that steps outside. */
export interface Place {
  /** From the project's folder, with slashes. */
  readonly file: string
  /** One-based. */
  readonly line: number
  readonly kind: PlaceKind
  /** `is`: the text says so. `may`: it depends on a value that is not known from the text. */
  readonly certainty: 'is' | 'may'
  /** The class, method, function or constant around it: `ProductService.purgeAll`; empty at the top of a file. */
  readonly within: string
  /** The source text, white space as one blank, cut off before what it does with the rows. */
  readonly text: string
  /** Of `unscoped`: the reason, where it is a text. */
  readonly reason: string | null
}
