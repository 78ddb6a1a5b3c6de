import type {
  GroupByItemNode,
  OperationNode,
  ReferenceNode,
  SelectModifierNode,
  SelectQueryNode,
  SetOperationNode,
  TableNode,
  ValueNode,
} from 'kysely'
import { errors } from '../../errors/index.ts'
import { requireSortable } from './operands.ts'
import { Slot } from './compiled-statement.ts'
import { behindFence, behindGroups, calculation, limitedBy, noLimit } from './fenced.ts'
import { tablesOf } from './from.ts'
import { wrongValue } from './literals.ts'
import { detached, unite } from './meaning.ts'
import { sourceNamed, tableName } from './names.ts'
import { orderBy, outputNamed, wholeNumber } from './ordering.ts'
import { isUnscoped, type Frame, type Output, type Pass, type Purpose, type Query, type Surroundings } from './pass.ts'
import { refused } from './refuse.ts'
import { selections, type Selections } from './selections.ts'
import { type Building, constant, guarded, parameter, reference, table } from './sql-nodes.ts'
import { withClause } from './with.ts'

/** A SELECT in its surroundings: its tables limited, its names mapped, its values encoded. */
export function selectQuery(pass: Pass, node: SelectQueryNode, around: Surroundings, purpose: Purpose): Query {
  refuseRest(node)
  const { node: withNode, ctes } = withClause(pass, node.with, around)
  const frame: Frame = { ...around, ctes, sources: [] }
  const { calculations: before, aggregates } = pass.findings
  const { from, joins, guards, fences } = tablesOf(pass, node, frame, purpose.deleted)
  const where = limitedBy(pass, { guards, fences }, node.where?.where, frame)
  const selected = fencedSelections(pass, node, frame, { purpose, fences })
  const combined = setOperations(pass, node, { ...around, ctes, purpose, selected })
  const query: Building<SelectQueryNode> = { kind: 'SelectQueryNode', selections: selected.nodes }
  if (withNode !== null) query.with = withNode
  if (from !== null) query.from = from
  if (joins.length > 0) query.joins = joins
  if (combined.nodes.length > 0) query.setOperations = combined.nodes
  addDistinct(pass, node, query, { frame, outputs: selected.outputs })
  addGroups(pass, node, query, { frame, outputs: selected.outputs })
  addEnding(pass, node, query, { frame, outputs: combined.outputs, fences: isFencedLater(node) ? [] : fences })
  // Functions over the rows of this query are none over those of the query around it.
  pass.findings.aggregates = aggregates
  // Beside a row of somebody else a lateral query gives nothing, before it calculates.
  const beside = pass.findings.calculations === before ? [] : (around.inherited ?? [])
  const limited = guarded(beside, where)
  if (limited !== null) query.where = { kind: 'WhereNode', where: limited }
  return { node: query, outputs: combined.outputs }
}

/** What is sorted by must be what is grouped by or told apart by: engines that have DISTINCT ON look for rows before. */
const isFencedLater = (node: SelectQueryNode): boolean => isGrouped(node) || node.distinctOn !== undefined

const isUnnamed = (node: SelectQueryNode): boolean =>
  !isFencedLater(node) && [node.orderBy, node.setOperations, node.frontModifiers].every((part) => part === undefined)

const isGrouped = ({ groupBy, having }: SelectQueryNode): boolean => groupBy !== undefined || having !== undefined

interface FencedSelections {
  readonly purpose: Purpose
  readonly fences: readonly OperationNode[]
}

/**
 * Outputs that calculate stand behind the fence wherever an engine may compute them before it has left out the rows of others:
 * to sort, group or compare by them.
 */
