import { uniqueName, type ModelFact } from '../../model/index.ts'
import type { SchemaDialect } from '../schema-dialect.ts'
import type { ColumnShape, UniqueShape } from '../snapshot.ts'
import { formerNames, renamedSource } from './former-names.ts'
import { sourceOf } from './sql-names.ts'

/** A model's unique rules as the engine holds them, and the generated columns that they need there, each once. */
export function wantedUniques(
  model: ModelFact,
  { storage }: SchemaDialect,
): { readonly uniques: readonly UniqueShape[]; readonly generated: readonly ColumnShape[] } {
  const generated = new Map<string, ColumnShape>()
  const uniques = model.uniques.map((fact): UniqueShape => {
    const stored = storage.unique(fact, model)
    const former = formerNames({ model, columns: fact.columns }, uniqueName)
    const source = sourceOf(model, 'unique', { name: fact.name, columns: stored.unique.columns })
    for (const [at, column] of stored.generated.entries()) {
      if (generated.has(column.name)) continue
      const before = former.flatMap((name) => storage.unique({ ...fact, name }, model).generated[at] ?? [])
      const names = before.map(({ name }) => name).filter((name) => name !== column.name)
      generated.set(column.name, { ...column, source: renamedSource(source, names) })
    }
    return { ...plainUnique, name: fact.name, ...stored.unique, source: renamedSource(source, former) }
  })
  return { uniques, generated: [...generated.values()] }
}

const plainUnique = { nullsDistinct: true, include: [], deferrable: 'no', enforced: true } as const
