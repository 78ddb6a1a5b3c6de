import type { ModelFact } from '../../model/index.ts'
import type { Source } from '../snapshot.ts'

/** What a name is made of: a table, properties or former columns, and the table that a reference leads to. */
interface Parts {
  readonly model: ModelFact
  readonly columns: readonly string[]
  readonly target?: Pick<ModelFact, 'table' | 'renamedFrom'> | undefined
}

/** The names that a rule can have had while some of the renames that the models declare were still to come. */
export function formerNames(
  { model, columns, target }: Parts,
  nameOf: (table: string, columns: readonly string[], target: string) => string,
): readonly string[] {
  const lists = columns.reduce<readonly (readonly string[])[]>(
    (before, property) =>
      before.flatMap((list) => namesOf(property, model.column[property]).map((name) => [...list, name])),
    [[]],
  )
  const targets = target === undefined ? [''] : namesOf(target.table, target)
  const all = namesOf(model.table, model).flatMap((table) =>
    lists.flatMap((list) => targets.map((to) => nameOf(table, list, to))),
  )
  const [now] = all
  return [...new Set(all)].filter((name) => name !== now)
}

function namesOf(name: string, fact: { readonly renamedFrom: string | null } | undefined): readonly string[] {
  const former = fact?.renamedFrom ?? null
  return former === null ? [name] : [name, former]
}

/** A model fact of something that had other names. */
export function renamedSource(source: Source, former: readonly string[]): Source {
  return former.length === 0 ? source : { ...source, renamedFrom: former }
}
