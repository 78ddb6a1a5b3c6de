/** A column of others, what is stored in it, and what a model must say to read and write that. */
export interface StoredType {
  /** As it stands behind the column's name in CREATE TABLE. */
  readonly sql: string
  readonly table?: string
  /** As messages write it, or `native(…)`. */
  readonly declared: string
  /** SQL of the values, one for each row, and what the DAO reads. */
  readonly values: readonly (readonly [sql: string, read: unknown])[]
  /** SQL of values that the type does not have. */
  readonly offending?: readonly string[]
  readonly default?: unknown
  readonly note?: RegExp
}

/** Tables of others on one engine. */
export interface StoredTypes {
  readonly before?: readonly string[]
  /** By table, what stands before the columns and behind the list. */
  readonly tables: Readonly<Record<string, readonly [key: string, suffix: string]>>
  /** The value of a column in one text, exactly. */
  readonly exactly: (column: string) => string
  readonly types: readonly StoredType[]
}

export const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values)

/** What a default is declared as. */
export const now = { kind: 'now' }
export const value = (given: unknown): unknown => ({ kind: 'value', value: given })
