import type { OperationNode } from 'kysely'
import type { DaoContext, Row } from './dao-context.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { columnsNamed } from './model-plan.ts'
import { chunksOf, longestList, padded } from './padded-count.ts'
import {
  allOf,
  assignments,
  compare,
  deleteTree,
  equalsOneOf,
  isNull,
  reference,
  selectTree,
  SlotCounter,
  updateTree,
} from './statement-tree.ts'
import type { RowLock } from './statement-tree.ts'

/** The two columns of a soft-deletable model. */
export interface TrashColumns {
  readonly deletedAt: ColumnPlan
  readonly deletionId: ColumnPlan
}

export function trashColumns({ fact, column }: ModelPlan): TrashColumns | null {
  const { softDelete } = fact
  if (softDelete === null) return null
  const [deletedAt, deletionId] = columnsNamed(column, [softDelete.deletedAt, softDelete.deletionId])
  return deletedAt === undefined || deletionId === undefined ? null : { deletedAt, deletionId }
}

/** What a delete writes into both columns, and what a restore does. */
export interface TrashState {
  readonly deletedAt: Date | null
  readonly deletionId: string | null
}

export const alive: TrashState = Object.freeze({ deletedAt: null, deletionId: null })

/** Which rows among those that hold certain keys. */
export type Among =
  | { readonly kind: 'all' }
  | { readonly kind: 'alive' }
  | { readonly kind: 'deleted' }
  /** Deleted by this call. */
  | { readonly kind: 'deletedBy'; readonly deletionId: string }

export interface HeldKeys {
  readonly by: readonly string[]
  readonly keys: readonly (readonly unknown[])[]
  readonly among: Among
}

export interface HoldingOptions {
  /** At most so many for each list of keys. Default null: all. */
  readonly limit?: number | null
  /** Held so until the session ends: nobody else changes them (`ForShare`), or reads them to change them (`ForUpdate`). */
  readonly lock?: RowLock | null
}

/** The rows that hold one of the keys in the columns `by`, whoever owns them, deleted ones too. */
export async function rowsHolding(
  context: DaoContext,
  held: HeldKeys,
  { limit = null, lock = null }: HoldingOptions = {},
): Promise<readonly Row[]> {
  const { plan, executor } = context
  const found: Row[][] = []
  for (const list of listsOf(context, held)) {
    const name = `${shapeOf(plan, held, list.length)} rows${limit === null ? '' : ' limited'} ${lock ?? ''}`
    const statement = executor.prepared(name, 'with', () => {
      const slots = new SlotCounter()
      const where = treeOf(plan, held, { count: list.length, slots })
      const limits = limit === null ? {} : { limit: slots.value() }
      return selectTree(plan, { columns: plan.columns, where, ...limits, ...(lock === null ? {} : { lock }) })
    })
    const values = [...list.flat(), ...valuesOf(held.among), ...(limit === null ? [] : [limit])]
    found.push((await executor.run(statement, values)).rows)
  }
  return found.flat()
}

/** Puts the same rows into the trash, or takes them out; gives how many. */
export async function setTrash(context: DaoContext, held: HeldKeys, state: TrashState): Promise<number> {
  const { plan, executor } = context
  const columns = trashColumns(plan)
  if (columns === null) return 0
  let changed = 0
  for (const list of listsOf(context, held)) {
    const statement = executor.prepared(`${shapeOf(plan, held, list.length)} trash`, 'with', () => {
      const slots = new SlotCounter()
      const updates = assignments([columns.deletedAt, columns.deletionId], slots)
      return updateTree(plan, { updates, where: treeOf(plan, held, { count: list.length, slots }), returning: [] })
    })
    const values = [state.deletedAt, state.deletionId, ...list.flat(), ...valuesOf(held.among)]
    changed += (await executor.run(statement, values)).changed
  }
  return changed
}

/** Erases the same rows; gives how many. */
export async function eraseHeld(context: DaoContext, held: HeldKeys): Promise<number> {
  const { plan, executor } = context
  let erased = 0
  for (const list of listsOf(context, held)) {
    const statement = executor.prepared(`${shapeOf(plan, held, list.length)} erase`, 'with', () =>
      deleteTree(plan, treeOf(plan, held, { count: list.length, slots: new SlotCounter() }), []),
    )
    erased += (await executor.run(statement, [...list.flat(), ...valuesOf(held.among)])).changed
  }
  return erased
}

function listsOf({ executor }: DaoContext, { by, keys }: HeldKeys): readonly (readonly (readonly unknown[])[])[] {
  return chunksOf(keys, longestList(executor.capabilities.maxParameters, by.length)).map(padded)
}

function shapeOf(plan: ModelPlan, { by, among }: HeldKeys, count: number): string {
  return `${plan.name} holding ${by.join(',')} in ${count} ${among.kind}`
}

function valuesOf(among: Among): readonly unknown[] {
  return among.kind === 'deletedBy' ? [among.deletionId] : []
}

interface Place {
  readonly count: number
  readonly slots: SlotCounter
}

function treeOf(plan: ModelPlan, { by, among }: HeldKeys, place: Place): OperationNode {
  const holds = equalsOneOf(plan, columnsNamed(plan.column, by), place)
  const limit = amongTree(plan, among, place)
  return limit === null ? holds : allOf([holds, limit])
}

function amongTree(plan: ModelPlan, among: Among, { slots }: Place): OperationNode | null {
  const columns = trashColumns(plan)
  if (columns === null || among.kind === 'all') return null
  if (among.kind !== 'deletedBy') return isNull(reference(plan, columns.deletedAt), among.kind === 'alive')
  return compare(reference(plan, columns.deletionId), '=', slots.value())
}
