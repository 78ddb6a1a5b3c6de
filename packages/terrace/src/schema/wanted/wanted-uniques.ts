import { uniqueName, type ModelFact, type UniqueFact } from '../../model/index.ts'
import type { SchemaDialect } from '../schema-dialect.ts'
import type { ColumnShape, UniqueShape } from '../snapshot.ts'
import { sourceOf } from './sql-names.ts'

/** A model's unique rules as the engine holds them, and the generated columns that they need there, each once. */
export function wantedUniques(
  model: ModelFact,
  { storage }: SchemaDialect,
): { readonly uniques: readonly UniqueShape[]; readonly generated: readonly ColumnShape[] } {
  const generated = new Map<string, ColumnShape>()
  const uniques = model.uniques.map((fact): UniqueShape => {
    const stored = storage.unique(fact, model)
    const source = sourceOf(model, 'unique', { name: fact.name, columns: stored.unique.columns })
    for (const [at, column] of stored.generated.entries()) {
      const former = formerNames(fact, model).flatMap(
        (name) => storage.unique({ ...fact, name }, model).generated[at] ?? [],
      )
      const renamedFrom = former.map(({ name }) => name).filter((name) => name !== column.name)
      if (generated.has(column.name)) continue
      generated.set(column.name, { ...column, source: renamedFrom.length === 0 ? source : { ...source, renamedFrom } })
    }
    return { ...plainUnique, name: fact.name, ...stored.unique, source }
  })
  return { uniques, generated: [...generated.values()] }
}

const plainUnique = { nullsDistinct: true, include: [], deferrable: 'no', enforced: true } as const

/** The names that a rule has had while some of the renames that the model declares were still to come. */
function formerNames({ columns }: UniqueFact, model: ModelFact): readonly string[] {
  const tables = [model.table, ...(model.renamedFrom === null ? [] : [model.renamedFrom])]
  const lists = columns.reduce<readonly (readonly string[])[]>(
    (before, property) => {
      const former = model.column[property]?.renamedFrom ?? null
      const names = [property, ...(former === null ? [] : [former])]
      return before.flatMap((list) => names.map((name) => [...list, name]))
    },
    [[]],
  )
  return tables.flatMap((table) => lists.map((list) => uniqueName(table, list)))
}
