import { errors } from '../../errors/index.ts'
import type { ModelFact, ReferenceFact, SeedRow } from '../../model/index.ts'
import { rowsByKey } from './parents-first.ts'

/**
 * Columns of each row, by name, that lead to a row which is inserted later: NULL at first, and set when all rows are there. `later`:
 * models whose rows come after these. `SEED_INVALID` where such a key cannot be NULL.
 */
export function lateKeys(
  model: ModelFact,
  rows: readonly SeedRow[],
  later: ReadonlySet<string>,
): readonly ReadonlySet<string>[] {
  const late = rows.map(() => new Set<string>())
  const problems = new Set<string>()
  for (const reference of model.references) {
    const leadsAhead = reference.target === model.name ? leadsToLaterRow(reference, rows) : leadsTo(reference, later)
    const columns = nullableColumns(model, reference)
    for (const [at, row] of rows.entries()) {
      if (!leadsAhead(row, at)) continue
      if (columns.length === 0) problems.add(circleLine(model, reference))
      for (const column of columns) late[at]?.add(column)
    }
  }
  if (problems.size > 0) throw errors.SEED_INVALID({ values: { model: model.name, list: [...problems].join('; ') } })
  return late
}

type LeadsAhead = (row: SeedRow, at: number) => boolean

function leadsTo({ target, columns }: ReferenceFact, later: ReadonlySet<string>): LeadsAhead {
  const isLater = later.has(target)
  return (row) => isLater && columns.every((name) => (row[name] ?? null) !== null)
}

function leadsToLaterRow({ columns, targetColumns }: ReferenceFact, rows: readonly SeedRow[]): LeadsAhead {
  const parentOf = rowsByKey(rows, columns, targetColumns)
  return (row, at) => (parentOf(row) ?? -1) > at
}

/** A reference of several columns leads nowhere as soon as one of them is NULL. */
function nullableColumns(model: ModelFact, { columns }: ReferenceFact): readonly string[] {
  const keys = new Set(model.primaryKey.columns)
  return columns.filter((name) => !keys.has(name) && model.column[name]?.nullable === true)
}

function circleLine(model: ModelFact, { columns, target }: ReferenceFact): string {
  const key = columns.map((name) => `${model.name}.${name}`).join(', ')
  const words = target === model.name ? 'rows refer to each other' : `rows and those of ${target} refer to each other`
  return `${words} through ${key}, which is not nullable, so that none can come first: make it nullable`
}
