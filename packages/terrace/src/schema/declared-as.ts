import type { ColumnType } from '../model/index.ts'

/**
 * What a model can say of a column that others have made, so that every value that is stored there is read, and written back, as
 * it is. How the engine keeps it is said besides, by `stored`. Nothing is concluded from names of columns.
 */
export type DeclaredAs =
  | {
      readonly kind: 'column'
      /** `identity` where the database numbers the single key: that is declared as `identity()`. */
      readonly type: ColumnType
      /** What the model can say of the live default; null for none, and for one that only `stored` can say. */
      readonly default: DeclaredDefault | null
      /**
       * A condition, over the column's own table, that is true of rows with a value that the type does not have: `0000-00-00`,
       * `infinity`, a text in a column of numbers. They are read as far as they can be, and not written. Null: there can be none.
       */
      readonly offending: string | null
      /** Where it is not what a new model would say: `kept as year(4)`. */
      readonly note: string | null
    }
  /** Read as the driver gives it, and never written: also what the database computes. */
  | { readonly kind: 'native'; readonly name: string; readonly note: string | null }
  | { readonly kind: 'none'; readonly reason: string }

export type DeclaredDefault =
  /** As `.default(…)` takes it: a bigint of a `bigint()`, a text of a `decimal()`. */
  | { readonly kind: 'value'; readonly value: string | number | bigint | boolean }
  /** The database's clock. */
  | { readonly kind: 'now' }
