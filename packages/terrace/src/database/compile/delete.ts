import type { DeleteQueryNode, TableNode } from 'kysely'
import type { ModelFact } from '../../model/index.ts'
import { fenced } from './fenced.ts'
import { addSource, checkedName, tableName } from './names.ts'
import type { Frame, Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { returning } from './returning.ts'
import { scopeConditions } from './scope-conditions.ts'
import { table } from './sql-nodes.ts'
import { boundedCondition, writtenModel, type Write } from './update.ts'
import { writeWith } from './write-with.ts'

/** A DELETE from one table, of rows that may be changed. Rows that can be restored are deleted by the DAO. */
export function deleteQuery(pass: Pass, node: DeleteQueryNode): Write<DeleteQueryNode> {
  refuseRest(node)
  const model = writtenModel(pass, targetOf(node))
  requireHard(pass, model)
  const { node: withNode, ctes } = writeWith(pass, node.with)
  const frame: Frame = { outer: null, ctes, sources: [] }
  addSource(frame, { kind: 'table', name: checkedName(model.table), model, isOptional: false, isUnqualified: false })
  const guards = scopeConditions(pass, model, model.table, { access: 'write', deleted: pass.options.deleted })
  const where = fenced(pass, guards, () =>
    boundedCondition(pass, { operation: 'delete', table: model.table }, node.where?.where, frame),
  )
  const { node: returned, outputs } = returning(pass, node.returning, {
    model,
    isCapable: pass.capabilities.deleteReturning,
    ctes,
  })
  return {
    node: {
      kind: 'DeleteQueryNode',
      ...(withNode !== null && { with: withNode }),
      from: { kind: 'FromNode', froms: [table(model.table)] },
      ...(where !== null && { where: { kind: 'WhereNode', where } }),
      ...returned,
    },
    outputs,
  }
}

function refuseRest(node: DeleteQueryNode): void {
  if (node.using !== undefined || (node.joins ?? []).length > 0) {
    throw refused(
      'DELETE over several tables',
      'each statement writes one model',
      'Write where("id", "in", eb => eb.selectFrom(…))',
    )
  }
  if (node.explain !== undefined)
    throw refused('EXPLAIN', 'it gives no rows of a model', 'Explain the statement’s SQL in a database shell')
  if (node.limit !== undefined || node.orderBy !== undefined || node.top !== undefined) {
    throw refused(
      'DELETE with ORDER BY, LIMIT or TOP',
      'not every engine has it',
      'Select the keys first, then write where("id", "in", keys)',
    )
  }
  if (node.output !== undefined) throw refused('OUTPUT', 'no engine of Terrace has it', 'Use .returning(…)')
  if ((node.endModifiers ?? []).length > 0)
    throw refused('A modifier at the end of a DELETE', 'it is raw SQL', 'Leave it out')
}

function targetOf({ from }: DeleteQueryNode): string {
  const [only, ...others] = from.froms
  if (only?.kind === 'TableNode' && others.length === 0) return tableName(only as TableNode)
  if (only?.kind === 'AliasNode')
    throw refused('An alias on the target of a DELETE', 'not every engine has it', 'Write the table’s own name')
  throw refused('DELETE from anything but one table', 'each statement writes one model', 'Write one DELETE per table')
}

function requireHard({ options }: Pass, model: ModelFact): void {
  if (options.byRule || model.softDelete === null) return
  throw refused(
    `DELETE from ${model.table} by hand`,
    `rows of ${model.name} can be restored, with what was deleted with them`,
    'Use dao.delete, or dao.purge for good',
  )
}
