/** The storage types of Terrace. Each has the same meaning on every engine; dialects say how it is stored. */
export type ColumnType =
  | { readonly kind: 'uuid' }
  /** `maxLength` counts code points; without it the text is unbounded and may be neither key nor unique. */
  | { readonly kind: 'text'; readonly maxLength: number | null }
  | { readonly kind: 'integer' }
  | { readonly kind: 'smallint' }
  | { readonly kind: 'bigint' }
  /**
   * A 64-bit key as a JavaScript number up to 2^53 - 1. The database numbers it where the column's stamp is `identity`; a
   * reference to such a key has the same type without the stamp.
   */
  | { readonly kind: 'identity' }
  /** `json`: how it travels; absent as text, which no reader of JSON rounds. */
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number; readonly json?: 'number' }
  | { readonly kind: 'float' }
  | { readonly kind: 'boolean' }
  /** 3: a `Date` in milliseconds; 6: an ISO string in microseconds, always UTC with `Z`. */
  | { readonly kind: 'timestamp'; readonly precision: 3 | 6 }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  | { readonly kind: 'json' }
  | { readonly kind: 'array'; readonly item: ColumnType }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  /** A type that only some engines have: readable, never compared or rewritten. */
  | { readonly kind: 'native'; readonly name: string }

export type ColumnKind = ColumnType['kind']

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
