import type {
  AliasNode,
  FromNode,
  JoinNode,
  JoinType,
  OperationNode,
  ParensNode,
  SelectQueryNode,
  TableNode,
} from 'kysely'
import { errors } from '../../errors/index.ts'
import type { ColumnFact, ModelFact } from '../../model/index.ts'
import type { DeletedMode } from './compiled-statement.ts'
import { limitedBy } from './fenced.ts'
import { addSource, aliasName, checkedName, distinctNames, findCte, modelOfTable, tableName } from './names.ts'
import { isUnscoped, plainPurpose, type Frame, type Pass, type Surroundings } from './pass.ts'
import { refused } from './refuse.ts'
import { scopeConditions } from './scope-conditions.ts'
import { aliased, allOf, isNull, or, parens, reference, table, type Building } from './sql-nodes.ts'

/** The tables of a query, each limited. `guards` belong into its WHERE, `fences` in front of what it calculates. */
export interface Tables {
  readonly from: FromNode | null
  readonly joins: readonly JoinNode[]
  readonly guards: readonly OperationNode[]
  readonly fences: readonly OperationNode[]
}

/**
 * Where the conditions on a joined table stand: in WHERE, in ON where a row without a partner must stay, or in a sub-select in
 * place of each table where either side may be without one.
 */
interface JoinRule {
  readonly type: JoinType
  readonly guards: 'where' | 'on' | 'inside'
  readonly isLateral: boolean
  /** Which side is NULL for a row without a partner. */
  readonly optional: 'none' | 'joined' | 'others' | 'both'
}

const inner = { guards: 'where', isLateral: false, optional: 'none' } as const
const left = { guards: 'on', isLateral: false, optional: 'joined' } as const

const joinRules = {
  InnerJoin: { ...inner, type: 'InnerJoin' },
  CrossJoin: { ...inner, type: 'CrossJoin' },
  LeftJoin: { ...left, type: 'LeftJoin' },
  RightJoin: { type: 'RightJoin', guards: 'inside', isLateral: false, optional: 'others' },
  FullJoin: { type: 'FullJoin', guards: 'inside', isLateral: false, optional: 'both' },
  LateralInnerJoin: { ...inner, type: 'LateralInnerJoin', isLateral: true },
  LateralCrossJoin: { ...inner, type: 'LateralCrossJoin', isLateral: true },
  LateralLeftJoin: { ...left, type: 'LateralLeftJoin', isLateral: true },
  Using: 'it joins the target of a MERGE or DELETE',
  OuterApply: 'no engine of Terrace has it',
  CrossApply: 'no engine of Terrace has it',
} as const satisfies Record<JoinType, JoinRule | string>

/** Fills `frame` with the tables of a FROM and its joins. `deleted`: which rows of the first table are seen. */
export function tablesOf(pass: Pass, node: SelectQueryNode, frame: Frame, deleted: DeletedMode): Tables {
  const joins = (node.joins ?? []).map((join) => ({ join, rule: joinRuleOf(pass, join) }))
  const isWrapped = joins.some(({ rule }) => rule.guards === 'inside')
  const isOptional = joins.some(({ rule }) => rule.optional === 'others' || rule.optional === 'both')
  const guards: OperationNode[] = []
  const fences: OperationNode[] = [...(frame.inherited ?? [])]
  const froms = (node.from?.froms ?? []).map((item, at) => {
    const found = source(pass, item, frame, {
      deleted: at === 0 ? deleted : 'without',
      isWrapped,
      isOptional,
      lateral: null,
    })
    guards.push(...found.guards)
    fences.push(...found.fences)
    return found.node
  })
  const joined = joins.map(({ join, rule }) => {
    const isOther = rule.optional === 'joined' || rule.optional === 'both' || isOptional
    const found = source(pass, join.table, frame, {
      deleted: 'without',
      isWrapped,
      isOptional: isOther,
      lateral: rule.isLateral ? [...fences] : null,
    })
    if (rule.guards !== 'on') guards.push(...found.guards)
    fences.push(...found.fences)
    const guardsOn = rule.guards === 'on' ? found.guards : []
    return joinNode(pass, join, frame, { joinType: rule.type, table: found.node, guards: guardsOn, fences })
  })
  return { from: froms.length === 0 ? null : { kind: 'FromNode', froms }, joins: joined, guards, fences }
}

function joinRuleOf({ capabilities }: Pass, { joinType }: JoinNode): JoinRule {
  const rule: JoinRule | string | undefined = Object.hasOwn(joinRules, joinType) ? joinRules[joinType] : undefined
  if (rule === undefined || typeof rule === 'string') {
    throw refused(
      `The join ${joinType}`,
      rule ?? 'nothing says what it does',
      'Use an inner, left, right, full, cross or lateral join',
    )
  }
  const { product } = capabilities
  if (rule.optional === 'both' && !capabilities.fullJoin) {
    throw errors.SCOPE_UNSUPPORTED({
      values: {
        what: joinType,
        product,
        remedy: 'Unite a left join with the rows of the other side that have no partner',
      },
    })
  }
  if (rule.isLateral && !capabilities.lateralJoin) {
    throw errors.SCOPE_UNSUPPORTED({
      values: {
        what: 'A lateral join',
        product,
        remedy: 'Join a sub-query that groups, or number rows with row_number()',
      },
    })
  }
  return rule
}

