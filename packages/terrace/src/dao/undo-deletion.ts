import { errors } from '../errors/index.ts'
import type { ModelFact, ReferenceFact } from '../model/index.ts'
import { softCascades } from './children.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextOf } from './dao-context.ts'
import { identityOf, keyOfRow } from './key-values.ts'
import type { Reached, ReachedModel } from './reached-rows.ts'
import { rowsWithThoseBelow } from './reached-rows.ts'
import { alive, rowsHolding, setTrash, trashColumns } from './trash-statements.ts'
import type { TrashState } from './trash-statements.ts'

/** What one delete call took along below a row, and what of it cannot come back yet. */
export interface Deletion {
  readonly id: string
  /** The row itself among them. */
  readonly rows: Reached
  /** Rows that would lie below a row of the trash: what that one was deleted by. */
  readonly held: ReadonlyMap<Row, TrashState>
}

/**
 * Reads what a restore of the row brings back, and holds the rows that it refers to against deletion until the session ends.
 * Null for a row that went to the trash without a deletion: it comes back alone.
 *
 * A row never comes back below one of the trash: a later delete would not find it, and a purge of that one would erase it. So the row
 * itself is refused (`RESTORE_PARENT_DELETED`), as is one that forbids such a delete; what went along stays in the trash, as part
 * of the deletion of that other parent: as if only that one had been called.
 */
export async function readDeletion(unscoped: DaoContext, row: Row): Promise<Deletion | null> {
  const columns = trashColumns(unscoped.plan)
  const id = columns === null ? null : row[columns.deletionId.name]
  const below = typeof id === 'string' ? softCascades : () => []
  const among = { kind: 'deletedBy', deletionId: String(id) } as const
  const rows = (await rowsWithThoseBelow(unscoped, [row], { children: below, among })) as Reached
  const held = new Map<Row, TrashState>()
  for (const model of rows.values()) {
    for (const reference of upwardReferences(model)) {
      const deleted = await deletedTargets(model, reference, rows)
      if (deleted.size === 0) continue
      for (const found of model.rows.values()) {
        const state = deleted.get(identityOf(reference.columns.map((name) => found[name])))
        if (state === undefined) continue
        if (found === row || reference.onDelete === 'restrict') throw parentDeleted(reference)
        held.set(found, state)
      }
    }
  }
  holdThoseBelow(rows, held)
  return typeof id === 'string' ? { id, rows, held } : null
}

/** References to rows with a trash by which a delete of those is forbidden or goes on to here. */
function upwardReferences({ context: { plan, executor } }: ReachedModel): readonly ReferenceFact[] {
  return plan.fact.references.filter(
    ({ onDelete, target }) =>
      (onDelete === 'cascade' || onDelete === 'restrict') && executor.graph.models[target]?.softDelete !== null,
  )
}

/** Rows of the trash that these rows refer to and that do not come back with them: by key, what they were deleted by. */
async function deletedTargets(
  { context, rows }: ReachedModel,
  { columns, target, targetColumns }: ReferenceFact,
  reached: Reached,
): Promise<ReadonlyMap<unknown, TrashState>> {
  const targetContext = contextOf(context, context.executor.graph.models[target] as ModelFact)
  const trash = trashColumns(targetContext.plan)
  const known = new Set(valuesOf(reached.get(target)).map((row) => identityOf(targetColumns.map((name) => row[name]))))
  const keys = new Map<unknown, readonly unknown[]>()
  for (const row of rows.values()) {
    const key = columns.map((name) => row[name])
    if (!key.includes(null) && !known.has(identityOf(key))) keys.set(identityOf(key), key)
  }
  const held = { by: targetColumns, keys: [...keys.values()], among: { kind: 'all' } as const }
  const found = await rowsHolding(targetContext, held, { lock: 'ForShare' })
  const deleted = new Map<unknown, TrashState>()
  for (const row of found) {
    const deletedAt = trash === null ? null : (row[trash.deletedAt.name] as Date | null)
    const deletionId = trash === null ? null : (row[trash.deletionId.name] as string | null)
    if (deletedAt !== null) deleted.set(identityOf(targetColumns.map((name) => row[name])), { deletedAt, deletionId })
  }
  return deleted
}

const valuesOf = (model: ReachedModel | undefined): readonly Row[] => [...(model?.rows.values() ?? [])]

/** What lies below a row that stays in the trash stays too. */
function holdThoseBelow(rows: Reached, held: Map<Row, TrashState>): void {
  let before = -1
  while (held.size > before && held.size > 0) {
    before = held.size
    for (const model of rows.values()) {
      for (const reference of upwardReferences(model)) holdBelow(rows, held, { model, reference })
    }
  }
}

function holdBelow(
  rows: Reached,
  held: Map<Row, TrashState>,
  { model, reference }: { readonly model: ReachedModel; readonly reference: ReferenceFact },
): void {
  const { columns, targetColumns, target, onDelete } = reference
  const states = new Map<unknown, TrashState>()
  for (const row of valuesOf(rows.get(target))) {
    const state = held.get(row)
    if (state !== undefined) states.set(identityOf(targetColumns.map((name) => row[name])), state)
  }
  for (const row of model.rows.values()) {
    const state = states.get(identityOf(columns.map((name) => row[name])))
    if (state === undefined || held.has(row)) continue
    if (onDelete === 'restrict') throw parentDeleted(reference)
    held.set(row, state)
  }
}

function parentDeleted({ model, target }: ReferenceFact): Error {
  return errors.RESTORE_PARENT_DELETED({ values: { model, parent: target } })
}

/** Takes the rows below out of the trash, as far as they are not held there. */
export async function undoDeletion(unscoped: DaoContext, deletion: Deletion | null): Promise<void> {
  if (deletion === null) return
  const among = { kind: 'deletedBy', deletionId: deletion.id } as const
  for (const { context, rows } of deletion.rows.values()) {
    const by = context.plan.key.map(({ name }) => name)
    for (const [state, some] of groupedByState([...rows.values()], deletion.held)) {
      const keys = some.map((row) => keyOfRow(context.plan, row))
      await setTrash(contextOf(unscoped, context.plan.fact), { by, keys, among }, state)
    }
  }
}

function groupedByState(
  rows: readonly Row[],
  held: Deletion['held'],
): readonly (readonly [TrashState, readonly Row[]])[] {
  const groups = new Map<string, [TrashState, Row[]]>()
  for (const row of rows) {
    const state = held.get(row) ?? alive
    const name = `${state.deletedAt?.getTime()} ${state.deletionId}`
    const group = groups.get(name) ?? [state, []]
    groups.set(name, group)
    group[1].push(row)
  }
  return [...groups.values()]
}