function fencedSelections(
  pass: Pass,
  node: SelectQueryNode,
  frame: Frame,
  { purpose, fences }: FencedSelections,
): Selections {
  const { findings } = pass
  const before = { ...findings, inner: findings.inner.length }
  const isSorted = node.orderBy !== undefined || (node.frontModifiers ?? []).length > 0
  const isLast = node.distinctOn !== undefined || (purpose.isOutermost && !isSorted && !isGrouped(node))
  const finish = (outputs: readonly Output[]): readonly Output[] => {
    if (isLast || (findings.aggregates > before.aggregates && !isGrouped(node))) return outputs
    const isEarly = isGrouped(node) ? groupedNames(node) : null
    return outputs.map((output) => {
      const isFenced = output.calculates === true && (isEarly === null || isEarly.has(output.name))
      return isFenced ? { ...output, node: behindFence(fences, output.node) } : output
    })
  }
  const isFree = purpose.isSide !== true && isUnnamed(node)
  const selected = selections(pass, node.selections ?? [], frame, { ...purpose, finish, isUnnamed: isFree })
  if (isLast && purpose.isOutermost && findings.inner.length === before.inner)
    findings.lateCalculations += findings.calculations - before.calculations
  return selected
}

/** The outputs that a query is grouped by. */
function groupedNames({ groupBy }: SelectQueryNode): ReadonlySet<string> {
  const names = (groupBy?.items ?? []).map(({ groupBy: item }) => {
    const { table: qualifier, column } = item as ReferenceNode
    return item.kind === 'ReferenceNode' && qualifier === undefined && column.kind === 'ColumnNode'
      ? column.column.name
      : null
  })
  return new Set(names.filter((name) => name !== null))
}

/** What the later clauses of a query may name. */
interface Names {
  readonly frame: Frame
  readonly outputs: readonly Output[]
}

function refuseRest(node: SelectQueryNode): void {
  if (node.explain !== undefined)
    throw refused('EXPLAIN', 'it gives no rows of a model', 'Explain the statement’s SQL in a database shell')
  if (node.top !== undefined) throw refused('TOP', 'no engine of Terrace has it', 'Use .limit(n)')
}

/** `select distinct`, and `distinct on (…)` where the engine has it. */
function addDistinct(
  pass: Pass,
  node: SelectQueryNode,
  query: Building<SelectQueryNode>,
  { frame, outputs }: Names,
): void {
  if (node.frontModifiers !== undefined && node.frontModifiers.length > 0) {
    for (const modifier of node.frontModifiers) requireDistinct(modifier)
    for (const { meaning } of outputs) requireSortable(meaning)
    query.frontModifiers = [{ kind: 'SelectModifierNode', modifier: 'Distinct' }]
  }
  if (node.distinctOn !== undefined) query.distinctOn = distinctOn(pass, node.distinctOn, frame)
}

function requireDistinct({ modifier, rawModifier }: SelectModifierNode): void {
  if (rawModifier !== undefined) throw errors.SCOPE_RAW()
  if (modifier !== 'Distinct')
    throw refused(`The modifier ${modifier} in front`, 'it belongs behind', 'Use .distinct() alone')
}

function distinctOn(pass: Pass, nodes: readonly OperationNode[], frame: Frame): readonly OperationNode[] {
  const { capabilities } = pass
  if (!capabilities.distinctOn) {
    throw errors.SCOPE_UNSUPPORTED({
      values: {
        what: 'DISTINCT ON',
        product: capabilities.product,
        remedy: 'Number the rows with row_number() in a sub-query, and take the first',
      },
    })
  }
  return nodes.map((node) => {
    const { node: mapped, meaning } = pass.expression(node, frame, null)
    requireSortable(meaning)
    return mapped
  })
}

function addGroups(
  pass: Pass,
  node: SelectQueryNode,
  query: Building<SelectQueryNode>,
  { frame, outputs }: Names,
): void {
  if (node.groupBy !== undefined) {
    const items = node.groupBy.items.map((item): GroupByItemNode => {
      return { kind: 'GroupByItemNode', groupBy: groupedBy(pass, item.groupBy, frame, outputs) }
    })
    query.groupBy = { kind: 'GroupByNode', items }
  }
  if (node.having !== undefined) {
    const { having: own } = node.having
    const { node: having, calculates } = calculation(pass, () => pass.expression(own, frame, null).node)
    query.having = { kind: 'HavingNode', having: calculates ? behindGroups(having) : having }
  }
}

