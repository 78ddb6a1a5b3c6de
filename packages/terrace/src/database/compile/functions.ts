import type { AggregateFunctionNode, FunctionNode, OperationNode, OverNode, SelectionNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { functionRules, positionRule, type FunctionResult, type FunctionRule } from './function-rules.ts'
import { helperOf } from './helpers.ts'
import { requireSortable } from './operands.ts'
import { isLiteral } from './literals.ts'
import { detached, heldAs, numericKindOf, storageOf, unite, type Meaning } from './meaning.ts'
import { orderBy } from './ordering.ts'
import type { Expression, Frame, Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { call, cast, constant, isNotNull } from './sql-nodes.ts'

/** A scalar function: `eb.fn('lower', ['name'])`, `eb.fn.coalesce(…)`. */
export function functionCall(pass: Pass, node: FunctionNode, frame: Frame, expected: Meaning | null): Expression {
  // The name that was looked up is the one that is written.
  const { func } = node
  const helper = helperOf(func)
  if (helper !== null) return helper(pass, node, frame, expected)
  const rule = ruleOf(pass, func)
  // Of these too some results do not fit, and an app's own function may refuse what it likes.
  if (rule.takes === 'number' || mayNotFit.has(func) || pass.allowances.functions.has(func))
    pass.findings.calculations += 1
  if (rule.isAggregate && functionRules.has(func)) {
    throw refused(`${func}() as a scalar function`, 'it runs over rows', `Write eb.fn.agg("${func}", […])`)
  }
  const args = argumentsOf(pass, { func }, frame, { rule, nodes: node.arguments, expected })
  return {
    node: call(func, args.nodes),
    meaning: resultOf(rule, args.meaning),
    companion: null,
    isNeverNull: false,
  }
}

/** Functions of texts whose result an engine may refuse: of a negative length, or longer than it takes. */
const mayNotFit: ReadonlySet<string> = new Set(['substr', 'replace'])

/** By the name's exact text: nothing else reaches the SQL. */
function ruleOf({ allowances, dialect }: Pass, name: string): FunctionRule {
  const rule =
    functionRules.get(name) ??
    allowances.functions.get(name) ??
    (name === dialect.position.name ? positionRule : undefined)
  if (rule !== undefined) return rule
  throw refused(
    `The function ${JSON.stringify(name)}`,
    'it is not one that every engine has with one meaning',
    `Use ${[...functionRules.keys()].join(', ')}, a helper of terrace/dao, or allow it for this app`,
  )
}

interface Arguments {
  readonly nodes: readonly OperationNode[]
  /** What the alike arguments are. */
  readonly meaning: Meaning
}

interface ArgumentOptions {
  readonly rule: FunctionRule
  readonly nodes: readonly OperationNode[]
  readonly expected: Meaning | null
}

/** What is known first, so that bare values take its meaning; the order of the arguments stays. */
function argumentsOf(
  pass: Pass,
  { func }: { readonly func: string },
  frame: Frame,
  { rule, nodes, expected }: ArgumentOptions,
): Arguments {
  const isAlike = (at: number): boolean => rule.alike === 'all' || rule.alike.includes(at)
  const known = nodes.map((node, at) => (isLiteral(node) && isAlike(at) ? null : pass.expression(node, frame, null)))
  const alike = known.filter((expression, at): expression is Expression => expression !== null && isAlike(at))
  const shared = alike
    .map(({ meaning }) => meaning)
    .reduce<Meaning | null>((left, right) => (left === null ? right : unite(left, right, `${func}()`)), null)
  const beside = shared ?? (rule.result === 'argument' ? expected : null)
  const all = known.map((expression, at) => expression ?? pass.expression(nodes[at] as OperationNode, frame, beside))
  const meaning = all
    .filter((_, at) => isAlike(at))
    .reduce<Meaning | null>(
      (left, { meaning: right }) => (left === null ? right : unite(left, right, `${func}()`)),
      null,
    )
  if (meaning !== null) requirements[rule.takes](func, meaning)
  return { nodes: all.map(({ node }) => node), meaning: soleMeaning(all, meaning) }
}

/** The key of a row stays one through a function of that column alone: `min(id)`. */
function soleMeaning([first, ...others]: readonly Expression[], united: Meaning | null): Meaning {
  if (first !== undefined && others.length === 0) return first.meaning
  return united ?? { kind: 'unknown' }
}

type Requirement = (func: string, meaning: Meaning) => void

const unorderable: ReadonlySet<string> = new Set(['boolean', 'uuid', 'bytes'])

const requirements: { readonly [K in FunctionRule['takes']]: Requirement } = {
  anything: () => {},
  sortable: (_, meaning) => requireSortable(meaning),
  ordered: (func, meaning) => {
    requireSortable(meaning)
    if (unorderable.has(storageOf(meaning))) throw notTaken(func, meaning, 'not every engine orders it')
  },
  number: (func, meaning) => {
    if (numericKindOf(meaning) === null && storageOf(meaning) !== 'any')
      throw notTaken(func, meaning, 'it takes numbers')
  },
  text: (func, meaning) => {
    if (storageOf(meaning) !== 'text' && storageOf(meaning) !== 'any') throw notTaken(func, meaning, 'it takes texts')
  },
}

function notTaken(func: string, meaning: Meaning, why: string): Error {
  return errors.SCOPE_NOT_COMPARABLE({
    values: {
      what: `${func}() of ${heldAs(meaning)}`,
      why,
      remedy: 'Use a column of another type, or compute it in code',
    },
  })
}

type Result = (argument: Meaning) => Meaning

const results: { readonly [K in FunctionResult]: Result } = {
  argument: (argument) => argument,
  boolean: () => ({ kind: 'boolean' }),
  integer: () => ({ kind: 'integer' }),
  number: () => ({ kind: 'number' }),
  text: () => ({ kind: 'text' }),
  sum: sumOf,
  average: () => ({ kind: 'number' }),
  unknown: () => ({ kind: 'unknown' }),
}

function resultOf({ result, takes }: FunctionRule, argument: Meaning): Meaning {
  // A number computed from a key is the key of another row.
  return results[result](takes === 'number' ? detached(argument) : argument)
}

/** Beyond the range of its column: whole numbers sum to a number (a throw beyond 2^53 - 1), bigints to a bigint. */
function sumOf(argument: Meaning): Meaning {
  const kind = numericKindOf(argument)
  if (kind === 'decimal') return argument
  if (kind === null) return { kind: 'unknown' }
  return { kind: kind === 'float' ? 'number' : kind }
}

/** A function over rows, or over a window: `eb.fn.sum('kcal100g')`, `eb.fn.agg('row_number').over(…)`. */
export function aggregateFunction(pass: Pass, node: AggregateFunctionNode, frame: Frame): Expression {
  if (node.over === undefined) pass.findings.aggregates += 1
  const { func } = node
  const rule = ruleOf(pass, func)
  if (!rule.isAggregate) throw refused(`${func}() over rows`, 'it takes one row', `Write eb.fn("${func}", […])`)
  const args = isCountOfRows(node)
    ? countOfRows
    : argumentsOf(pass, { func }, frame, { rule, nodes: node.aggregated, expected: null })
  if (node.distinct === true) requireSortable(args.meaning)
  if (rule.result === 'average') requireNoDecimal(args.meaning)
  const given =
    node.over !== undefined && node.func === 'count' ? args.nodes.map((arg) => orNull(frame, arg)) : args.nodes
  const nodes = rule.result === 'average' ? given.map((arg) => cast(arg, pass.dialect.castTypes.float)) : given
  return {
    node: {
      kind: 'AggregateFunctionNode',
      func,
      aggregated: filtered(pass, node, frame, nodes),
      ...(node.distinct === true && { distinct: true }),
      ...(node.orderBy !== undefined && { orderBy: orderBy(pass, node.orderBy, frame, null) }),
      ...(node.withinGroup !== undefined && { withinGroup: orderBy(pass, node.withinGroup, frame, null) }),
      ...(node.over !== undefined && { over: over(pass, node.over, frame) }),
    } as OperationNode,
    meaning: resultOf(rule, args.meaning),
    companion: null,
    isNeverNull: func === 'count',
  }
}

/** Over a window MariaDB takes a column that is NOT NULL for one in a row without a partner too, and counts that row. */
function orNull({ sources }: Frame, node: OperationNode): OperationNode {
  if (node.kind !== 'ReferenceNode' || !sources.some(({ isOptional }) => isOptional)) return node
  return { kind: 'CaseNode', when: [{ kind: 'WhenNode', condition: isNotNull(node), result: node }] } as OperationNode
}

/** `count(*)`; of one table it would count rows that an outer join left empty. */
function isCountOfRows({ func, aggregated }: AggregateFunctionNode): boolean {
  const [only] = aggregated
  const selected = only?.kind === 'SelectionNode' ? (only as SelectionNode).selection : only
  if (func === 'count' && selected?.kind === 'SelectAllNode') return true
  if (only?.kind !== 'SelectionNode' && selected?.kind !== 'SelectAllNode') return false
  throw refused(
    `${func}() of "*"`,
    'only count(*) is known to every engine',
    'Count a column: eb.fn.count("products.id")',
  )
}

const countOfRows: Arguments = { nodes: [{ kind: 'SelectAllNode' } as OperationNode], meaning: { kind: 'unknown' } }

/** Not every engine has FILTER, so the argument is NULL for other rows, which no aggregate counts. */
function filtered(
  pass: Pass,
  { filter, func }: AggregateFunctionNode,
  frame: Frame,
  nodes: readonly OperationNode[],
): readonly OperationNode[] {
  if (filter === undefined) return nodes
  const [first, ...others] = nodes
  if (first === undefined)
    throw refused(`filter on ${func}()`, 'it has no argument to leave out', 'Filter in a sub-query')
  const condition = pass.expression(filter.where, frame, null).node
  const counted = first.kind === 'SelectAllNode' ? constant(1) : first
  const only = { kind: 'CaseNode', when: [{ kind: 'WhenNode', condition, result: counted }] } as OperationNode
  return [only, ...others]
}

/** A mean of exact decimals has no exact end. */
function requireNoDecimal(meaning: Meaning): void {
  if (numericKindOf(meaning) !== 'decimal') return
  throw errors.SCOPE_NOT_COMPARABLE({
    values: {
      what: 'avg() of a decimal',
      why: 'engines round it differently',
      remedy: 'Select sum() and count() and divide in code',
    },
  })
}

function over(pass: Pass, node: OverNode, frame: Frame): OperationNode {
  return {
    kind: 'OverNode',
    ...(node.partitionBy !== undefined && {
      partitionBy: {
        kind: 'PartitionByNode',
        items: node.partitionBy.items.map((item) => {
          const { node: partitionBy, meaning } = pass.expression(item.partitionBy, frame, null)
          requireSortable(meaning)
          return { kind: 'PartitionByItemNode', partitionBy }
        }),
      },
    }),
    ...(node.orderBy !== undefined && { orderBy: orderBy(pass, node.orderBy, frame, null) }),
  } as OperationNode
}
