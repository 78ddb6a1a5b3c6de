import { errors } from '../errors/index.ts'
import type { Condition, Term } from './condition.ts'
import type { DaoContext, DeletedMode, Eventually, Row } from './dao-context.ts'
import { after } from './dao-context.ts'
import type { Deleted, Listing, ListPosition, PageOptions } from './dao-types.ts'
import { behindPosition, both, positionOf } from './keyset.ts'
import { loadRelated } from './load-related.ts'
import type { ColumnPlan, ModelPlan, OrderTerm } from './model-plan.ts'
import { countRows, getRow, keyOrder, selectRows } from './read-rows.ts'
import type { Page } from './read-rows.ts'
import { readWhere } from './read-where.ts'
import { checkOptions, undefinedValue, unknownName } from './refusals.ts'
import type { Relation } from './relation.ts'
import { readInclude } from './relation.ts'

/** The options of a read without their types, as a DAO of any model has them. */
export interface AnyReadOptions {
  readonly fields?: readonly string[]
  readonly include?: object
  readonly deleted?: Deleted
}

export interface AnyListOptions extends AnyReadOptions {
  readonly where?: object
  readonly sort?: readonly string[]
  readonly page?: PageOptions
  readonly after?: ListPosition | null
  readonly total?: boolean
}

export const findOptionNames = ['fields', 'include'] as const
const readOptionNames = [...findOptionNames, 'deleted'] as const
const listOptionNames = [...readOptionNames, 'where', 'sort', 'page', 'after', 'total'] as const

const none: readonly never[] = []

/** The rows that match, with what is included. */
export function listRows(context: DaoContext, options: AnyListOptions): Eventually<Listing<Row>> {
  const { plan } = context
  checkOptions(plan, options, listOptionNames)
  const condition = options.where === undefined ? null : readWhere(context, options.where)
  const page = readPage(options.page)
  const orderBy = readSort(plan, options.sort ?? none)
  if (options.after !== undefined) return listAfter(context, options, { condition, orderBy, page })
  const rows = readRows(context, options, { condition, orderBy, page })
  if (options.total !== true) return after(rows, (found) => ({ rows: found, total: null, next: null }))
  return withTotal(context, rows, { condition, page, deleted: options.deleted ?? 'without' })
}

/** The first row that matches. */
export function findRow(context: DaoContext, condition: Condition, options: AnyReadOptions): Eventually<Row | null> {
  const rows = readRows(context, options, { condition, orderBy: none, page: null })
  return after(rows, (found) => found[0] ?? null)
}

interface Selection {
  readonly condition: Condition | null
  readonly orderBy: readonly OrderTerm[]
  readonly page: Page | null
}

function readRows(context: DaoContext, options: AnyReadOptions, selection: Selection): Eventually<Row[]> {
  const reading = readingOf(context, options, none)
  const { columns, deleted } = reading
  const rows = selectRows(context, { ...selection, columns, deleted })
  return reading.isWhole ? rows : after(rows, (found) => completed(context, found, reading))
}

/** What is read of each row. */
interface Reading {
  readonly columns: readonly ColumnPlan[]
  readonly relations: readonly Relation[]
  /** Columns that are read for what is done with the rows alone. */
  readonly unasked: readonly ColumnPlan[]
  readonly deleted: DeletedMode
  /** Nothing is added to the rows, and nothing taken away. */
  readonly isWhole: boolean
}

function readingOf(
  { plan, executor }: DaoContext,
  { fields, include, deleted = 'without' }: AnyReadOptions,
  needed: readonly ColumnPlan[],
): Reading {
  const asked = fields === undefined ? plan.columns : readFields(plan, fields)
  const relations = include === undefined ? none : readInclude(plan, include, executor.graph.models)
  const unasked = [...needed, ...relations.flatMap(({ from }) => from)].filter((column) => !asked.includes(column))
  const columns = unasked.length === 0 ? asked : [...asked, ...new Set(unasked)]
  return { columns, relations, unasked, deleted, isWhole: relations.length === 0 && unasked.length === 0 }
}

async function completed(context: DaoContext, rows: Row[], { relations, unasked, deleted }: Reading): Promise<Row[]> {
  // Children that went to the trash with their parent are read with it.
  await loadRelated(context, rows, { relations, deleted: deleted === 'without' ? 'without' : 'with' })
  for (const { name } of unasked) for (const row of rows) delete row[name]
  return rows
}

