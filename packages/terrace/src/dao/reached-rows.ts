import type { Child } from './children.ts'
import { heldKeys } from './children.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextOf } from './dao-context.ts'
import { identityOf, keyOfRow } from './key-values.ts'
import type { ModelPlan } from './model-plan.ts'
import type { Among } from './trash-statements.ts'
import { rowsHolding } from './trash-statements.ts'

/** Rows of one model, once each, by their keys. */
export interface ReachedModel {
  readonly context: DaoContext
  readonly rows: Map<unknown, Row>
}

/** Rows that lie below others, by model, in the order in which they were found; those others among them. */
export type Reached = ReadonlyMap<string, ReachedModel>

export interface Below {
  /** Which references lead downwards. */
  readonly children: (context: DaoContext) => readonly Child[]
  readonly among: Among
  /** How many rows there may be in all; where there are more the answer is null. Default: no limit. */
  readonly most?: number
}

/** The rows, and level by level all that lie below them. Asked without scope: what was declared happens to every owner's rows. */
export async function rowsWithThoseBelow(
  unscoped: DaoContext,
  rows: readonly Row[],
  { children, among, most = Infinity }: Below,
): Promise<Reached | null> {
  const reached = new Map<string, ReachedModel>()
  let left = most - newOnes(reached, unscoped, rows).length
  const levels: { readonly context: DaoContext; readonly rows: readonly Row[] }[] = [{ context: unscoped, rows }]
  for (let level = levels.shift(); level !== undefined && left >= 0; level = levels.shift())
    for (const child of children(level.context)) {
      const context = contextOf(unscoped, child.fact)
      const held = { by: child.reference.columns, keys: heldKeys(child, level.rows), among }
      // Rows of this level that are known already count again: a circle is found a little early, never too late.
      const limit = most === Infinity ? null : Math.max(0, left) + 1 + (reached.get(child.fact.name)?.rows.size ?? 0)
      const found = newOnes(reached, context, await rowsHolding(context, held, { limit }))
      left -= found.length
      if (found.length > 0) levels.push({ context, rows: found })
    }
  return left < 0 ? null : reached
}

function newOnes(reached: Map<string, ReachedModel>, context: DaoContext, found: readonly Row[]): readonly Row[] {
  const known = reached.get(context.plan.name) ?? { context, rows: new Map<unknown, Row>() }
  reached.set(context.plan.name, known)
  return found.filter((row) => {
    const key = identityOfRow(context.plan, row)
    const isNew = !known.rows.has(key)
    if (isNew) known.rows.set(key, row)
    return isNew
  })
}

export function identityOfRow(plan: ModelPlan, row: Row): unknown {
  return identityOf(keyOfRow(plan, row))
}
