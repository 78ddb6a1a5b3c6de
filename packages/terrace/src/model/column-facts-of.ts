import { columnFact } from './bind/column-facts.ts'
import { deepFreeze } from './bind/freeze.ts'
import type { Columns } from './column.ts'
import type { ColumnFact } from './graph-facts.ts'

/**
 * The facts of columns that stand in no table: those of a query, a path, a hand-written body. They refer to nothing.
 */
export function columnFactsOf(columns: Columns): readonly ColumnFact[] {
  return deepFreeze(Object.entries(columns).map(([name, { spec }]) => columnFact(name, spec, null)))
}
