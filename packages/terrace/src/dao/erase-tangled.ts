import { frameworkReasons } from '../database/index.ts'
import type { Session } from '../database/index.ts'
import type { ModelFact, ReferenceFact } from '../model/index.ts'
import { cascadedChildren, heldKeys } from './children.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextIn, contextOf } from './dao-context.ts'
import { identityOf, keyOfRow } from './key-values.ts'
import type { ModelPlan } from './model-plan.ts'
import { eraseHeld, rowsHolding } from './trash-statements.ts'

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
      await eraseReferrersFirst(contextOf(unscoped, model), [...(reached.get(model.name)?.values() ?? [])])
  })
}

type Reached = Map<string, Map<unknown, Row>>

/** By model and key. */
async function rowsGoingWith(context: DaoContext, root: Row): Promise<Reached> {
  const reached: Reached = new Map()
  const levels: { readonly context: DaoContext; readonly rows: readonly Row[] }[] = [{ context, rows: [root] }]
  for (let level = levels.shift(); level !== undefined; level = levels.shift())
    for (const child of cascadedChildren(context.executor.graph, level.context.plan.fact)) {
      const childContext = contextOf(context, child.fact)
      const held = { by: child.reference.columns, keys: heldKeys(child, level.rows), among: { kind: 'all' } } as const
      const rows = newOnes(reached, childContext.plan, await rowsHolding(childContext, held))
      if (rows.length > 0) levels.push({ context: childContext, rows })
    }
  return reached
}

function newOnes(reached: Reached, plan: ModelPlan, found: readonly Row[]): readonly Row[] {
  const known = reached.get(plan.name) ?? new Map<unknown, Row>()
  reached.set(plan.name, known)
  return found.filter((row) => {
    const key = identityOf(keyOfRow(plan, row))
    const isNew = !known.has(key)
    known.set(key, row)
    return isNew
  })
}

/** Of rows that refer to each other, round by round those to which no other does; those in a circle all at once. */
async function eraseReferrersFirst(context: DaoContext, rows: readonly Row[]): Promise<void> {
  const { plan } = context
  const by = plan.key.map(({ name }) => name)
  const own = plan.fact.references.filter((held) => isForbidding(held) && held.target === plan.name)
  let left = rows
  while (left.length > 0) {
    const isHeld = heldAmong(left, own)
    const free = left.filter((row) => !isHeld(row))
    const next = new Set(free.length > 0 ? free : left)
    const keys = [...next].map((row) => keyOfRow(plan, row))
    await eraseHeld(context, { by, keys, among: { kind: 'all' } })
    left = left.filter((row) => !next.has(row))
  }
}

/** Whether one of these rows refers to a row. */
function heldAmong(rows: readonly Row[], references: readonly ReferenceFact[]): (row: Row) => boolean {
  const held = references.map(({ columns, targetColumns }) => {
    const keys = new Set(rows.map((row) => identityOf(columns.map((name) => row[name]))))
    return (row: Row) => keys.has(identityOf(targetColumns.map((name) => row[name])))
  })
  return (row) => held.some((isHeld) => isHeld(row))
}
