import { frameworkReasons } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import { blockAlive, blockedRows, blockThoseAbove } from './blocked-rows.ts'
import { erasedChildren, heldKeys } from './children.ts'
import type { Condition, Term } from './condition.ts'
import type { DaoContext, Row } from './dao-context.ts'
import { contextIn, contextOf } from './dao-context.ts'
import type { PurgeCursor, Purged, PurgeOptions } from './dao-types.ts'
import { eraseReferrersFirst } from './erase-tangled.ts'
import { keyOfRow } from './key-values.ts'
import type { ColumnPlan, ModelPlan } from './model-plan.ts'
import { forbidden, mayWrite } from './ownership.ts'
import { keyOrder, selectRows } from './read-rows.ts'
import { checkOptions } from './refusals.ts'
import type { Reached } from './reached-rows.ts'
import { identityOfRow, rowsWithThoseBelow } from './reached-rows.ts'
import { rowsHolding, trashColumns } from './trash-statements.ts'
import type { TrashColumns } from './trash-statements.ts'

const defaultLimit = 1_000

/**
 * Erases rows that went to the trash before an instant, oldest first, with what the database's cascades would take along: at most
 * `limit` rows in all, by statements over keys. All of it or, where it throws, nothing.
 */
export async function purgeDeletedRows(context: DaoContext, options: PurgeOptions): Promise<Purged> {
  const { plan, executor, session } = context
  checkOptions(plan, options, ['before', 'limit', 'after'])
  const limit = readLimit(options.limit ?? defaultLimit)
  const columns = trashColumns(plan)
  requireInstant(plan, 'before', options.before)
  if (options.after !== undefined) requireCursor(plan, options.after)
  if (!mayWrite(plan, executor.scope)) throw forbidden(plan)
  if (columns === null) return nothing
  return session.nested((inner) => purgeStep(contextIn(context, inner), { ...options, limit }, columns))
}

const nothing: Purged = Object.freeze({ purged: 0, below: 0, restricted: 0, next: null })

function readLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 1) return limit
  throw errors.DAO_PAGE({ values: { name: 'limit', least: 1 } })
}

function requireInstant({ name }: ModelPlan, place: string, value: unknown): void {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return
  const values = { place: `${name} purgeDeleted.${place}`, problem: 'an instant is expected: new Date(…)' }
  throw errors.DAO_CONDITION({ values })
}

/** One that was kept as JSON has a text for its instant: compared as it is, rows would be passed over. */
function requireCursor(plan: ModelPlan, { deletedAt, key }: PurgeCursor): void {
  requireInstant(plan, 'after.deletedAt', deletedAt)
  const isKey = plan.key.every(({ checkType }, at) => key[at] !== null && checkType(key[at]) === null)
  if (key.length === plan.key.length && isKey) return
  const values = { place: `${plan.name} purgeDeleted.after.key`, problem: 'the key of a row is expected, as in next' }
  throw errors.DAO_CONDITION({ values })
}

type Step = PurgeOptions & { readonly limit: number }

async function purgeStep(context: DaoContext, step: Step, columns: TrashColumns): Promise<Purged> {
  const rows = await oldestRows(context, step, columns)
  if (rows.length === 0) return nothing
  const part = await eraseMost(context, rows, step.limit)
  const last = rows[part.looked - 1]
  const isLast = part.looked === rows.length && rows.length < step.limit
  if (last === undefined) return { ...part.counts, next: step }
  const after = { deletedAt: last[columns.deletedAt.name] as Date, key: keyOfRow(context.plan, last) }
  return { ...part.counts, next: isLast ? null : { ...step, after } }
}

/** Rows of this session's trash, held until it ends: nobody else restores them meanwhile. */
function oldestRows(context: DaoContext, step: Step, { deletedAt }: TrashColumns) {
  const { plan } = context
  const orderBy = [oldestFirst(deletedAt), ...keyOrder(plan)]
  const condition = conditionOf(plan, step, deletedAt)
  const page = { limit: step.limit, offset: 0 }
  return selectRows(context, { condition, columns: plan.columns, orderBy, page, deleted: 'only', lock: 'ForUpdate' })
}

const oldestFirst = (column: ColumnPlan) => ({ column, direction: 'asc', term: column.name }) as const

function conditionOf(plan: ModelPlan, { before, after }: Step, column: ColumnPlan): Condition {
  const isOld: Term = { kind: 'compare', column, operator: '<' }
  if (after === undefined) return { term: isOld, shape: 'purge', values: [before] }
  const [columns, values] = [
    [column, ...plan.key],
    [after.deletedAt, ...after.key],
  ]
  const parts = columns.map((_, at) => beyond(columns.slice(0, at + 1), values))
  const term: Term = { kind: 'all', terms: [isOld, { kind: 'any', terms: parts.map((part) => part.term) }] }
  return { term, shape: 'purge after', values: [before, ...parts.flatMap((part) => part.values)] }
}

/** Equal in all columns but the last, and beyond in that. */
function beyond(columns: readonly ColumnPlan[], values: readonly unknown[]) {
  const last = columns.length - 1
  const terms = columns.map((column, at): Term => ({ kind: 'compare', column, operator: at === last ? '>' : '=' }))
  return { term: { kind: 'all', terms } as const, values: values.slice(0, columns.length) }
}

