import { unknownOptions, type Unsupported } from '../../database/index.ts'
import type { ColumnFact, ModelFact, ModelGraph } from '../../model/index.ts'

// 10^18 - 1 fits into the 64 bits of an INTEGER, 10^19 - 1 does not.
const decimalDigits = 18

/** What SQLite cannot hold of a graph. */
export function unsupportedBySqlite(graph: ModelGraph): readonly Unsupported[] {
  const columns = Object.values(graph.models).flatMap((model) =>
    model.columns.flatMap((column) => {
      const problem = problemOf(column) ?? numberingProblem(model, column)
      return problem === null ? [] : [{ model: model.name, column: column.name, ...problem }]
    }),
  )
  return [...unknownOptions(graph, engine, { strict: ['yes', 'no'], rowid: ['yes', 'no'] }), ...columns]
}

type Problem = Pick<Unsupported, 'reason' | 'remedy'>

const engine = 'sqlite'

/** A type of its own is text that SQLite takes as it is. */
function problemOf({ type, stored }: ColumnFact): Problem | null {
  if (type.kind === 'native') {
    const kept = stored?.[engine]
    if (kept?.type !== undefined || kept?.generated !== undefined) return null
    return { reason: `SQLite has no type ${type.name}`, remedy: 'Declare a column of one of the common types' }
  }
  if (type.kind !== 'decimal' || type.precision <= decimalDigits) return null
  return {
    reason: `decimal(${type.precision}, ${type.scale}) has more than the ${decimalDigits} digits of a 64-bit integer`,
    remedy: `Declare at most ${decimalDigits} digits, or use a database with exact decimals`,
  }
}

/** Only what is called INTEGER and is the key of a table with rowids is the rowid. Source: sqlite.org/lang_createtable.html, ROWIDs. */
function numberingProblem({ stored: table }: ModelFact, { stamp, stored }: ColumnFact): Problem | null {
  if (stamp !== 'identity') return null
  const type = stored?.[engine]?.type ?? 'INTEGER'
  if (type.toUpperCase() === 'INTEGER' && table?.[engine]?.options?.['rowid'] !== 'no') return null
  return {
    reason: 'SQLite numbers only an INTEGER PRIMARY KEY of a table with rowids',
    remedy: 'Leave its type and the option rowid away, or declare it as integer().primaryKey()',
  }
}
