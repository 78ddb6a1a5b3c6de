import { frameworkReasons } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import { heldKeys, softCascades } from './children.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextIn, contextOf } from './dao-context.ts'
import { deleteRow, eraseWhole, requireErasable } from './delete-rows.ts'
import { columnsNamed } from './model-plan.ts'
import { mayWrite, requireOwn, unchanged } from './ownership.ts'
import { getRow, selectByTuples } from './read-rows.ts'
import { rowsHolding, setTrash, trashColumns } from './trash-statements.ts'
import type { TrashColumns } from './trash-statements.ts'

const alive = { deletedAt: null, deletionId: null } as const

/**
 * Undoes the delete call that removed the row, for it and for what went with it below it. A row that is alive comes back
 * unchanged; null where there is none for this session.
 *
 * `RESTORE_PARENT_DELETED` where it would stay hidden; `UNIQUE` where its place is taken.
 */
export async function restoreRow(context: DaoContext, key: readonly unknown[]): Promise<Row | null> {
  const columns = trashColumns(context.plan)
  const row = await getRow(context, key, 'with')
  if (row === null || columns === null) return row
  if (row[columns.deletedAt.name] === null) return getRow(context, key, 'without')
  if (!mayWrite(context.plan, context.executor.scope)) return unchanged(context, key, 'without')
  return context.session.nested(async (inner) => {
    const inside = contextIn(context, inner)
    await requireVisibleParent(inside, row)
    const held = { by: context.plan.key.map(({ name }) => name), keys: [key], among: { kind: 'all' } as const }
    if ((await setTrash(inside, held, alive)) === 0) return unchanged(inside, key, 'with')
    const deletionId = row[columns.deletionId.name]
    if (typeof deletionId === 'string') {
      await inner.unscoped(frameworkReasons.deletion, (session) =>
        restoreChildren(contextIn(context, session), [row], deletionId),
      )
    }
    return restored(row, columns)
  })
}

function restored(row: Row, { deletedAt, deletionId }: TrashColumns): Row {
  return { ...row, [deletedAt.name]: null, [deletionId.name]: null }
}

/** A row that belongs to its parent's owner is hidden as long as the parent is. */
async function requireVisibleParent(context: DaoContext, row: Row): Promise<void> {
  const { access } = context.plan.fact
  if (access.kind !== 'ownedThrough') return
  const { reference } = access
  const parent = contextOf(context, context.executor.graph.models[reference.target] as never)
  const by = columnsNamed(parent.plan.column, reference.targetColumns)
  const tuples = [reference.columns.map((name) => row[name])]
  const found = await selectByTuples(parent, { columns: parent.plan.key, by, tuples, deleted: 'without' })
  if (found.length > 0) return
  throw errors.RESTORE_PARENT_DELETED({ values: { model: context.plan.name, parent: parent.plan.name } })
}

async function restoreChildren(context: DaoContext, rows: readonly Row[], deletionId: string): Promise<void> {
  for (const child of softCascades(context)) {
    const childContext = contextOf(context, child.fact)
    const among = { kind: 'deletedBy', deletionId } as const
    const held = { by: child.reference.columns, keys: heldKeys(child, rows), among }
    const children = await rowsHolding(childContext, held)
    if (children.length === 0) continue
    await setTrash(childContext, held, alive)
    await restoreChildren(childContext, children, deletionId)
  }
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
