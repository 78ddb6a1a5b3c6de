import { oversizedKeys, unknownOptions, unnumberedKeys, type Unsupported } from '../../database/index.ts'
import type { ColumnFact, ColumnKind, ModelFact, ModelGraph } from '../../model/index.ts'

const engine = 'postgres'

// A third of a page less the entry's own header. Source: PostgreSQL, src/include/access/nbtree.h, BTMaxItemSize, and itup.h.
const indexEntryBytes = 2704 - 8
// In front of a value without a fixed length.
const lengthBytes = 4
// Source: PostgreSQL manual, "Numeric Types" and appendix K, "PostgreSQL Limits".
const decimalDigits = 1000
const columnsPerTable = 1600

const fixedBytes: Partial<Record<ColumnKind, number>> = {
  uuid: 16,
  integer: 4,
  smallint: 2,
  bigint: 8,
  identity: 8,
  float: 8,
  boolean: 1,
  timestamp: 8,
  date: 4,
  time: 8,
}

/** What PostgreSQL cannot hold of a graph. */
export function unsupportedByPostgres(graph: ModelGraph): readonly Unsupported[] {
  return [
    ...unknownOptions(graph, engine, {}),
    ...oversizedKeys(graph, { engine, limit: indexEntryBytes, bytesOf }),
    ...unnumberedKeys(graph, engine),
    ...Object.values(graph.models).flatMap((model) => [...tooManyColumns(model), ...tooManyDigits(model)]),
  ]
}

/** Of a type of its own nothing is known here: the server refuses an entry that is too long. */
function bytesOf({ type, stored }: ColumnFact): number {
  if (stored?.[engine]?.type !== undefined) return 0
  if (type.kind === 'text') return (type.maxLength ?? 0) * 4 + lengthBytes
  if (type.kind === 'oneOf') return Math.max(...type.values.map((value) => Buffer.byteLength(value))) + lengthBytes
  // Four digits in two bytes, and a header. Source: PostgreSQL manual, "Arbitrary Precision Numbers".
  if (type.kind === 'decimal') return Math.ceil(type.precision / 4) * 2 + 8
  return fixedBytes[type.kind] ?? 0
}

function tooManyColumns({ name, columns }: ModelFact): readonly Unsupported[] {
  if (columns.length <= columnsPerTable) return []
  const reason = `it has ${columns.length} columns, and a table has at most ${columnsPerTable}`
  return [{ model: name, column: null, reason, remedy: 'Split the model in two that refer to each other' }]
}

function tooManyDigits({ name, columns }: ModelFact): readonly Unsupported[] {
  return columns.flatMap((column) => {
    if (column.stored?.[engine]?.type !== undefined) return []
    if (column.type.kind !== 'decimal' || column.type.precision <= decimalDigits) return []
    const reason = `decimal(${column.type.precision}, ${column.type.scale}) has more than ${decimalDigits} digits`
    return [{ model: name, column: column.name, reason, remedy: `Declare at most ${decimalDigits} digits` }]
  })
}
