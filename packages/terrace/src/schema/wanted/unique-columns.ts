import type { ColumnFact, ModelFact, UniqueFact } from '../../model/index.ts'

/** The columns that carry a unique rule, by their names in the database: the owner's first, folded companions for texts without case. */
export function uniqueColumns({ within, columns }: UniqueFact, model: ModelFact): readonly string[] {
  return [
    ...within.map((property) => model.column[property]?.sqlName ?? property),
    ...columns.map((property) => {
      const column = model.column[property]
      return column?.foldedInto?.sqlName ?? column?.sqlName ?? property
    }),
  ]
}

export interface ConditionWriter {
  quoteName(name: string): string
  literal(column: ColumnFact, value: unknown): string
}

/** The rows that a unique rule is about, as an SQL condition; null for all rows. */
export function uniqueCondition(
  { aliveOnly, where }: UniqueFact,
  model: ModelFact,
  writer: ConditionWriter,
): string | null {
  const deletedAt = aliveOnly && model.softDelete !== null ? model.column[model.softDelete.deletedAt] : undefined
  const alive = deletedAt === undefined ? [] : [`${writer.quoteName(deletedAt.sqlName)} is null`]
  const equalities = Object.entries(where ?? {}).map(([property, value]) =>
    equality(model, { property, value }, writer),
  )
  const conditions = [...alive, ...equalities]
  return conditions.length === 0 ? null : conditions.join(' and ')
}

function equality(
  model: ModelFact,
  { property, value }: { readonly property: string; readonly value: unknown },
  { quoteName, literal }: ConditionWriter,
): string {
  const column = model.column[property]
  if (column === undefined) return 'true'
  const name = quoteName(column.sqlName)
  return value === null ? `${name} is null` : `${name} = ${literal(column, value)}`
}