interface JoinParts {
  /** That of the rule by which the conditions stand where they do. */
  readonly joinType: JoinType
  readonly table: OperationNode
  readonly guards: readonly OperationNode[]
  readonly fences: readonly OperationNode[]
}

function joinNode(
  pass: Pass,
  { on }: JoinNode,
  frame: Frame,
  { joinType, table: joined, guards, fences }: JoinParts,
): JoinNode {
  const whole = limitedBy(pass, { guards, fences }, on?.on, frame)
  return { kind: 'JoinNode', joinType, table: joined, ...(whole !== null && { on: { kind: 'OnNode', on: whole } }) }
}

interface SourceOptions {
  readonly deleted: DeletedMode
  readonly isWrapped: boolean
  readonly isOptional: boolean
  /** Null for what does not see its neighbours; else what holds of their rows. */
  readonly lateral: readonly OperationNode[] | null
}

interface GuardedSource {
  readonly node: OperationNode
  readonly guards: readonly OperationNode[]
  readonly fences: readonly OperationNode[]
}

function source(pass: Pass, item: OperationNode, frame: Frame, options: SourceOptions): GuardedSource {
  if (item.kind === 'TableNode') {
    const name = tableName(item as TableNode)
    return tableSource(pass, { name, alias: name }, frame, options)
  }
  if (item.kind !== 'AliasNode')
    throw refused('A table without a name', 'its columns could not be named', 'Give it an alias: .as("name")')
  const { node, alias } = item as AliasNode
  return aliasedSource(pass, withoutParens(node), frame, { ...options, alias: aliasName(alias) })
}

const withoutParens = (node: OperationNode): OperationNode =>
  node.kind === 'ParensNode' ? withoutParens((node as ParensNode).node) : node

function aliasedSource(
  pass: Pass,
  node: OperationNode,
  frame: Frame,
  options: SourceOptions & { readonly alias: string },
): GuardedSource {
  const { alias, lateral, isOptional } = options
  if (node.kind === 'TableNode') return tableSource(pass, { name: tableName(node as TableNode), alias }, frame, options)
  if (node.kind === 'SelectQueryNode') {
    const query = pass.query(
      node as SelectQueryNode,
      lateral === null ? besides(frame) : { outer: frame, ctes: frame.ctes, inherited: lateral },
      plainPurpose,
    )
    pass.findings.inner.push(query)
    addSource(frame, { kind: 'derived', name: alias, outputs: distinctNames(query.outputs), isOptional })
    return { node: aliased(query.node, alias), guards: [], fences: [] }
  }
  if (node.kind === 'RawNode' && isUnscoped(pass)) {
    addSource(frame, { kind: 'opaque', name: alias, isOptional })
    return { node: aliased(pass.expression(node, frame, null).node, alias), guards: [], fences: [] }
  }
  if (node.kind === 'RawNode') throw errors.SCOPE_RAW()
  throw refused(
    `${node.kind} as a table`,
    'only models, sub-queries and CTEs are tables',
    'Select from a model or a sub-query',
  )
}

/** A sub-query in FROM sees neither its neighbours nor their columns. */
const besides = ({ outer, ctes, inherited = [] }: Frame): Surroundings => ({ outer, ctes, inherited })

interface NamedTable {
  readonly name: string
  readonly alias: string
}

function tableSource(pass: Pass, { name, alias }: NamedTable, frame: Frame, options: SourceOptions): GuardedSource {
  const cte = findCte(frame.ctes, name)
  if (cte !== null) {
    addSource(frame, { kind: 'derived', name: alias, outputs: cte.outputs, isOptional: options.isOptional })
    return { node: namedTable(cte.sqlName, alias), guards: [], fences: [] }
  }
  const model = modelOfTable(pass, name)
  addSource(frame, {
    kind: 'table',
    name: checkedName(alias),
    model,
    isOptional: options.isOptional,
    isUnqualified: false,
  })
  const guards = scopeConditions(pass, model, alias, { access: 'read', deleted: options.deleted })
  const node = namedTable(model.table, alias)
  const all = allOf(guards)
  const fences = all === null ? [] : options.isOptional ? [orWithoutPartner(model, alias, all)] : guards
  if (all === null || !options.isWrapped) return { node, guards, fences }
  const query = wrapped(node, all)
  pass.findings.inner.push({ node: query, outputs: [] })
  return { node: aliased(query, alias), guards: [], fences }
}

/** Of a row that an outer join made nothing is calculated but from NULL. */
function orWithoutPartner(
  { primaryKey, column: columns }: ModelFact,
  alias: string,
  guards: OperationNode,
): OperationNode {
  const key = columns[primaryKey.columns[0] ?? ''] as ColumnFact
  return parens(or(isNull(reference(alias, key.sqlName)), guards))
}

const namedTable = (name: string, alias: string): OperationNode =>
  name === alias ? table(name) : aliased(table(name), alias)

/** `(select * from "products" where …)`: the table as if it held no other rows. */
function wrapped(node: OperationNode, where: OperationNode): Building<SelectQueryNode> {
  return {
    kind: 'SelectQueryNode',
    from: { kind: 'FromNode', froms: [node] },
    selections: [{ kind: 'SelectionNode', selection: { kind: 'SelectAllNode' } }],
    where: { kind: 'WhereNode', where },
  }
}
