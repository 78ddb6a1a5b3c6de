import type { ModelFact } from '../../model/index.ts'
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
    for (const column of stored.generated)
      if (!generated.has(column.name)) generated.set(column.name, { ...column, source })
    return { ...plainUnique, name: fact.name, ...stored.unique, source }
  })
  return { uniques, generated: [...generated.values()] }
}

const plainUnique = { nullsDistinct: true, include: [], deferrable: 'no', enforced: true } as const
