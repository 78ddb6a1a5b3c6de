import type { CaseNode, OperationNode } from 'kysely'
import type { Pass } from './pass.ts'
import { allOf, always, guarded } from './sql-nodes.ts'

/**
 * The statement's own condition with the compiler's, as `guarded`. One that calculates stands behind a CASE: engines run
 * conditions in the order that is cheapest, and a number too large in a row of somebody else would refuse the whole statement,
 * which tells of that row.
 *
 * Source: PostgreSQL documentation, "Expression Evaluation Rules".
 */
export function fenced(
  { findings }: Pass,
  guards: readonly OperationNode[],
  compileOwn: () => OperationNode | null,
): OperationNode | null {
  const before = findings.calculations
  const own = compileOwn()
  const condition = allOf(guards)
  if (own === null || condition === null || findings.calculations === before) return guarded(guards, own)
  const isOwn: CaseNode = {
    kind: 'CaseNode',
    when: [{ kind: 'WhenNode', condition, result: own }],
    else: always(false),
  }
  return guarded(guards, isOwn)
}
