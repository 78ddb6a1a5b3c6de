import type { TableShape } from '../snapshot.ts'

/** One table as declared, and as the engine prints it. */
export interface WantedTable {
  readonly declared: TableShape
  readonly canonical: TableShape
}
