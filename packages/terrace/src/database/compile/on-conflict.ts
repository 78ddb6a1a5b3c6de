import type { ColumnNode, OnConflictNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import type { ColumnFact, ModelFact } from '../../model/index.ts'
import { raisedVersion, written, type Written } from './assignments.ts'
import type { Frame, Pass } from './pass.ts'
import { checkReferences } from './reference-checks.ts'
import { refused } from './refuse.ts'
import { scopeConditions } from './scope-conditions.ts'
import { column, guarded } from './sql-nodes.ts'
import { assignedColumn, assignment } from './update.ts'

/**
 * ON CONFLICT of the DAO's own upsert: only rows that may be changed are. By hand it is refused, DO NOTHING too: that nothing
 * happened would tell of another owner's row.
 */
export function onConflict(pass: Pass, node: OnConflictNode, model: ModelFact): OnConflictNode {
  if (!pass.options.byRule) throw refused('ON CONFLICT', 'it meets rows of others too', 'Use dao.upsert')
  if (!pass.capabilities.onConflictWhere) {
    const { product } = pass.capabilities
    throw errors.SCOPE_UNSUPPORTED({
      values: { what: 'ON CONFLICT … WHERE', product, remedy: 'Update first, then insert in a savepoint' },
    })
  }
  const { updates } = node
  if (updates === undefined || node.constraint !== undefined || node.indexExpression !== undefined) {
    throw refused(
      'ON CONFLICT without columns and updates',
      'the rule that it meets must be known',
      'Name the columns of a unique rule',
    )
  }
  return {
    kind: 'OnConflictNode',
    columns: (node.columns ?? []).map((named) => column(keyName(model, named))),
    ...(node.indexWhere !== undefined && {
      indexWhere: {
        kind: 'WhereNode',
        where: pass.expression(node.indexWhere.where, targetFrame(model, true), null).node,
      },
    }),
    ...conflictUpdates(pass, { ...node, updates }, model),
  }
}

/** A column that ignores case is unique by its companion. */
function keyName(model: ModelFact, { column: { name } }: ColumnNode): string {
  const fact = model.column[name]
  if (fact === undefined) throw errors.SCOPE_UNKNOWN_COLUMN({ values: { column: name, where: model.table, hint: '' } })
  return fact.foldedInto?.sqlName ?? fact.sqlName
}

function targetFrame(model: ModelFact, isUnqualified: boolean): Frame {
  return {
    outer: null,
    ctes: null,
    sources: [{ kind: 'table', name: model.table, model, isOptional: false, isUnqualified }],
  }
}

type WithUpdates = OnConflictNode & Required<Pick<OnConflictNode, 'updates'>>

function conflictUpdates(
  pass: Pass,
  node: WithUpdates,
  model: ModelFact,
): Pick<OnConflictNode, 'updates' | 'updateWhere'> {
  const frame = targetFrame(model, false)
  frame.sources.push({ kind: 'table', name: 'excluded', model, isOptional: false, isUnqualified: false })
  const row = new Map<string, Written>()
  for (const update of node.updates) {
    const fact = assignedColumn(model, update.column, frame)
    row.set(fact.name, written(pass, fact, update.value, frame))
  }
  const raised = raisedVersion(model, model.table)
  if (raised !== null) row.set(...raised)
  checkReferences(pass, model, [row])
  const guards = scopeConditions(pass, model, model.table, { access: 'write', deleted: pass.options.deleted })
  const own = node.updateWhere === undefined ? null : pass.expression(node.updateWhere.where, frame, null).node
  const where = guarded(guards, own)
  return {
    updates: [...row].flatMap(([name, item]) => assignment(model.column[name] as ColumnFact, item)),
    ...(where !== null && { updateWhere: { kind: 'WhereNode', where } }),
  }
}
