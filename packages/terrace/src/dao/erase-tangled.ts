import { frameworkReasons } from '../database/index.ts'
import type { Session } from '../database/index.ts'
import type { ModelFact, ReferenceFact } from '../model/index.ts'
import { cascadedChildren, erasedChildren } from './children.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextIn, contextOf } from './dao-context.ts'
import { identityOf, keyOfRow } from './key-values.ts'
import type { Reached } from './reached-rows.ts'
import { rowsWithThoseBelow } from './reached-rows.ts'
import { eraseHeld } from './trash-statements.ts'

/**
 * Models whose rows the database erases along with those of this one, and which refer to others of them by keys that forbid
 * it; whoever refers comes first.
 *
 * Most engines look at such a key when all is done. InnoDB looks as it goes, so that the names of the keys decide whether it
 * comes through.
 */
export function tangledModels({ executor: { graph }, plan }: DaoContext): readonly ModelFact[] {
  const reached = new Set<string>()
  const visit = (model: ModelFact): void => {
    for (const { fact } of cascadedChildren(graph, model)) {
      if (fact.name === plan.name || reached.has(fact.name)) continue
      reached.add(fact.name)
      visit(fact)
    }
  }
  visit(plan.fact)
  const names = graph.referenceOrder.toReversed().filter((name) => reached.has(name))
  return names
    .flatMap((name) => graph.models[name] ?? [])
    .filter(({ references }) => references.some((held) => isForbidding(held) && reached.has(held.target)))
}

function isForbidding({ onDelete }: ReferenceFact): boolean {
  return onDelete === 'restrict' || onDelete === 'keep'
}

/** Erases the rows of those models that go with a row, before the row itself. Without scope, as the database's cascades. */
export async function eraseTangled(context: DaoContext, inner: Session, row: Row): Promise<void> {
  await inner.unscoped(frameworkReasons.deletion, async (session) => {
    const unscoped = contextIn(context, session)
    const reached = await rowsGoingWith(unscoped, row)
    for (const model of tangledModels(unscoped))
      await eraseReferrersFirst(contextOf(unscoped, model), [...(reached?.get(model.name)?.rows.values() ?? [])])
  })
}

function rowsGoingWith(unscoped: DaoContext, row: Row): Promise<Reached | null> {
  return rowsWithThoseBelow(unscoped, [row], { children: erasedChildren, among: { kind: 'all' } })
}

/** Of rows that refer to each other, round by round those to which no other does; those in a circle all at once. Gives how many. */
export async function eraseReferrersFirst(context: DaoContext, rows: readonly Row[]): Promise<number> {
  const { plan } = context
  const by = plan.key.map(({ name }) => name)
  const own = plan.fact.references.filter((held) => isForbidding(held) && held.target === plan.name)
  let left = rows
  let erased = 0
  while (left.length > 0) {
    const isHeld = heldAmong(left, own)
    const free = left.filter((row) => !isHeld(row))
    const next = new Set(free.length > 0 ? free : left)
    const keys = [...next].map((row) => keyOfRow(plan, row))
    erased += await eraseHeld(context, { by, keys, among: { kind: 'all' } })
    left = left.filter((row) => !next.has(row))
  }
  return erased
}

/** Whether one of these rows refers to a row. */
function heldAmong(rows: readonly Row[], references: readonly ReferenceFact[]): (row: Row) => boolean {
  const held = references.map(({ columns, targetColumns }) => {
    const keys = new Set(rows.map((row) => identityOf(columns.map((name) => row[name]))))
    return (row: Row) => keys.has(identityOf(targetColumns.map((name) => row[name])))
  })
  return (row) => held.some((isHeld) => isHeld(row))
}
