import type { DaoContext, DeletedMode, Row } from './dao-context.ts'
import { contextOf } from './dao-context.ts'
import { comparable, identityOf } from './key-values.ts'
import type { ColumnPlan } from './model-plan.ts'
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
  const identify = identityBy(to)
  const groups = new Map<unknown, Row[]>()
  for (const row of related) {
    const identity = identify(row)
    const group = groups.get(identity)
    if (group === undefined) groups.set(identity, [row])
    else group.push(row)
  }
  const identifyTarget = identityBy(from)
  for (const row of rows) {
    const group = groups.get(identifyTarget(row))
    row[name] = isMany ? (group ?? []) : (group?.[0] ?? null)
  }
  return related
}

/** What rows are grouped by; nearly always it is one column, whose value will do. */
function identityBy(columns: readonly ColumnPlan[]): (row: Row) => unknown {
  const [only, ...more] = columns
  if (only === undefined || more.length > 0) return (row) => identityOf(columns.map(({ name }) => row[name]))
  const { name } = only
  return (row) => comparable(row[name])
}