/** The rows behind a position, one more than asked for: so it is known where the list ends. */
async function listAfter(
  context: DaoContext,
  options: AnyListOptions,
  { condition, orderBy, page }: Selection,
): Promise<Listing<Row>> {
  const { plan } = context
  requireLimitAlone(plan, page)
  const position = options.after ?? null
  const beyond = position === null ? condition : both(condition, behindPosition(plan, orderBy, position))
  const needed = orderBy.map(({ column }) => column)
  const reading = readingOf(context, options, needed)
  const { columns, deleted } = reading
  const oneMore = page === null ? null : { limit: page.limit + 1, offset: 0 }
  const rows = await selectRows(context, { condition: beyond, orderBy, page: oneMore, columns, deleted })
  const last = page !== null && rows.length > page.limit ? rows[page.limit - 1] : undefined
  if (last !== undefined) rows.pop()
  const next = last === undefined ? null : positionOf(orderBy, last)
  const total = options.total === true ? await countRows(context, condition, deleted) : null
  return { rows: reading.isWhole ? rows : await completed(context, rows, reading), total, next }
}

function requireLimitAlone(plan: ModelPlan, page: Page | null): void {
  if (page === null) return
  if (page.limit < 1) throw errors.DAO_PAGE({ values: { name: 'limit', least: 1 } })
  if (page.offset > 0) throw errors.DAO_POSITION({ values: { model: plan.name, problem: 'its page has an offset' } })
}

interface Counted {
  readonly condition: Condition | null
  readonly page: Page | null
  readonly deleted: DeletedMode
}

async function withTotal(
  context: DaoContext,
  reading: Eventually<Row[]>,
  { condition, page, deleted }: Counted,
): Promise<Listing<Row>> {
  const rows = await reading
  const isLast = page === null || (rows.length < page.limit && (rows.length > 0 || page.offset === 0))
  const total = isLast ? (page?.offset ?? 0) + rows.length : await countRows(context, condition, deleted)
  return { rows, total, next: null }
}

function readFields(plan: ModelPlan, fields: readonly string[]): readonly ColumnPlan[] {
  for (const name of fields) {
    if (!plan.column.has(name)) throw unknownName(plan, 'column', { name, known: [...plan.column.keys()] })
  }
  return plan.columns.filter(({ name }) => fields.includes(name))
}

/** The terms asked for, then the key, so that the order is the same on every page. */
function readSort(plan: ModelPlan, sort: readonly string[]): readonly OrderTerm[] {
  const terms = sort.map((term) => plan.orderTerms.get(term) ?? refuseTerm(plan, term))
  for (const last of keyOrder(plan)) {
    if (!terms.some(({ column }) => column === last.column)) terms.push(last)
  }
  return terms
}

function refuseTerm(plan: ModelPlan, term: string | undefined): never {
  if (term === undefined) throw undefinedValue(`${plan.name} sort`)
  const name = term.startsWith('-') ? term.slice(1) : term
  const column = plan.column.get(name)
  throw column === undefined
    ? unknownName(plan, 'column', { name, known: [...plan.column.keys()] })
    : noOrder(plan, column)
}

function noOrder(plan: ModelPlan, { name, fact }: ColumnPlan): Error {
  const values = { model: plan.name, column: name, type: fact.type.kind, operator: 'sort', operators: 'isNull' }
  return errors.DAO_OPERATOR({ values })
}

function readPage(options: PageOptions | undefined): Page | null {
  if (options === undefined) return null
  if ('page' in options) {
    const pageSize = wholeNumber('pageSize', options.pageSize, 1)
    return { limit: pageSize, offset: (wholeNumber('page', options.page, 1) - 1) * pageSize }
  }
  return { limit: wholeNumber('limit', options.limit, 0), offset: wholeNumber('offset', options.offset ?? 0, 0) }
}

function wholeNumber(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value
  throw errors.DAO_PAGE({ values: { name, least } })
}

/** One row by its key, as much of it as asked for. */
export function getRowWith(
  context: DaoContext,
  key: readonly unknown[],
  options: AnyReadOptions,
): Eventually<Row | null> {
  const { plan } = context
  checkOptions(plan, options, readOptionNames)
  if (options.fields === undefined && options.include === undefined)
    return getRow(context, key, options.deleted ?? 'without')
  const terms = plan.key.map((column): Term => ({ kind: 'compare', column, operator: '=' }))
  return findRow(context, { term: { kind: 'all', terms }, shape: 'key', values: key }, options)
}

/** Is there a row that matches? */
export function existsRow(context: DaoContext, condition: Condition | null, deleted: DeletedMode): Eventually<boolean> {
  const query = { condition, columns: context.plan.key, orderBy: none, page: { limit: 1, offset: 0 }, deleted }
  return after(selectRows(context, query), (rows) => rows.length > 0)
}