interface Part {
  readonly counts: Pick<Purged, 'purged' | 'below' | 'restricted'>
  /** How many of the rows need not be looked at again. */
  readonly looked: number
}

/** As many of the rows as the limit lets go whole, at least the first; of one that is larger than that what lies below it. */
async function eraseMost(context: DaoContext, rows: readonly Row[], limit: number): Promise<Part> {
  const [only] = rows
  const parts = await inDeletion(context, (unscoped) => wholeRows(unscoped, rows, limit))
  if (parts !== null) {
    const purged = await eraseWith(context, parts.free, parts.reached)
    const counts = { purged, below: parts.below, restricted: parts.some.length - purged }
    return { counts, looked: parts.some.length }
  }
  const below = await inDeletion(context, (unscoped) => eraseBelow(unscoped, only as Row, limit))
  const counts = { purged: 0, below: below ?? 0, restricted: below === null ? 1 : 0 }
  return { counts, looked: below === null ? 1 : 0 }
}

/** Without scope, as the database's cascades: what was declared happens to every owner's rows. */
function inDeletion<R>(context: DaoContext, work: (unscoped: DaoContext) => Promise<R>): Promise<R> {
  return context.session.unscoped(frameworkReasons.deletion, (session) => work(contextIn(context, session)))
}

interface Whole {
  /** The rows that were looked at. */
  readonly some: readonly Row[]
  /** Those of them that nothing keeps. */
  readonly free: readonly Row[]
  readonly reached: Reached
  readonly below: number
}

/** The first of the rows that go whole within the limit; null where not even one does. */
async function wholeRows(unscoped: DaoContext, rows: readonly Row[], limit: number): Promise<Whole | null> {
  const below = { children: erasedChildren, among: { kind: 'all' } as const }
  let some = rows
  let reached = await rowsWithThoseBelow(unscoped, some, { ...below, most: limit })
  while (reached === null) {
    if (some.length === 1) return null
    some = some.slice(0, Math.ceil(some.length / 2))
    reached = await rowsWithThoseBelow(unscoped, some, { ...below, most: limit })
  }
  const free = await freeRows(reached, some)
  if (free.length < some.length) reached = (await rowsWithThoseBelow(unscoped, free, below)) as Reached
  const size = [...reached.values()].reduce((sum, model) => sum + model.rows.size, 0)
  return { some, free, reached, below: size - free.length }
}

async function freeRows(reached: Reached, rows: readonly Row[]): Promise<readonly Row[]> {
  const blocked = await blockedRows(reached)
  blockAlive(reached, blocked)
  blockThoseAbove(reached, blocked)
  return rows.filter((row) => !blocked.has(row))
}

/** Those below first, then the rows themselves, under the session's own scope. */
async function eraseWith(context: DaoContext, rows: readonly Row[], reached: Reached): Promise<number> {
  if (rows.length === 0) return 0
  await inDeletion(context, (unscoped) => eraseReached(unscoped, reached, rows))
  const erased = await eraseReferrersFirst(context, rows)
  // What the session may not erase it does not see in the trash: then what went with it comes back.
  if (erased < rows.length) throw forbidden(context.plan)
  return erased
}

/** Whoever refers comes first. */
async function eraseReached(unscoped: DaoContext, reached: Reached, but: readonly Row[]): Promise<void> {
  const { plan, executor } = unscoped
  const kept = new Set(but.map((row) => identityOfRow(plan, row)))
  for (const name of executor.graph.referenceOrder.toReversed()) {
    const model = reached.get(name)
    if (model === undefined) continue
    const rows = [...model.rows].filter(([key]) => name !== plan.name || !kept.has(key)).map(([, row]) => row)
    await eraseReferrersFirst(contextOf(unscoped, model.context.plan.fact), rows)
  }
}

/**
 * A part of what lies below a row, from the leaves upwards; null where nothing of it can go. `above` are the rows that led here: who
 * meets one of them again is in a circle, which goes at once, however large.
 */
async function eraseBelow(
  unscoped: DaoContext,
  row: Row,
  limit: number,
  above: readonly Row[] = [],
): Promise<number | null> {
  const { plan } = unscoped
  const key = identityOfRow(plan, row)
  const own: Reached = new Map([[plan.name, { context: unscoped, rows: new Map([[key, row]]) }]])
  if ((await freeRows(own, [row])).length === 0) return null
  const isCircle = above.some((other) => identityOfRow(plan, other) === key)
  for (const child of erasedChildren(unscoped)) {
    const context = contextOf(unscoped, child.fact)
    const held = { by: child.reference.columns, keys: heldKeys(child, [row]), among: { kind: 'all' } as const }
    const rows = await rowsHolding(context, held, { limit })
    const [first] = rows
    if (first === undefined) continue
    const parts = await wholeRows(context, rows, isCircle ? Infinity : limit)
    const erased =
      parts === null ? await eraseBelow(context, first, limit, [...above, row]) : await erasePart(context, parts)
    if (erased !== null) return erased
  }
  return null
}

async function erasePart(unscoped: DaoContext, { free, reached, below }: Whole): Promise<number | null> {
  if (free.length === 0) return null
  await eraseReached(unscoped, reached, [])
  return free.length + below
}
