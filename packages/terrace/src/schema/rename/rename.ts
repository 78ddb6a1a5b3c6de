/** A table's, or a column's of the table `table` (by its new name). */
export interface Rename {
  readonly object: 'table' | 'column'
  readonly table: string
  readonly from: string
  readonly to: string
}
