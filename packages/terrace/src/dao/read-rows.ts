import { AggregateFunctionNode, AliasNode, IdentifierNode, SelectAllNode, SelectionNode } from 'kysely'
import type { SelectQueryNode } from 'kysely'
import type { Condition } from './condition.ts'
import { conditionTree } from './condition.ts'
import type { DaoContext, DeletedMode, Eventually, Row } from './dao-context.ts'
import { after, firstRowOf, rowsOf } from './dao-context.ts'
import type { ColumnPlan, ModelPlan, OrderTerm } from './model-plan.ts'
import { chunksOf, longestList, padded } from './padded-count.ts'
import { equals, equalsOneOf, selectTree, SlotCounter } from './statement-tree.ts'
import type { RowLock } from './statement-tree.ts'

/** One row by the values of its key, all its columns. */
export function getRow(
  { executor, plan }: DaoContext,
  key: readonly unknown[],
  deleted: DeletedMode,
): Eventually<Row | null> {
  const statement = executor.prepared(plan.statements.get, deleted, () => getTree(plan))
  return after(executor.run(statement, key), firstRowOf)
}

function getTree(plan: ModelPlan, options: { readonly lock?: RowLock } = {}): SelectQueryNode {
  return selectTree(plan, { columns: plan.columns, where: equals(plan, plan.key, new SlotCounter()), ...options })
}

/** As `getRow`; nobody else changes or deletes the row until the session ends. */
export function holdRow(
  { executor, plan }: DaoContext,
  key: readonly unknown[],
  deleted: DeletedMode,
): Eventually<Row | null> {
  const statement = executor.prepared(plan.statements.hold, deleted, () => getTree(plan, { lock: 'ForUpdate' }))
  return after(executor.run(statement, key), firstRowOf)
}

/** A part of the rows that match, in order. */
export interface RowQuery {
  readonly condition: Condition | null
  readonly columns: readonly ColumnPlan[]
  readonly orderBy: readonly OrderTerm[]
  readonly page: Page | null
  readonly deleted: DeletedMode
  /** Rows are held so until the session ends. */
  readonly lock?: RowLock
}

export interface Page {
  readonly limit: number
  readonly offset: number
}

export function selectRows({ executor, plan }: DaoContext, query: RowQuery): Eventually<Row[]> {
  const { condition, page } = query
  const prepare = isClosed(plan, query) ? 'prepared' : 'preparedOpen'
  const statement = executor[prepare](shapeOf(plan, query), query.deleted, () => {
    const slots = new SlotCounter()
    const where = condition === null ? null : conditionTree(condition.term, { plan, slots })
    const limits =
      page === null ? {} : { limit: slots.value(), ...(page.offset === 0 ? {} : { offset: slots.value() }) }
    const lock = query.lock === undefined ? {} : { lock: query.lock }
    return selectTree(plan, { columns: query.columns, where, orderBy: query.orderBy, ...limits, ...lock })
  })
  return after(executor.run(statement, valuesOf(condition, page)), rowsOf)
}

/** Whether there is one such query of a model, whoever asks: of whole rows, in the order of their key. */
function isClosed({ columns: all, key }: ModelPlan, { condition, columns, orderBy }: RowQuery): boolean {
  if (condition !== null || columns !== all) return false
  return (
    orderBy.length === 0 || (orderBy.length === key.length && orderBy.every(({ term }, at) => term === key[at]?.name))
  )
}

function shapeOf(plan: ModelPlan, { condition, columns, orderBy, page, lock }: RowQuery): string {
  const where = condition === null ? '' : condition.shape
  const fields = columns === plan.columns ? '*' : namesOf(columns)
  let order = ''
  for (const { term } of orderBy) order += `${term},`
  const limits = page === null ? '' : page.offset === 0 ? 'limit' : 'limit offset'
  return `${plan.name} list ${fields} where ${where} order ${order} ${limits}${lock ?? ''}`
}

export function namesOf(columns: readonly ColumnPlan[]): string {
  return columns.map(({ name }) => name).join(',')
}

function valuesOf(condition: Condition | null, page: Page | null): readonly unknown[] {
  const values = condition === null ? [] : condition.values
  if (page === null) return values
  return page.offset === 0 ? [...values, page.limit] : [...values, page.limit, page.offset]
}

export function countRows(
  { executor, plan }: DaoContext,
  condition: Condition | null,
  deleted: DeletedMode,
): Eventually<number> {
  const prepare = condition === null ? 'prepared' : 'preparedOpen'
  const statement = executor[prepare](`${plan.name} count ${condition?.shape ?? ''}`, deleted, () => {
    const where = condition === null ? null : conditionTree(condition.term, { plan, slots: new SlotCounter() })
    const count = AggregateFunctionNode.create('count', [SelectAllNode.create()])
    const selection = SelectionNode.create(AliasNode.create(count, IdentifierNode.create('count')))
    return { ...selectTree(plan, { columns: [], where }), selections: [selection] }
  })
  return after(executor.run(statement, condition?.values ?? []), (result) => Number(result.rows[0]?.['count']))
}

/** By the key, ascending. */
export function keyOrder(plan: ModelPlan): readonly OrderTerm[] {
  return plan.key.flatMap(({ name }) => plan.orderTerms.get(name) ?? [])
}

export interface TupleQuery {
  readonly columns: readonly ColumnPlan[]
  /** The columns compared with the tuples. */
  readonly by: readonly ColumnPlan[]
  readonly tuples: readonly (readonly unknown[])[]
  readonly deleted: DeletedMode
}

/** The rows whose columns `by` equal one of the tuples, by key: one statement per as many tuples as the engine takes. */
export async function selectByTuples(
  context: DaoContext,
  { columns, by, tuples, deleted }: TupleQuery,
): Promise<Row[]> {
  const { executor, plan } = context
  const orderBy = keyOrder(plan)
  const chunks = chunksOf(tuples, longestList(executor.capabilities.maxParameters, by.length))
  const found: Row[][] = []
  for (const chunk of chunks) {
    const list = padded(chunk)
    const key = `${plan.name} by ${namesOf(by)} in ${list.length} ${columns === plan.columns ? '*' : namesOf(columns)}`
    const statement = executor.prepared(key, deleted, () => {
      const where = equalsOneOf(plan, by, { count: list.length, slots: new SlotCounter() })
      return selectTree(plan, { columns, where, orderBy })
    })
    found.push((await executor.run(statement, list.flat())).rows)
  }
  return found.length === 1 ? (found[0] ?? []) : found.flat()
}