/** A column before an output of the same name, as the standard has it; by the output's name only where no column has it. */
function groupedBy(pass: Pass, node: OperationNode, frame: Frame, outputs: readonly Output[]): OperationNode {
  const output = outputNamed(node, outputs)
  if (output !== null && output.node.kind !== 'ReferenceNode') {
    requireSortable(output.meaning)
    requireNoColumn(output.name, frame)
    return reference(null, output.name)
  }
  const found = output ?? pass.expression(node, frame, null)
  requireSortable(found.meaning)
  if (found.node.kind === 'ValueNode')
    throw refused('GROUP BY a value', 'engines take it for a position', 'Group by a name')
  return found.node
}

/** An engine looks for columns first, by their names in the database. */
function requireNoColumn(name: string, { sources }: Frame): void {
  const lower = name.toLowerCase()
  const isColumn = sources.some((source) => {
    if (source.kind !== 'table') return false
    return source.model.columns.some((fact) => fact.sqlName.toLowerCase() === lower || fact.name === name)
  })
  if (!isColumn) return
  throw errors.SCOPE_AMBIGUOUS({
    values: { name, why: 'an output and a column have this name', remedy: 'Give the output another name' },
  })
}

interface CombinationOptions extends Surroundings {
  readonly purpose: Purpose
  readonly selected: Selections
}

interface Combination {
  readonly nodes: readonly SetOperationNode[]
  readonly outputs: readonly Output[]
}

/** UNION, INTERSECT, EXCEPT: as many columns on each side, of one kind. */
function setOperations(
  pass: Pass,
  node: SelectQueryNode,
  { purpose, selected, ...around }: CombinationOptions,
): Combination {
  const operations = node.setOperations ?? []
  if (operations.length === 0) return { nodes: [], outputs: selected.outputs }
  const visible = purpose.recursive === null ? around.ctes : purpose.recursive(selected.outputs)
  let { outputs } = selected
  const nodes = operations.map((operation) => {
    const expected = outputs.map(({ meaning }) => meaning)
    const query = pass.query(
      operandOf(operation),
      { ...around, ctes: visible },
      { ...purpose, deleted: 'without', expected, recursive: null, isSide: true },
    )
    outputs = unitedOutputs(outputs, query.outputs, operation)
    return setOperation(operation, query.node)
  })
  return { nodes, outputs }
}

function operandOf({ operator, expression }: SetOperationNode): SelectQueryNode {
  if (expression.kind === 'SelectQueryNode') return expression as SelectQueryNode
  throw expression.kind === 'RawNode'
    ? errors.SCOPE_RAW()
    : refused(`${operator} with ${expression.kind}`, 'it takes a query', 'Give it a select')
}

const setOperators: ReadonlySet<string> = new Set(['union', 'intersect', 'except'])

function setOperation({ operator, all }: SetOperationNode, expression: SelectQueryNode): SetOperationNode {
  if (!setOperators.has(operator))
    throw refused('An unknown set operation', 'nothing says what it does', 'Use union, intersect or except')
  return { kind: 'SetOperationNode', operator, expression, all: all === true }
}

function unitedOutputs(
  left: readonly Output[],
  right: readonly Output[],
  { operator, all }: SetOperationNode,
): readonly Output[] {
  if (left.length !== right.length) {
    throw refused(
      operator,
      `one side gives ${left.length} columns, the other ${right.length}`,
      'Select as many on both sides',
    )
  }
  return left.map((output, at) => {
    const other = right[at] as Output
    const meaning = detached(unite(output.meaning, other.meaning, `${operator} of "${output.name}"`))
    if (!all) requireSortable(meaning)
    return { ...output, meaning, companion: null, isNeverNull: output.isNeverNull && other.isNeverNull }
  })
}

