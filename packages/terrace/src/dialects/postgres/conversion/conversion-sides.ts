import type { ColumnShape, ServerVersion } from '../../../schema/index.ts'

export interface ConversionSides {
  readonly live: Pick<ColumnShape, 'type'>
  readonly wanted: Pick<ColumnShape, 'type'>
  /** The SQL of the column. */
  readonly column: string
  readonly server: ServerVersion
}
