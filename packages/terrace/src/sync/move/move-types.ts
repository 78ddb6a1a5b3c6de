import type { OpaqueObject, Step } from '../../schema/index.ts'
import type { TableSum } from '../rows/row-checksum.ts'

/** What a move has done, and what shows that nothing was lost. */
export interface MoveReport {
  /** Of both databases, where they are equal, in the order in which they were moved. */
  readonly tables: readonly MovedTable[]
  /** What no model declares and therefore is in the source alone. */
  readonly left: readonly LeftBehind[]
  /** True where an earlier move that did not end was continued. */
  readonly resumed: boolean
  readonly seconds: number
  /** Rows copied by this run for each second of copying; without making the structure and comparing. */
  readonly rowsPerSecond: number
}

export interface MovedTable extends TableSum {
  readonly table: string
}

export interface LeftBehind {
  readonly kind: 'table' | 'column' | OpaqueObject['kind']
  /** A column as `products.kcal`. */
  readonly name: string
}

/** Told while it happens. */
export interface MoveObserver {
  /** Tables and columns are made in the target, and at the end keys, unique rules and indexes. */
  applied?(step: Step): void
  /** After each batch: so many rows of all those of the table are in the target. */
  batch?(progress: MoveProgress): void
  /** A table of the target is read again, to compare. */
  comparing?(table: string): void
}

export interface MoveProgress {
  readonly table: string
  readonly rows: number
  readonly of: number
}

export interface MoveOptions {
  /** Rows of one transaction, at the most; fewer where rows are wide. Default 1,000. */
  readonly batchRows?: number
  /** Tables, and columns as `products.kcal`, that have values, are not moved, and shall be left in the source alone. */
  readonly leaveBehind?: readonly string[]
  readonly observer?: MoveObserver
  /** Ends after the batch that is under way, with the signal's reason; run again, the move goes on from there. */
  readonly signal?: AbortSignal
  /** How long to wait while another process works on the structure of one of the two, in milliseconds. Default 60,000. */
  readonly lockTimeoutMs?: number
}
