import type {
  AliasNode,
  ColumnNode,
  ColumnUpdateNode,
  OperationNode,
  ReferenceNode,
  TableNode,
  UpdateQueryNode,
} from 'kysely'
import { errors } from '../../errors/index.ts'
import type { ColumnFact, ModelFact } from '../../model/index.ts'
import {
  foldedNodeOf,
  nodeOf,
  raisedVersion,
  requireWritable,
  stampedValue,
  written,
  type Written,
} from './assignments.ts'
import { fenced } from './fenced.ts'
import { addSource, aliasName, checkedName, modelOfTable, sourceNamed, tableName } from './names.ts'
import type { Frame, Output, Pass } from './pass.ts'
import { checkReferences } from './reference-checks.ts'
import { hintOf, refused } from './refuse.ts'
import { returning } from './returning.ts'
import { scopeConditions } from './scope-conditions.ts'
import { aliased, column, table } from './sql-nodes.ts'
import { writeWith } from './write-with.ts'

/** A write, guarded and mapped, and what its RETURNING gives. */
export interface Write<N> {
  readonly node: N
  readonly outputs: readonly Output[]
}

interface Target {
  readonly name: string
  readonly alias: string
}

/** An UPDATE of one table: only rows that may be changed, only columns that may be set. */
export function updateQuery(pass: Pass, node: UpdateQueryNode): Write<UpdateQueryNode> {
  refuseRest(node)
  const target = targetOf(node.table)
  const model = writtenModel(pass, target.name)
  const { node: withNode, ctes } = writeWith(pass, node.with)
  const frame: Frame = { outer: null, ctes, sources: [] }
  addSource(frame, { kind: 'table', name: target.alias, model, isOptional: false, isUnqualified: false })
  const guards = scopeConditions(pass, model, target.alias, { access: 'write', deleted: pass.options.deleted })
  const updates = assignmentsOf(pass, { model, alias: target.alias }, node.updates ?? [], frame)
  const where = fenced(pass, guards, () =>
    boundedCondition(pass, { operation: 'update', table: model.table }, node.where?.where, frame),
  )
  const { node: returned, outputs } = returning(pass, node.returning, {
    model,
    isCapable: pass.capabilities.updateReturning,
    ctes,
  })
  return {
    node: {
      kind: 'UpdateQueryNode',
      ...(withNode !== null && { with: withNode }),
      table: target.name === target.alias ? table(target.name) : aliased(table(target.name), target.alias),
      updates,
      ...(where !== null && { where: { kind: 'WhereNode', where } }),
      ...returned,
    },
    outputs,
  }
}

function refuseRest(node: UpdateQueryNode): void {
  const several = 'rows of another table would decide without a condition of theirs on every engine'
  if (node.from !== undefined || (node.joins ?? []).length > 0) {
    throw refused('UPDATE over several tables', several, 'Write where("id", "in", eb => eb.selectFrom(…))')
  }
  if (node.explain !== undefined)
    throw refused('EXPLAIN', 'it gives no rows of a model', 'Explain the statement’s SQL in a database shell')
  if (node.limit !== undefined || node.orderBy !== undefined || node.top !== undefined) {
    throw refused(
      'UPDATE with ORDER BY, LIMIT or TOP',
      'not every engine has it',
      'Select the keys first, then write where("id", "in", keys)',
    )
  }
  if (node.output !== undefined) throw refused('OUTPUT', 'no engine of Terrace has it', 'Use .returning(…)')
  if ((node.endModifiers ?? []).length > 0)
    throw refused('A modifier at the end of an UPDATE', 'it is raw SQL', 'Leave it out')
}

function targetOf(node: OperationNode | undefined): Target {
  if (node?.kind === 'TableNode') {
    const name = tableName(node as TableNode)
    return { name, alias: checkedName(name) }
  }
  if (node?.kind === 'AliasNode' && (node as AliasNode).node.kind === 'TableNode') {
    const { node: inner, alias } = node as AliasNode
    return { name: tableName(inner as TableNode), alias: aliasName(alias) }
  }
  throw refused('UPDATE of anything but one table', 'each statement writes one model', 'Write one UPDATE per table')
}

