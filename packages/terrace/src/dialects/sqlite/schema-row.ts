/** One row of `sqlite_schema`. */
export interface SchemaRow {
  readonly type: 'table' | 'index' | 'view' | 'trigger'
  readonly name: string
  readonly tbl_name: string
  /** Null for the index of a constraint. */
  readonly sql: string | null
}