/** ORDER BY, LIMIT, OFFSET and locks. */
function addEnding(
  pass: Pass,
  node: SelectQueryNode,
  query: Building<SelectQueryNode>,
  { frame, outputs, fences }: Names & { readonly fences: readonly OperationNode[] },
): void {
  const isCombined = query.setOperations !== undefined
  if (node.orderBy !== undefined) query.orderBy = orderBy(pass, node.orderBy, frame, { outputs, isCombined, fences })
  const limit = limitOf(pass, node)
  if (limit !== null) query.limit = { kind: 'LimitNode', limit }
  if (node.offset !== undefined)
    query.offset = { kind: 'OffsetNode', offset: count(pass, node.offset.offset, 'offset') }
  if (node.endModifiers === undefined) return
  const endModifiers = locks(pass, node.endModifiers, frame)
  if (endModifiers.length > 0) query.endModifiers = endModifiers
}

/** FETCH FIRST says the same as LIMIT; not every engine takes OFFSET without it. */
function limitOf(pass: Pass, { limit, offset, fetch }: SelectQueryNode): OperationNode | null {
  if (fetch !== undefined) {
    if (fetch.modifier !== 'only') throw refused('FETCH WITH TIES', 'not every engine has it', 'Use .limit(n)')
    return count(pass, fetch.rowCount, 'fetch')
  }
  if (limit !== undefined) return count(pass, limit.limit, 'limit')
  return offset === undefined ? null : noLimit
}

function count(pass: Pass, node: OperationNode, what: string): OperationNode {
  if (node.kind === 'RawNode' && isUnscoped(pass))
    return pass.expression(node, { outer: null, ctes: null, sources: [] }, null).node
  if (node.kind === 'RawNode') throw errors.SCOPE_RAW()
  if (node.kind !== 'ValueNode')
    throw refused(`${what} of an expression`, 'not every engine takes one', 'Give a number')
  const { value, immediate } = node as ValueNode
  if (value instanceof Slot) return parameter({ kind: 'slot', slot: value.name, encode: null })
  if (!wholeNumber(value)) throw wrongValue(what, 'must be a whole number from 0')
  return immediate === true ? constant(value as number | bigint) : parameter({ kind: 'value', value })
}

type Lock = Exclude<NonNullable<SelectModifierNode['modifier']>, 'Distinct'>

const locking = {
  ForUpdate: true,
  ForNoKeyUpdate: true,
  ForShare: true,
  ForKeyShare: true,
  NoWait: true,
  SkipLocked: true,
} as const satisfies Record<Lock, true>

/** Row locks, where the engine has them; elsewhere the session is the only writer as soon as it has one. */
function locks(pass: Pass, modifiers: readonly SelectModifierNode[], frame: Frame): readonly SelectModifierNode[] {
  const compiled = modifiers.map((node): SelectModifierNode => {
    if (node.rawModifier !== undefined) return rawLock(pass, node.rawModifier, frame)
    const { modifier } = node
    if (modifier === undefined || !Object.hasOwn(locking, modifier)) {
      throw refused(
        `The modifier ${modifier ?? 'without a name'} at the end`,
        'it locks nothing',
        'Use forUpdate(), forShare(), skipLocked() or noWait()',
      )
    }
    pass.findings.locks = true
    return {
      kind: 'SelectModifierNode',
      modifier,
      ...(node.of !== undefined && { of: node.of.map((item) => lockedTable(item, frame)) }),
    }
  })
  return pass.capabilities.rowLocks ? compiled : compiled.filter(({ rawModifier: raw }) => raw !== undefined)
}

function rawLock(pass: Pass, node: OperationNode, frame: Frame): SelectModifierNode {
  const raw = pass.expression(node, frame, null)
  pass.findings.locks = true
  return { kind: 'SelectModifierNode', rawModifier: raw.node }
}

function lockedTable(node: OperationNode, frame: Frame): OperationNode {
  if (node.kind !== 'TableNode')
    throw refused('A lock of something else than a table', 'only tables have rows', 'Name a table of the query')
  return table(sourceNamed(tableName(node as TableNode), frame).name)
}
