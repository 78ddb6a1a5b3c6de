import type { Session } from '../database/index.ts'
import { executorOf, frameworkReasons } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, KeyOf, ModelFact, ReferenceFact, Row as RowOf } from '../model/index.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextOf } from './dao-context.ts'
import { deleteRow } from './delete-rows.ts'
import { identityOf, keyValues } from './key-values.ts'
import { collidingRows, repointed } from './merge-statements.ts'
import { planOf } from './model-plan.ts'
import { holdRow } from './read-rows.ts'
import { purgeRow } from './restore-row.ts'

/**
 * What becomes of the rows of a model that refer to the owner who is merged:
 *
 * - `move`: they refer to the other owner; `OWNER_MERGE_CONFLICT` where a unique rule stands against it
 * - `keepTarget`, `keepSource`: they move too; of two rows that cannot be both, the one of this side is kept, what referred to the
 *   other refers to it, and the other is deleted
 * - `leave`: they stay, and go with the source as their reference declares
 */
export type MergeRule = 'move' | 'keepTarget' | 'keepSource' | 'leave'

export interface OwnerMergePlan<M extends BoundModel> {
  readonly owner: M
  /** By the name of each model that refers to the owner. */
  readonly rules: Readonly<Record<string, MergeRule>>
  /** What becomes of the row of the source. */
  readonly source: 'delete' | 'keep'
  /** Whether these two may be merged at all. */
  readonly mayMerge: (source: RowOf<M>, target: RowOf<M>) => boolean
}

/** How many rows of each model. */
export interface MergeReport {
  readonly moved: Readonly<Record<string, number>>
  /** Deleted, because the other owner had one like it. */
  readonly dropped: Readonly<Record<string, number>>
}

/**
 * Hands everything that refers to one owner over to another, deleted rows too, in one savepoint: all or nothing. Both owners are held
 * until the session ends, so that no row of the source is made meanwhile.
 */
export async function mergeOwners<M extends BoundModel>(
  session: Session,
  plan: OwnerMergePlan<M>,
  { from, into }: { readonly from: KeyOf<M>; readonly into: KeyOf<M> },
): Promise<MergeReport> {
  return session.unscoped(frameworkReasons.merge, (outside) =>
    outside.nested((inner) => mergedIn(inner, plan, { from, into })),
  )
}

async function mergedIn<M extends BoundModel>(
  session: Session,
  plan: OwnerMergePlan<M>,
  keys: { readonly from: KeyOf<M>; readonly into: KeyOf<M> },
): Promise<MergeReport> {
  const context: DaoContext = { session, executor: executorOf(session), plan: planOf(plan.owner.fact) }
  const [from, into] = [keyValues(context.plan, keys.from), keyValues(context.plan, keys.into)]
  if (from === null || into === null) throw missing(plan.owner)
  const report = { moved: {}, dropped: {} }
  const rows = await heldRows(context, [from, into])
  if (identityOf(from) === identityOf(into)) return report
  if (!plan.mayMerge(rows[0] as RowOf<M>, rows[1] as RowOf<M>)) throw forbiddenMerge(plan.owner)
  const merging: Merging = { context, from, into, report }
  const references = movedReferences(plan.owner.fact, plan.rules)
  for (const { reference, rule } of references) await resolveConflicts(merging, reference, rule)
  for (const { reference } of references) {
    const owned = contextOf(context, modelOf(context, reference.model))
    count(report.moved, reference.model, await repointed(owned, reference.columns, { from, into }))
  }
  if (plan.source === 'delete') await deleteRow(context, from)
  return report
}

interface Merging {
  readonly context: DaoContext
  readonly from: readonly unknown[]
  readonly into: readonly unknown[]
  readonly report: { readonly moved: Record<string, number>; readonly dropped: Record<string, number> }
}

/** In one order whoever asks, so that two merges of the same owners do not wait for each other. */
async function heldRows(context: DaoContext, keys: readonly (readonly unknown[])[]): Promise<readonly Row[]> {
  const order = keys.map((_, at) => at).toSorted((a, b) => (String(keys[a]) < String(keys[b]) ? -1 : 1))
  const rows: Row[] = []
  for (const at of order) {
    const row = await holdRow(context, keys[at] as readonly unknown[], 'without')
    if (row === null) throw missing(context.plan)
    rows[at] = row
  }
  return rows
}

interface MovedReference {
  readonly reference: ReferenceFact
  readonly rule: Exclude<MergeRule, 'leave'>
}

function movedReferences(owner: ModelFact, rules: OwnerMergePlan<BoundModel>['rules']): readonly MovedReference[] {
  return owner.inverses.flatMap(({ reference }) => {
    const rule = rules[reference.model] ?? 'leave'
    return rule === 'leave' ? [] : [{ reference, rule }]
  })
}

/** Of each unique rule that says something about the owner. */
async function resolveConflicts(
  merging: Merging,
  { model, columns: [ownerColumn] }: ReferenceFact,
  rule: MovedReference['rule'],
): Promise<void> {
  const { context, from, into, report } = merging
  const owned = contextOf(context, modelOf(context, model))
  for (const unique of owned.plan.fact.uniques) {
    const all = [...unique.within, ...unique.columns]
    if (ownerColumn === undefined || !all.includes(ownerColumn)) continue
    const compared = all.filter((name) => name !== ownerColumn)
    const pairs = await collidingRows(owned, { unique, compared, ownerColumn, from: from[0], into: into[0] })
    if (pairs.length === 0) continue
    if (rule === 'move') throw conflict(model, pairs.length, compared)
    for (const { source, target } of pairs) {
      const [kept, dropped] = rule === 'keepTarget' ? [target, source] : [source, target]
      await replaceRow(owned, { kept, dropped, isErased: !unique.aliveOnly })
    }
    count(report.dropped, model, pairs.length)
  }
}

interface Replacement {
  readonly kept: Row
  readonly dropped: Row
  /** In the trash it would still stand against the rule. */
  readonly isErased: boolean
}

/** What referred to one row refers to the other, and the one is deleted. */
async function replaceRow(owned: DaoContext, { kept, dropped, isErased }: Replacement): Promise<void> {
  for (const { reference } of owned.plan.fact.inverses) {
    const child = contextOf(owned, modelOf(owned, reference.model))
    const keysOf = (row: Row): readonly unknown[] => reference.targetColumns.map((name) => row[name])
    await repointed(child, reference.columns, { from: keysOf(dropped), into: keysOf(kept) })
  }
  const key = owned.plan.key.map(({ name }) => dropped[name])
  await deleteRow(owned, key)
  if (isErased && owned.plan.fact.softDelete !== null) await purgeRow(owned, key)
}

function modelOf({ executor }: DaoContext, name: string): ModelFact {
  return executor.graph.models[name] as ModelFact
}

function count(counts: Record<string, number>, model: string, more: number): void {
  if (more > 0) counts[model] = (counts[model] ?? 0) + more
}

function missing({ name }: { readonly name: string }): Error {
  return errors.NOT_FOUND({ values: { model: name } })
}

function forbiddenMerge({ name }: BoundModel): Error {
  return errors.FORBIDDEN({ values: { model: name, remedy: 'mayMerge says which owners may be merged' } })
}

function conflict(model: string, rows: number, fields: readonly string[]): Error {
  const values = { model, count: rows, fields: fields.join(', ') || 'owner' }
  return errors.OWNER_MERGE_CONFLICT({ values, fields })
}
