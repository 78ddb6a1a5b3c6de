import type {
  AndNode,
  CaseNode,
  CastNode,
  DataTypeNode,
  OperationNode,
  OrNode,
  ParensNode,
  SelectQueryNode,
  WhenNode,
} from 'kysely'
import { errors } from '../../errors/index.ts'
import { isLiteral } from './literals.ts'
import {
  heldAs,
  isComparable,
  mixed,
  numericKindOf,
  storageOf,
  unite,
  type Meaning,
  type PlainMeaning,
} from './meaning.ts'
import { condition } from './operands.ts'
import { plainPurpose, type Expression, type Frame, type Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { and, cast, or, parens } from './sql-nodes.ts'

export function conjunction(pass: Pass, node: AndNode, frame: Frame): Expression {
  // OR binds weaker than AND: in the tree it may stand inside without parentheses.
  const side = (inner: OperationNode): OperationNode => {
    const found = pass.expression(inner, frame, null).node
    return found.kind === 'OrNode' ? parens(found) : found
  }
  return condition(and(side(node.left), side(node.right)))
}

export function disjunction(pass: Pass, node: OrNode, frame: Frame): Expression {
  return condition(or(pass.expression(node.left, frame, null).node, pass.expression(node.right, frame, null).node))
}

export function parenthesised(pass: Pass, node: ParensNode, frame: Frame, expected: Meaning | null): Expression {
  const inner = pass.expression(node.node, frame, expected)
  return { ...inner, node: parens(inner.node), companion: inner.companion }
}

/** A sub-query as a value: one column. */
export function scalarQuery(pass: Pass, node: SelectQueryNode, frame: Frame, expected: Meaning | null): Expression {
  const query = pass.query(
    node,
    { outer: frame, ctes: frame.ctes },
    { ...plainPurpose, expected: expected === null ? [] : [expected] },
  )
  const [only, ...others] = query.outputs
  if (only === undefined || others.length > 0) {
    throw refused('A sub-query as a value', 'it must give one column', 'Select one column')
  }
  return { node: query.node, meaning: only.meaning, companion: null, isNeverNull: false }
}

/** `case when … then … else … end`, and `case x when …`. Results are of one kind, and come out as that. */
export function caseExpression(pass: Pass, node: CaseNode, frame: Frame, expected: Meaning | null): Expression {
  if (node.isStatement === true)
    throw refused('CASE as a statement', 'it belongs to stored programs', 'End it with .end()')
  const value = node.value === undefined ? null : pass.expression(node.value, frame, null)
  const whens = node.when ?? []
  const results = whens
    .map(({ result }) => result)
    .concat(node.else)
    .filter((result): result is OperationNode => result !== undefined)
  const { meaning, expressions } = unitedResults(pass, results, frame, expected)
  const nodes = expressions.map((result) => result.node)
  const when = whens.map((branch, at) => ({
    kind: 'WhenNode',
    condition: whenCondition(pass, branch, frame, value),
    result: nodes[at] as OperationNode,
  }))
  const last = node.else === undefined ? {} : { else: nodes.at(-1) as OperationNode }
  const compiled = { kind: 'CaseNode', ...(value !== null && { value: value.node }), when, ...last } as const
  return {
    node: compiled as OperationNode,
    meaning,
    companion: null,
    isNeverNull: node.else !== undefined && expressions.every(({ isNeverNull }) => isNeverNull),
  }
}

function whenCondition(
  pass: Pass,
  { condition: node }: WhenNode,
  frame: Frame,
  value: Expression | null,
): OperationNode {
  const found = pass.expression(node, frame, value?.meaning ?? null)
  if (value === null) return found.node
  if (value.companion !== null || found.companion !== null) {
    throw refused(
      'CASE over a column that ignores case',
      'its values are compared with case',
      'Write case().when(column, "=", value)',
    )
  }
  if (!isComparable(value.meaning, found.meaning)) throw mixed('This CASE', value.meaning, found.meaning)
  return found.node
}

/** What is known first, so that bare values take its meaning. */
function unitedResults(
  pass: Pass,
  results: readonly OperationNode[],
  frame: Frame,
  expected: Meaning | null,
): { readonly meaning: Meaning; readonly expressions: readonly Expression[] } {
  const known = results.map((result) => (isLiteral(result) ? null : pass.expression(result, frame, expected)))
  const first = unitedMeaning(known) ?? expected
  const expressions = known.map((found, at) => found ?? pass.expression(results[at] as OperationNode, frame, first))
  return { meaning: unitedMeaning(expressions) ?? { kind: 'null' }, expressions }
}

function unitedMeaning(expressions: readonly (Expression | null)[]): Meaning | null {
  return expressions.reduce<Meaning | null>((left, found) => {
    if (found === null) return left
    return left === null ? unite(found.meaning, { kind: 'null' }, 'This CASE') : unite(left, found.meaning, 'This CASE')
  }, null)
}

interface CastRule {
  readonly type: 'integer' | 'float' | 'text'
  readonly meaning: PlainMeaning
}

const toInteger: CastRule = { type: 'integer', meaning: { kind: 'integer' } }
const toFloat: CastRule = { type: 'float', meaning: { kind: 'number' } }
const toText: CastRule = { type: 'text', meaning: { kind: 'text' } }

const castRules: ReadonlyMap<string, CastRule> = new Map([
  ['integer', toInteger],
  ['int4', toInteger],
  ['int8', toInteger],
  ['bigint', toInteger],
  ['real', toFloat],
  ['float8', toFloat],
  ['double precision', toFloat],
  ['text', toText],
  ['varchar', toText],
])

/** Which values every engine casts alike, by what they are cast to. */
const castable: { readonly [K in CastRule['type']]: ReadonlySet<string> } = {
  integer: new Set(['integer', 'any']),
  float: new Set(['integer', 'float', 'any']),
  text: new Set(['integer', 'text', 'uuid', 'any']),
}

export function castExpression(pass: Pass, node: CastNode, frame: Frame): Expression {
  pass.findings.calculations += 1
  const type = dataTypeOf(node.dataType)
  const found = pass.expression(node.expression, frame, null)
  if (pass.allowances.casts.has(type))
    return { node: cast(found.node, type), meaning: { kind: 'unknown' }, companion: null, isNeverNull: false }
  const rule = castRules.get(type)
  if (rule === undefined) {
    throw refused(
      `A cast to ${JSON.stringify(type)}`,
      'engines disagree on it',
      `Cast to ${[...castRules.keys()].join(', ')}, or allow it for this app`,
    )
  }
  if (!castable[rule.type].has(storageOf(found.meaning))) {
    throw errors.SCOPE_NOT_COMPARABLE({
      values: {
        what: `A cast of ${heldAs(found.meaning)} to ${type}`,
        why: 'engines round or write it differently',
        remedy: 'Convert it in code',
      },
    })
  }
  const isBigint = rule.type === 'integer' && numericKindOf(found.meaning) === 'bigint'
  const meaning: Meaning = isBigint ? { kind: 'bigint' } : rule.meaning
  return {
    node: cast(found.node, pass.dialect.castTypes[rule.type]),
    meaning,
    companion: null,
    isNeverNull: found.isNeverNull,
  }
}

function dataTypeOf(node: OperationNode): string {
  if (node.kind === 'DataTypeNode') return (node as DataTypeNode).dataType
  throw errors.SCOPE_RAW()
}
