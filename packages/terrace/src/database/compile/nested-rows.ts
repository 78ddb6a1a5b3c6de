import type { AggregateFunctionNode, FunctionNode, OperationNode, SelectQueryNode, ValueNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import type { GatheredEnding } from '../helper-renderings.ts'
import { argumentAt } from './helper-arguments.ts'
import { distinctNames } from './names.ts'
import { nestedMeaning, nestedValue } from './nested-values.ts'
import { newName, plainPurpose, type Expression, type Frame, type Output, type Pass, type Query } from './pass.ts'
import { refused } from './refuse.ts'
import { aliased, constant, reference } from './sql-nodes.ts'

/** `jsonArrayFrom(query)`: the query's rows as a list, in its order. */
export function nestedRows(pass: Pass, node: FunctionNode, frame: Frame): Expression {
  const nested = nestedQuery(pass, node, frame)
  const { query, isCorrelated } = nested
  const gathered =
    pass.capabilities.correlatedFrom || !isCorrelated ? rowsAround(pass, query) : rowsInside(pass, nested)
  return { node: gathered, meaning: nestedMeaning(pass, query.outputs, true), companion: null, isNeverNull: true }
}

/** `jsonObjectFrom(query)`: the query's first row, or NULL. */
export function nestedRow(pass: Pass, node: FunctionNode, frame: Frame): Expression {
  const nested = nestedQuery(pass, node, frame)
  const first = firstOf(nested.query)
  const { outputs } = first
  const chosen =
    pass.capabilities.correlatedFrom || !nested.isCorrelated
      ? rowAround(pass, first)
      : rowInside(pass, { ...nested, query: first })
  return { node: chosen, meaning: nestedMeaning(pass, outputs, false), companion: null, isNeverNull: false }
}

interface NestedQuery {
  /** As it was written. */
  readonly source: SelectQueryNode
  readonly query: Query
  /** It names a column of a query around it. */
  readonly isCorrelated: boolean
}

function nestedQuery(pass: Pass, node: FunctionNode, frame: Frame): NestedQuery {
  const source = argumentAt(node, 0)
  if (source.kind !== 'SelectQueryNode')
    throw source.kind === 'RawNode'
      ? errors.SCOPE_RAW()
      : refused('A nested list of something else', 'it takes a query', 'Give it a select')
  const select = source as SelectQueryNode
  if (select.endModifiers !== undefined)
    throw refused('A lock in a nested query', 'its rows are read as one value', 'Lock them in a query of their own')
  let isCorrelated = false
  const edge: Frame = { outer: frame, ctes: frame.ctes, sources: [], onLeft: () => (isCorrelated = true) }
  const query = pass.query(select, { outer: edge, ctes: frame.ctes }, plainPurpose)
  distinctNames(query.outputs)
  return { source: select, query, isCorrelated }
}

/** Without a limit some engines leave out the order of a query in FROM. */
const allRows = constant(9_223_372_036_854_775_807n)

/** `(select json_agg(…) from (query) as t)`. */
function rowsAround(pass: Pass, { node, outputs }: Query): OperationNode {
  const isOrderLost = !pass.capabilities.correlatedFrom && node.orderBy !== undefined && node.limit === undefined
  const query: SelectQueryNode = isOrderLost ? { ...node, limit: { kind: 'LimitNode', limit: allRows } } : node
  const name = newName(pass)
  return selectFrom(query, name, pass.helpers.rows(rowOf(pass, outputsOf(name, outputs)), null))
}

function rowAround(pass: Pass, { node, outputs }: Query): OperationNode {
  const name = newName(pass)
  return selectFrom(node, name, rowOf(pass, outputsOf(name, outputs)))
}

const outputsOf = (table: string, outputs: readonly Output[]): readonly Output[] =>
  outputs.map((output) => ({ ...output, node: reference(table, output.name) }))

function selectFrom(query: SelectQueryNode, name: string, selection: OperationNode): SelectQueryNode {
  return {
    kind: 'SelectQueryNode',
    from: { kind: 'FromNode', froms: [aliased(query, name)] },
    selections: [{ kind: 'SelectionNode', selection: selection as never }],
  }
}

/** Where a sub-query in FROM may not name what is around it, its rows are gathered in the query itself. */
function rowsInside(pass: Pass, { source, query }: NestedQuery): OperationNode {
  requireOneByOne(pass, source)
  const { orderBy, limit, offset, ...rest } = inPlace(query)
  const ending: GatheredEnding = {
    orderBy: orderBy ?? null,
    limit: limit === undefined ? null : numberIn(limit.limit),
    offset: offset === undefined ? null : numberIn(offset.offset),
  }
  const rows = pass.helpers.rows(rowOf(pass, query.outputs), ending)
  return { ...rest, selections: [{ kind: 'SelectionNode', selection: rows as never }] } as SelectQueryNode
}

function rowInside(pass: Pass, { source, query }: NestedQuery): OperationNode {
  if (source.frontModifiers !== undefined || source.setOperations !== undefined) throw notInside(pass)
  const row = rowOf(pass, query.outputs)
  return { ...inPlace(query), selections: [{ kind: 'SelectionNode', selection: row as never }] } as SelectQueryNode
}

/** Rows that are made of several ones, or numbered, cannot be gathered where they are made. */
function requireOneByOne(pass: Pass, source: SelectQueryNode): void {
  const { frontModifiers, setOperations, groupBy, having, selections = [], orderBy } = source
  const isMade = [frontModifiers, setOperations, groupBy, having].some((part) => part !== undefined)
  if (isMade || hasAggregate([...selections, ...(orderBy?.items ?? [])])) throw notInside(pass)
}

function notInside({ capabilities }: Pass): Error {
  return errors.SCOPE_UNSUPPORTED({
    values: {
      what: 'A nested list of grouped, distinct, united or numbered rows that names a column of the query around it',
      product: capabilities.product,
      remedy: 'Group in a sub-query of its FROM or in a CTE, and name the column in the where around that',
    },
  })
}

/** A function over rows of this query: those of sub-queries are their own. */
function hasAggregate(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false
  if (Array.isArray(part)) return part.some(hasAggregate)
  const { kind } = part as Partial<OperationNode>
  if (kind === 'SelectQueryNode') return false
  return (
    kind === ('AggregateFunctionNode' satisfies AggregateFunctionNode['kind']) || Object.values(part).some(hasAggregate)
  )
}

/** The names of outputs, which the query no longer has, become what they stood for. */
function inPlace({ node, outputs }: Query): SelectQueryNode {
  const placed = (named: OperationNode): OperationNode =>
    outputs.find((output) => isNameOf(named, output))?.node ?? named
  return {
    ...node,
    ...(node.orderBy !== undefined && {
      orderBy: {
        kind: 'OrderByNode',
        items: node.orderBy.items.map((item) => ({ ...item, orderBy: placed(item.orderBy) })),
      },
    }),
    ...(node.groupBy !== undefined && {
      groupBy: {
        kind: 'GroupByNode',
        items: node.groupBy.items.map((item) => ({ ...item, groupBy: placed(item.groupBy) as never })),
      },
    }),
  }
}

/** Columns of tables always stand behind their table's name. */
function isNameOf(node: OperationNode, { name }: Output): boolean {
  const { kind, table, column } = node as ReturnType<typeof reference>
  return kind === 'ReferenceNode' && table === undefined && column.kind === 'ColumnNode' && column.column.name === name
}

/** `limit` and `offset` are whole numbers: see `ordering.ts`. */
function numberIn(node: OperationNode): number | bigint {
  const { value } = node as ValueNode
  const number = typeof value === 'object' && value !== null ? (value as { readonly value?: unknown }).value : value
  if (typeof number === 'number' || typeof number === 'bigint') return number
  throw refused('A limit of a nested query without a number', 'it is part of the text', 'Give a number')
}

function firstOf({ node, outputs }: Query): Query {
  const isNone = node.limit !== undefined && Number(numberIn(node.limit.limit)) === 0
  return { node: { ...node, limit: { kind: 'LimitNode', limit: constant(isNone ? 0 : 1) } }, outputs }
}

// What a call may take at the most is 100 arguments on some engines.
const valuesInCall = 90

function rowOf(pass: Pass, outputs: readonly Output[]): OperationNode {
  const values = outputs.map((output) => nestedValue(pass, output))
  if (values.length <= valuesInCall) return pass.helpers.row(values)
  const parts: OperationNode[] = []
  for (let at = 0; at < values.length; at += valuesInCall) {
    parts.push(pass.helpers.row(values.slice(at, at + valuesInCall)))
  }
  return pass.helpers.row(parts)
}
