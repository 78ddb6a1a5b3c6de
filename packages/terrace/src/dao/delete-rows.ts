import type { Session } from '../database/index.ts'
import { frameworkReasons } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import { blockedRows, mayBeBlockedBelow } from './blocked-rows.ts'
import { erasedChildren, forbidding, heldKeys, softCascades } from './children.ts'
import type { Condition } from './condition.ts'
import { conditionTree } from './condition.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextIn, contextOf } from './dao-context.ts'
import { eraseTangled, tangledModels } from './erase-tangled.ts'
import { keyOfRow } from './key-values.ts'
import { forbidden, mayWrite, requireOwn, unchanged } from './ownership.ts'
import { getRow } from './read-rows.ts'
import type { Reached } from './reached-rows.ts'
import { rowsWithThoseBelow } from './reached-rows.ts'
import { requireUnrestricted, restricted } from './restrict.ts'
import { rowAsChanged } from './row-as-changed.ts'
import { assignments, deleteTree, equals, SlotCounter, updateTree } from './statement-tree.ts'
import type { HeldKeys, TrashColumns } from './trash-statements.ts'
import { rowsHolding, setTrash, trashColumns } from './trash-statements.ts'

/** The row that was deleted, in its last state; null where there is none for this session. */
export async function deleteRow(context: DaoContext, key: readonly unknown[]): Promise<Row | null> {
  const { plan, executor, session } = context
  if (!mayWrite(plan, executor.scope)) return unchanged(context, key, 'without')
  const columns = trashColumns(plan)
  if (columns === null) return eraseRow(context, key)
  const deletionId = executor.newId()
  if (isAlone(context)) return trashRow(context, key, { columns, deletionId })
  return session.nested(async (inner) => {
    const inside = contextIn(context, inner)
    const row = await trashRow(inside, key, { columns, deletionId })
    if (row !== null) await trashChildren(inside, inner, { rows: [row], deletionId })
    return row
  })
}

/** How many rows were deleted; children that went with them are not counted. */
export async function deleteRows(context: DaoContext, condition: Condition | null): Promise<number> {
  const { plan, executor, session } = context
  if (!mayWrite(plan, executor.scope)) throw forbidden(plan)
  const columns = trashColumns(plan)
  if (columns === null) return eraseRows(context, condition)
  const deletionId = executor.newId()
  if (isAlone(context)) return trashRows(context, condition, { columns, deletionId })
  return session.nested(async (inner) => {
    const inside = contextIn(context, inner)
    const changed = await trashRows(inside, condition, { columns, deletionId })
    const held = { by: [columns.deletionId.name], keys: [[deletionId]], among: { kind: 'all' } as const }
    const rows = changed === 0 ? [] : await rowsDeleted(inside, held)
    if (rows.length > 0) await trashChildren(inside, inner, { rows, deletionId })
    return changed
  })
}

/** Asked without scope: with a membership a session may have given up its own reach. */
function rowsDeleted(context: DaoContext, held: HeldKeys): Promise<readonly Row[]> {
  return context.session.unscoped(frameworkReasons.deletion, (session) =>
    rowsHolding(contextIn(context, session), held),
  )
}

/** Nobody refers to this model who would have to be asked or to go with it. */
function isAlone(context: DaoContext): boolean {
  return softCascades(context).length === 0 && forbidding.trash(context).length === 0
}

interface Deletion {
  readonly columns: TrashColumns
  readonly deletionId: string
}

async function trashRow(
  context: DaoContext,
  key: readonly unknown[],
  { columns, deletionId }: Deletion,
): Promise<Row | null> {
  const { plan, executor } = context
  const { updateReturning } = executor.capabilities
  const statement = executor.prepared(`${plan.name} delete`, 'without', () => {
    const slots = new SlotCounter()
    const updates = assignments([columns.deletedAt, columns.deletionId], slots)
    return updateTree(plan, {
      updates,
      where: equals(plan, plan.key, slots),
      returning: updateReturning ? plan.columns : [],
    })
  })
  const { rows, changed } = await executor.run(statement, [executor.now, deletionId, ...key])
  if (rows[0] !== undefined) return rows[0]
  return changed > 0 ? rowAsChanged(context, key, 'only') : unchanged(context, key, 'without')
}

async function trashRows(
  context: DaoContext,
  condition: Condition | null,
  { columns, deletionId }: Deletion,
): Promise<number> {
  const { plan, executor } = context
  const statement = executor.preparedOpen(`${plan.name} delete where ${condition?.shape ?? ''}`, 'without', () => {
    const slots = new SlotCounter()
    const updates = assignments([columns.deletedAt, columns.deletionId], slots)
    const where = condition === null ? null : conditionTree(condition.term, { plan, slots })
    return updateTree(plan, { updates, where, returning: [] })
  })
  return (await executor.run(statement, [executor.now, deletionId, ...(condition?.values ?? [])])).changed
}

