import type { ModelFact } from '../../model/index.ts'
import type { Source } from '../snapshot.ts'

/** The database's name of a property. */
export function sqlName(model: ModelFact, property: string): string {
  return model.column[property]?.sqlName ?? property
}

export function sqlNames(model: ModelFact, properties: readonly string[]): readonly string[] {
  return properties.map((property) => sqlName(model, property))
}

export function sourceOf(
  model: ModelFact,
  fact: Source['fact'],
  { name, columns }: Pick<Source, 'name' | 'columns'>,
): Source {
  const declared = model.columns.filter(({ sqlName: stored }) => columns.includes(stored))
  return { model: model.name, fact, name, columns, properties: declared.map((column) => column.name) }
}
