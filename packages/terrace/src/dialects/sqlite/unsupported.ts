import type { Unsupported } from '../../database/index.ts'
import type { ColumnFact, ModelGraph } from '../../model/index.ts'

// 10^18 - 1 fits into the 64 bits of an INTEGER, 10^19 - 1 does not.
const decimalDigits = 18

/** What SQLite cannot hold of a graph. */
export function unsupportedBySqlite(graph: ModelGraph): readonly Unsupported[] {
  return Object.values(graph.models).flatMap((model) =>
    model.columns.flatMap((column) => {
      const problem = problemOf(column)
      return problem === null ? [] : [{ model: model.name, column: column.name, ...problem }]
    }),
  )
}

function problemOf({ type }: ColumnFact): Pick<Unsupported, 'reason' | 'remedy'> | null {
  if (type.kind === 'native') {
    return { reason: `SQLite has no type ${type.name}`, remedy: 'Declare a column of one of the common types' }
  }
  if (type.kind !== 'decimal' || type.precision <= decimalDigits) return null
  return {
    reason: `decimal(${type.precision}, ${type.scale}) has more than the ${decimalDigits} digits of a 64-bit integer`,
    remedy: `Declare at most ${decimalDigits} digits, or use a database with exact decimals`,
  }
}
