import type { CollateNode, OperationNode, OrderByItemNode, OrderByNode, RawNode, ReferenceNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { behindFence } from './fenced.ts'
import { requireSortable } from './operands.ts'
import { isUnscoped, type Expression, type Frame, type Output, type Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { type Building, identifier, isNull, keyword, reference } from './sql-nodes.ts'

/** What a bare name in ORDER BY may mean: an output of the query, before any column. Only that in a union. */
export interface Selected {
  readonly outputs: readonly Output[]
  readonly isCombined: boolean
  /** What holds of a row before anything is calculated of it. */
  readonly fences: readonly OperationNode[]
}

/**
 * NULL sorts first ascending and last descending on every engine, unless the statement says otherwise. `selected` is null where
 * outputs have no name yet: inside a window or an aggregate.
 */
export function orderBy(pass: Pass, node: OrderByNode, frame: Frame, selected: Selected | null): OrderByNode {
  const items: OrderByItemNode[] = []
  for (const item of node.items) items.push(...orderByItem(pass, item, frame, selected))
  return { kind: 'OrderByNode', items }
}

function orderByItem(pass: Pass, item: OrderByItemNode, frame: Frame, selected: Selected | null): OrderByItemNode[] {
  const direction = directionOf(pass, item.direction)
  const sorted = sortedBy(pass, item.orderBy, frame, selected)
  requireSortable(sorted.meaning)
  const plain: Building<OrderByItemNode> = {
    kind: 'OrderByItemNode',
    orderBy: sorted.node,
    direction: keyword(direction),
  }
  if (item.collation !== undefined) plain.collation = collationOf(pass, item.collation)
  const usual = direction === 'asc' ? 'first' : 'last'
  const wanted = nullsOf(item) ?? usual
  if (sorted.isNeverNull) return [plain]
  // The engine's word for it, where its own order differs; else its own order, or one more term where it has no word.
  if (!pass.capabilities.nullsAreSmallest) return [{ ...plain, nulls: wanted }]
  return wanted === usual ? [plain] : [nullTerm(sorted, wanted), plain]
}

/** By their exact text, which Kysely would write as it is. */
function nullsOf({ nulls }: OrderByItemNode): 'first' | 'last' | null {
  if (nulls === undefined) return null
  if (nulls === 'first' || nulls === 'last') return nulls
  throw refused('An unknown place of NULLs', 'nothing says what it is', 'Use nullsFirst() or nullsLast()')
}

function nullTerm(sorted: Sorted, wanted: 'first' | 'last'): OrderByItemNode {
  if (sorted.inside === null) {
    throw refused(`"nulls ${wanted}" on a union`, 'not every engine has it', 'Order by it in a query around the union')
  }
  return {
    kind: 'OrderByItemNode',
    orderBy: isNull(sorted.inside),
    direction: keyword(wanted === 'first' ? 'desc' : 'asc'),
  }
}

interface Sorted extends Expression {
  /** How it is named inside an expression, where outputs have no name; null where only their name is known. */
  readonly inside: OperationNode | null
}

function sortedBy(pass: Pass, node: OperationNode, frame: Frame, selected: Selected | null): Sorted {
  const output = selected === null ? null : outputNamed(node, selected.outputs)
  if (output !== null) {
    pass.findings.columns += 1
    return { ...output, node: reference(null, output.name), inside: selected?.isCombined === true ? null : output.node }
  }
  if (selected?.isCombined === true) {
    throw refused(
      'ORDER BY an expression on a union',
      'only its outputs have a name there',
      'Order by the name of an output',
    )
  }
  const before = pass.findings.calculations
  const found = pass.expression(node, frame, null)
  const isCalculated = selected !== null && pass.findings.calculations > before
  // A number alone would be the position of an output.
  if (found.node.kind === 'ValueNode')
    throw refused('ORDER BY a value', 'engines take it for a position', 'Order by a name')
  const sorted = isCalculated ? behindFence(selected.fences, found.node) : found.node
  return { ...found, node: sorted, inside: sorted }
}

/** A bare name that an output has. */
export function outputNamed(node: OperationNode, outputs: readonly Output[]): Output | null {
  if (node.kind !== 'ReferenceNode') return null
  const { table, column } = node as ReferenceNode
  if (table !== undefined || column.kind !== 'ColumnNode') return null
  return outputs.find(({ name }) => name === column.column.name) ?? null
}

/** Kysely writes directions as raw SQL: these two by their exact text, and nothing else. */
function directionOf(pass: Pass, direction: OperationNode | undefined): 'asc' | 'desc' {
  if (direction === undefined) return 'asc'
  const { kind, sqlFragments, parameters } = direction as RawNode
  const [text] = kind === 'RawNode' && sqlFragments.length === 1 && parameters.length === 0 ? sqlFragments : []
  if (text === 'asc' || text === 'desc') return text
  if (!isUnscoped(pass)) throw errors.SCOPE_RAW()
  throw refused('A direction of raw SQL', 'where NULLs go would not be known', 'Write "asc" or "desc"')
}

function collationOf({ allowances }: Pass, { collation: { name } }: CollateNode): CollateNode {
  if (!allowances.collations.has(name)) {
    throw refused(
      `The collation ${JSON.stringify(name)}`,
      'texts sort by code point on every engine',
      'Leave it out, or allow it for this app',
    )
  }
  return { kind: 'CollateNode', collation: identifier(name) }
}

/** LIMIT and OFFSET as every engine takes them. */
export function wholeNumber(value: unknown): boolean {
  return (typeof value === 'bigint' && value >= 0n) || (Number.isSafeInteger(value) && (value as number) >= 0)
}

export { noLimit } from './fenced.ts'
