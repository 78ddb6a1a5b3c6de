import type { ColumnStorage, ColumnType, OnDelete, TableStorage } from '../../model/index.ts'
import type { ColumnShape, DeclaredAs, TableShape } from '../../schema/index.ts'

/** What is to be written of one table: everything but the names is the database's. */
export interface ModelDraft {
  readonly live: TableShape
  /** The model's name; also what others import. */
  readonly name: string
  readonly file: string
  /** In the order of the table, but for the columns of the key, which stand in the key's. */
  readonly columns: readonly ColumnDraft[]
  /** By property. */
  readonly uniques: readonly (readonly string[])[]
  /** By property, with `-` for descending. */
  readonly indexes: readonly (readonly string[])[]
  /** Those of several columns, or that lead to something else than a key of one column. */
  readonly references: readonly ReferenceDraft[]
  readonly stored: TableStorage | null
}

export interface ColumnDraft {
  readonly live: ColumnShape
  readonly property: string
  readonly as: Exclude<DeclaredAs, { readonly kind: 'none' }>
  /** The type that it has in the model: a reference's is its target's. */
  readonly type: ColumnType
  readonly isKey: boolean
  readonly reference: ColumnReferenceDraft | null
  readonly isUnique: boolean
  readonly isIndexed: boolean
  /** Where its own name means something else to lists of the API. */
  readonly filterAs: string | null
  readonly stored: ColumnStorage | null
}

export interface ColumnReferenceDraft {
  readonly table: string
  /** Null: what the column's name gives. */
  readonly as: string | null
  readonly onDelete: OnDelete
}

export interface ReferenceDraft extends ColumnReferenceDraft {
  /** By property. */
  readonly columns: readonly string[]
  readonly targetColumns: readonly string[]
}
