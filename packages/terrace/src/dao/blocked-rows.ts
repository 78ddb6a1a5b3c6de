import type { ReferenceFact } from '../model/index.ts'
import type { Child } from './children.ts'
import { cascadedChildren, forbidding, heldKeys } from './children.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextOf } from './dao-context.ts'
import { identityOf } from './key-values.ts'
import type { Reached, ReachedModel } from './reached-rows.ts'
import { identityOfRow } from './reached-rows.ts'
import { rowsHolding, trashColumns } from './trash-statements.ts'

/** Why a row cannot be erased: rows that stay refer to it by this reference. */
export type Blocked = Map<Row, Child>

/**
 * Which of the rows that would be erased together cannot be: those that a row which stays refers to by `restrict` or `keep`, in the
 * trash or not. Asked for as many rows as there are, chunk by chunk.
 */
export async function blockedRows(reached: Reached): Promise<Blocked> {
  const blocked: Blocked = new Map()
  for (const model of reached.values()) {
    for (const child of forbidding.erasing(model.context)) await blockHeld(reached, blocked, { model, child })
  }
  return blocked
}

/** Is there anything that could forbid that rows below those of this model are erased? */
export function mayBeBlockedBelow(context: DaoContext): boolean {
  const { executor, plan } = context
  const { graph } = executor
  const seen = new Set([plan.name])
  const models = [plan.fact]
  for (let model = models.shift(); model !== undefined; model = models.shift()) {
    for (const { fact } of cascadedChildren(graph, model)) {
      if (seen.has(fact.name)) continue
      seen.add(fact.name)
      if (forbidding.erasing(contextOf(context, fact)).length > 0) return true
      models.push(fact)
    }
  }
  return false
}

interface Place {
  readonly model: ReachedModel
  readonly child: Child
}

/** One row of many that refer to the same one may crowd out the others: asked again without those that are known. */
async function blockHeld(reached: Reached, blocked: Blocked, { model, child }: Place): Promise<void> {
  const context = contextOf(model.context, child.fact)
  const going = reached.get(child.fact.name)?.rows
  let rows = [...model.rows.values()].filter((row) => !blocked.has(row))
  while (rows.length > 0) {
    const held = { by: child.reference.columns, keys: heldKeys(child, rows), among: { kind: 'all' } as const }
    const found = await rowsHolding(context, held, { limit: (going?.size ?? 0) + manyReferrers })
    const staying = found.filter((row) => going?.has(identityOfRow(context.plan, row)) !== true)
    const keys = new Set(staying.map((row) => keyIn(row, child.reference.columns)))
    const stopped = rows.filter((row) => keys.has(keyIn(row, child.reference.targetColumns)))
    if (stopped.length === 0) return
    for (const row of stopped) blocked.set(row, child)
    rows = rows.filter((row) => !blocked.has(row))
  }
}

const manyReferrers = 256

/**
 * Rows with a trash that are alive, although the row by which they would be erased is in it: written by others, or by who may write
 * rows of an owner that is deleted. Their owner's row takes them along; no other does.
 */
export function blockAlive(reached: Reached, blocked: Blocked): void {
  for (const { context, rows } of reached.values()) {
    const trash = trashColumns(context.plan)
    if (trash === null) continue
    const { access, references } = context.plan.fact
    for (const reference of references.filter(({ onDelete }) => onDelete === 'cascade')) {
      if (access.kind === 'owned' && reference.columns.includes(access.column)) continue
      const target = reached.get(reference.target)
      if (target === undefined || trashColumns(target.context.plan) === null) continue
      const keys = new Set([...target.rows.values()].map((row) => keyIn(row, reference.targetColumns)))
      for (const row of rows.values()) {
        if (row[trash.deletedAt.name] === null && keys.has(keyIn(row, reference.columns)))
          blocked.set(row, { reference, fact: context.plan.fact })
      }
    }
  }
}

/** A row that stays keeps what it would be erased with. */
export function blockThoseAbove(reached: Reached, blocked: Blocked): void {
  let before = 0
  while (blocked.size > before) {
    before = blocked.size
    for (const { context, rows } of reached.values()) {
      for (const reference of context.plan.fact.references.filter(({ onDelete }) => onDelete === 'cascade'))
        blockAbove(reached, blocked, { rows, reference })
    }
  }
}

function blockAbove(
  reached: Reached,
  blocked: Blocked,
  { rows, reference }: { readonly rows: ReachedModel['rows']; readonly reference: ReferenceFact },
): void {
  const target = reached.get(reference.target)
  if (target === undefined) return
  const children = new Map<unknown, Child>()
  for (const row of rows.values()) {
    const child = blocked.get(row)
    if (child !== undefined) children.set(keyIn(row, reference.columns), child)
  }
  for (const row of target.rows.values()) {
    const child = children.get(keyIn(row, reference.targetColumns))
    if (child !== undefined && !blocked.has(row)) blocked.set(row, child)
  }
}

const keyIn = (row: Row, columns: readonly string[]): unknown => identityOf(columns.map((name) => row[name]))
