import { errors } from '../errors/index.ts'
import type { Condition, Term } from './condition.ts'
import type { DaoContext, DeletedMode, Eventually, Row } from './dao-context.ts'
import { after } from './dao-context.ts'
import type { Deleted, Listing, PageOptions } from './dao-types.ts'
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
  readonly total?: boolean
}

export const findOptionNames = ['fields', 'include'] as const
const readOptionNames = [...findOptionNames, 'deleted'] as const
const listOptionNames = [...readOptionNames, 'where', 'sort', 'page', 'total'] as const

const none: readonly never[] = []

/** The rows that match, with what is included. */
export function listRows(context: DaoContext, options: AnyListOptions): Eventually<Listing<Row>> {
  const { plan } = context
  checkOptions(plan, options, listOptionNames)
  const condition = options.where === undefined ? null : readWhere(plan, options.where)
  const page = readPage(options.page)
  const orderBy = readSort(plan, options.sort ?? none)
  const rows = readRows(context, options, { condition, orderBy, page })
  if (options.total !== true) return after(rows, (found) => ({ rows: found, total: null }))
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
  const { plan, executor } = context
  const deleted = options.deleted ?? 'without'
  if (options.include === undefined) {
    const columns = options.fields === undefined ? plan.columns : readFields(plan, options.fields)
    return selectRows(context, { ...selection, columns, deleted })
  }
  const relations = readInclude(plan, options.include, executor.graph.models)
  return readRelated(context, options, { selection, relations, deleted })
}

interface RelatedRead {
  readonly selection: Selection
  readonly relations: readonly Relation[]
  readonly deleted: DeletedMode
}

async function readRelated(context: DaoContext, { fields }: AnyReadOptions, read: RelatedRead): Promise<Row[]> {
  const { selection, relations, deleted } = read
  const { plan } = context
  const asked = fields === undefined ? plan.columns : readFields(plan, fields)
  const needed = relations.flatMap(({ from }) => from).filter((column) => !asked.includes(column))
  const columns = needed.length === 0 ? asked : [...asked, ...new Set(needed)]
  const rows = await selectRows(context, { ...selection, columns, deleted })
  // Children that went to the trash with their parent are read with it.
  await loadRelated(context, rows, { relations, deleted: deleted === 'without' ? 'without' : 'with' })
  for (const { name } of needed) for (const row of rows) delete row[name]
  return rows
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
  return { rows, total }
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