/** The model that a statement writes, first among its tables. A CTE of the same name is no target. */
export function writtenModel(pass: Pass, name: string): ModelFact {
  const model = modelOfTable(pass, name)
  pass.findings.tables.add(model.table)
  return model
}

interface Bounds {
  readonly operation: 'update' | 'delete'
  readonly table: string
}

/** A condition that names no column (`1 = 1`, which an empty `and` becomes) bounds nothing. */
export function boundedCondition(
  pass: Pass,
  bounds: Bounds,
  where: OperationNode | undefined,
  frame: Frame,
): OperationNode | null {
  const before = pass.findings.columns
  const own = where === undefined ? null : pass.expression(where, frame, null).node
  if (pass.findings.columns > before || pass.options.allowUnbounded === true) return own
  throw errors.SCOPE_UNBOUNDED({ values: { ...bounds } })
}

function assignmentsOf(
  pass: Pass,
  { model, alias }: { readonly model: ModelFact; readonly alias: string },
  nodes: readonly ColumnUpdateNode[],
  frame: Frame,
): readonly ColumnUpdateNode[] {
  const row = new Map<string, Written>()
  for (const node of nodes) {
    const fact = assignedColumn(model, node.column, frame)
    requireWritable(pass, model, fact, 'update')
    if (row.has(fact.name)) throw refused(`"${fact.name}" set twice`, 'one of the values would be lost', 'Set it once')
    row.set(fact.name, written(pass, fact, node.value, frame))
  }
  if (row.size === 0)
    throw refused('An UPDATE that sets nothing', 'undefined values are left out', 'Set at least one column')
  stampUpdate(pass, model, row)
  const raised = raisedVersion(model, alias)
  if (raised !== null) row.set(...raised)
  checkReferences(pass, model, [row])
  return [...row].flatMap(([name, item]) => assignment(model.column[name] as ColumnFact, item))
}

function stampUpdate(pass: Pass, model: ModelFact, row: Map<string, Written>): void {
  const { byRule, stamps } = pass.options
  const updatedAt = model.columns.find(({ stamp }) => stamp === 'updatedAt')
  if (byRule || updatedAt === undefined) return
  if (stamps === undefined) throw unstamped(updatedAt)
  row.set(updatedAt.name, stampedValue(pass, updatedAt, stamps.now))
}

export function unstamped({ name }: ColumnFact): Error {
  return refused(
    `A write of "${name}" outside a session`,
    'the session stamps it',
    'Run the statement through dao.query',
  )
}

/** `set` names a column of its target, alone or behind the table's name. */
export function assignedColumn(model: ModelFact, node: OperationNode, frame: Frame): ColumnFact {
  const name = assignedName(node, frame)
  const fact = model.column[name]
  if (fact !== undefined) return fact
  throw errors.SCOPE_UNKNOWN_COLUMN({
    values: { column: name, where: model.table, hint: hintOf(name, Object.keys(model.column)) },
  })
}

function assignedName(node: OperationNode, frame: Frame): string {
  if (node.kind === 'ColumnNode') return (node as ColumnNode).column.name
  if (node.kind === 'ReferenceNode') {
    const { table: qualifier, column: named } = node as ReferenceNode
    if (qualifier !== undefined) sourceNamed(tableName(qualifier), frame)
    if (named.kind === 'ColumnNode') return named.column.name
  }
  throw node.kind === 'RawNode'
    ? errors.SCOPE_RAW()
    : refused(`${node.kind} on the left of SET`, 'it is no column', 'Name a column')
}

/** The column and, where it ignores case, its companion. */
export function assignment(fact: ColumnFact, item: Written): readonly ColumnUpdateNode[] {
  const own: ColumnUpdateNode = { kind: 'ColumnUpdateNode', column: column(fact.sqlName), value: nodeOf(item) }
  const folded = foldedNodeOf(item)
  if (folded === null || fact.foldedInto === null) return [own]
  return [own, { kind: 'ColumnUpdateNode', column: column(fact.foldedInto.sqlName), value: folded }]
}
