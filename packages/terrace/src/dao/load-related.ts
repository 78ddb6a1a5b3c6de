import type { DaoContext, DeletedMode, Row } from './dao-context.ts'
import { contextOf } from './dao-context.ts'
import { identityOf } from './key-values.ts'
import { selectByTuples } from './read-rows.ts'
import type { Relation } from './relation.ts'

/** Puts the related rows into `rows`, level by level: one statement per relation and level, however many rows there are. */
export async function loadRelated(
  context: DaoContext,
  rows: readonly Row[],
  { relations, deleted }: { readonly relations: readonly Relation[]; readonly deleted: DeletedMode },
): Promise<void> {
  for (const relation of relations) {
    const related = await loadRelation(context, rows, { relation, deleted })
    if (relation.deeper.length > 0) {
      await loadRelated(contextOf(context, relation.target.fact), related, { relations: relation.deeper, deleted })
    }
  }
}

async function loadRelation(
  context: DaoContext,
  rows: readonly Row[],
  { relation, deleted }: { readonly relation: Relation; readonly deleted: DeletedMode },
): Promise<readonly Row[]> {
  const { name, target, from, to, isMany } = relation
  const tuples = new Map<unknown, readonly unknown[]>()
  for (const row of rows) {
    const tuple = from.map((column) => row[column.name])
    if (!tuple.includes(null)) tuples.set(identityOf(tuple), tuple)
  }
  const query = { columns: target.columns, by: to, tuples: [...tuples.values()], deleted }
  const related = await selectByTuples(contextOf(context, target.fact), query)
  const groups = Map.groupBy(related, (row) => identityOf(to.map((column) => row[column.name])))
  for (const row of rows) {
    const group = groups.get(identityOf(from.map((column) => row[column.name]))) ?? []
    row[name] = isMany ? group : (group[0] ?? null)
  }
  return related
}
