import { frameworkReasons } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextIn, contextOf } from './dao-context.ts'
import { isReached } from './is-reached.ts'
import { deleteRow, eraseWhole, requireErasable } from './delete-rows.ts'
import { columnsNamed } from './model-plan.ts'
import { keyOfRow } from './key-values.ts'
import { mayWrite, requireOwn, unchanged } from './ownership.ts'
import { getRow, selectByTuples } from './read-rows.ts'
import { rowAsChanged } from './row-as-changed.ts'
import { alive, rowsHolding, setTrash, trashColumns } from './trash-statements.ts'
import type { Among, TrashColumns } from './trash-statements.ts'
import { readDeletion, undoDeletion } from './undo-deletion.ts'

/**
 * Undoes the delete call that removed the row, for it and for what went with it below it. A row that is alive comes back
 * unchanged; null where there is none for this session.
 *
 * `RESTORE_PARENT_DELETED` where it would stay hidden, or lie below a row of the trash; `UNIQUE` where its place is taken.
 */
export async function restoreRow(context: DaoContext, key: readonly unknown[]): Promise<Row | null> {
  const columns = trashColumns(context.plan)
  if (columns === null) return getRow(context, key, 'without')
  const row = await getRow(context, key, 'with')
  if (row === null) return null
  if (row[columns.deletedAt.name] === null) return getRow(context, key, 'without')
  if (!mayWrite(context.plan, context.executor.scope)) return unchanged(context, key, 'without')
  return context.session.nested((inner) => restoreDeleted(contextIn(context, inner), row, columns))
}

async function restoreDeleted(context: DaoContext, row: Row, columns: TrashColumns): Promise<Row | null> {
  const { plan, session } = context
  const key = keyOfRow(plan, row)
  const own = { by: plan.key.map(({ name }) => name), keys: [key] }
  await requireVisibleParent(context, row)
  const undone = await session.unscoped(frameworkReasons.deletion, (unscoped) =>
    readDeletion(contextIn(context, unscoped), row),
  )
  if ((await setTrash(context, { ...own, among: amongThoseWith(row, columns) }, alive)) === 0) {
    // Somebody else restored it, deleted it anew or erased it since it was read, or it may not be changed.
    const [now] = await rowsHolding(context, { ...own, among: { kind: 'all' } }, { lock: 'ForShare' })
    if (now === undefined || isSameDeletion(now, row, columns)) return unchanged(context, key, 'with')
    return now[columns.deletedAt.name] === null ? now : restoreDeleted(context, now, columns)
  }
  await session.unscoped(frameworkReasons.deletion, (unscoped) => undoDeletion(contextIn(context, unscoped), undone))
  if (plan.version !== null) return rowAsChanged(context, key, 'without')
  return { ...row, [columns.deletedAt.name]: null, [columns.deletionId.name]: null }
}

/** A row that others have put into the trash has no deletion: then it is the row alone. */
function amongThoseWith(row: Row, { deletionId }: TrashColumns): Among {
  const id = row[deletionId.name]
  return typeof id === 'string' ? { kind: 'deletedBy', deletionId: id } : { kind: 'deleted' }
}

function isSameDeletion(one: Row, other: Row, { deletedAt, deletionId }: TrashColumns): boolean {
  return one[deletedAt.name] !== null && one[deletionId.name] === other[deletionId.name]
}

/** A row that belongs to its parent's owner is hidden as long as the parent is. */
async function requireVisibleParent(context: DaoContext, row: Row): Promise<void> {
  const { access } = context.plan.fact
  if (access.kind === 'memberOf') return requireAliveGroup(context, row)
  if (access.kind !== 'ownedThrough') return
  const { reference } = access
  const parent = contextOf(context, context.executor.graph.models[reference.target] as never)
  const by = columnsNamed(parent.plan.column, reference.targetColumns)
  const tuples = [reference.columns.map((name) => row[name])]
  const found = await selectByTuples(parent, { columns: parent.plan.key, by, tuples, deleted: 'without' })
  if (found.length > 0) return
  throw errors.RESTORE_PARENT_DELETED({ values: { model: context.plan.name, parent: parent.plan.name } })
}

/** A row is hidden as long as its group is deleted; whoever found it in the trash writes into its group. */
async function requireAliveGroup({ executor, plan }: DaoContext, row: Row): Promise<void> {
  const { access } = plan.fact
  if (access.kind !== 'memberOf' || access.reference === null) return
  const { columns, target, targetColumns } = access.reference
  const check = { model: plan.name, columns, target, targetColumns, access: 'group', keys: [] } as const
  const key = columns.map((name) => row[name])
  if (await isReached(executor, check, { key, deleted: 'without' })) return
  throw errors.RESTORE_PARENT_DELETED({ values: { model: plan.name, parent: target } })
}

/**
 * Removes a row of the trash for good, with what the database's own cascades remove. `PURGE_ALIVE` for one that was not
 * deleted before; where the model has no trash it is a delete. Null where there is none for this session.
 */
export async function purgeRow(context: DaoContext, key: readonly unknown[]): Promise<Row | null> {
  const columns = trashColumns(context.plan)
  if (columns === null) return deleteRow(context, key)
  if (!mayWrite(context.plan, context.executor.scope)) return unchanged(context, key, 'without')
  const row = await getRow(context, key, 'with')
  if (row === null) return null
  await requireOwn(context, row)
  if (row[columns.deletedAt.name] === null) throw errors.PURGE_ALIVE({ values: { model: context.plan.name } })
  await requireErasable(context, [row])
  return (await eraseWhole(context, row, 'only')) > 0 ? row : unchanged(context, key, 'with')
}