interface Deleted {
  readonly rows: readonly Row[]
  readonly deletionId: string
}

/**
 * Takes the children along, level by level, each under the same deletion; then no alive row may be left that restricts any of
 * them. Without scope: what was declared happens to every owner's rows.
 */
async function trashChildren(context: DaoContext, inner: Session, { rows, deletionId }: Deleted): Promise<void> {
  await inner.unscoped(frameworkReasons.deletion, async (session) => {
    const deleted: { readonly context: DaoContext; readonly rows: readonly Row[] }[] = []
    const levels = [{ context: contextIn(context, session), rows }]
    for (let level = levels.shift(); level !== undefined; level = levels.shift()) {
      deleted.push(level)
      levels.push(...(await trashLevel(level.context, level.rows, deletionId)))
    }
    for (const level of deleted) await requireUnrestricted(level.context, level.rows, 'trash')
  })
}

async function trashLevel(context: DaoContext, rows: readonly Row[], deletionId: string) {
  const reached: { readonly context: DaoContext; readonly rows: readonly Row[] }[] = []
  for (const child of softCascades(context)) {
    const childContext = contextOf(context, child.fact)
    const held = { by: child.reference.columns, keys: heldKeys(child, rows) }
    const state = { deletedAt: context.executor.now, deletionId }
    const changed = await setTrash(childContext, { ...held, among: { kind: 'alive' } }, state)
    if (changed === 0 || isAlone(childContext)) continue
    reached.push({
      context: childContext,
      rows: await rowsHolding(childContext, { ...held, among: { kind: 'deletedBy', deletionId } }),
    })
  }
  return reached
}

/** Physically, by the database's own cascades. */
async function eraseRow(context: DaoContext, key: readonly unknown[]): Promise<Row | null> {
  const row = await getRow(context, key, 'without')
  if (row === null) return null
  await requireOwn(context, row)
  await requireErasable(context, [row])
  return (await eraseWhole(context, row, 'without')) > 0 ? row : unchanged(context, key, 'without')
}

/** Names who is in the way, also far below, before the database refuses without a name and ends the session. */
export async function requireErasable(context: DaoContext, rows: readonly Row[]): Promise<void> {
  const isAskedBelow = mayBeBlockedBelow(context)
  if (!isAskedBelow && forbidding.erasing(context).length === 0) return
  await context.session.unscoped(frameworkReasons.deletion, async (session) => {
    const unscoped = contextIn(context, session)
    await requireUnrestricted(unscoped, rows, 'erasing')
    if (isAskedBelow) await requireFreeBelow(unscoped, rows)
  })
}

async function requireFreeBelow(unscoped: DaoContext, rows: readonly Row[]): Promise<void> {
  const below = { children: erasedChildren, among: { kind: 'all' } as const }
  const reached = (await rowsWithThoseBelow(unscoped, rows, below)) as Reached
  const [child] = (await blockedRows(reached)).values()
  if (child !== undefined) throw restricted(child)
}

/** A row with all that goes with it; gives how many there were by its key. */
export async function eraseWhole(context: DaoContext, row: Row, deleted: 'without' | 'only'): Promise<number> {
  const key = keyOfRow(context.plan, row)
  if (tangledModels(context).length === 0) return eraseByKey(context, key, deleted)
  const isGone = errors.NOT_FOUND({ values: { model: context.plan.name } })
  const erase = async (inner: Session): Promise<number> => {
    const inside = contextIn(context, inner)
    await eraseTangled(inside, inner, row)
    const erased = await eraseByKey(inside, key, deleted)
    if (erased === 0) throw isGone
    return erased
  }
  return context.session.nested(erase).catch((error: unknown) => {
    // Somebody else has taken it meanwhile: what went with it stays.
    if (error === isGone) return 0
    throw error
  })
}

async function eraseByKey(
  { plan, executor }: DaoContext,
  key: readonly unknown[],
  deleted: 'without' | 'only',
): Promise<number> {
  const statement = executor.prepared(`${plan.name} erase`, deleted, () =>
    deleteTree(plan, equals(plan, plan.key, new SlotCounter()), []),
  )
  return (await executor.run(statement, key)).changed
}

async function eraseRows({ plan, executor }: DaoContext, condition: Condition | null): Promise<number> {
  const statement = executor.preparedOpen(`${plan.name} erase where ${condition?.shape ?? ''}`, 'without', () => {
    const where = condition === null ? null : conditionTree(condition.term, { plan, slots: new SlotCounter() })
    return deleteTree(plan, where, [])
  })
  return (await executor.run(statement, condition?.values ?? [])).changed
}
