import { errors } from '../../../errors/index.ts'
import type { Snapshot } from '../../../schema/index.ts'
import { tipsOf } from '../history-graph.ts'
import type { MigrationHistory } from '../history.ts'
import { mergeHeads } from '../merge-heads.ts'

/** The declared structure where these revisions are applied, each with its parents. `MIGRATION_CONFLICT` where branches exclude each other. */
export function declaredAt(history: MigrationHistory, applied: ReadonlySet<string>): Snapshot {
  const heads = tipsOf(history, applied)
  const [only, ...others] = heads
  if (only === undefined) return { tables: {} }
  if (others.length === 0) return history.byId.get(only)?.snapshot ?? { tables: {} }
  const outcome = mergeHeads(history, heads)
  if (outcome.kind === 'merged') return outcome.snapshot
  const list = outcome.conflicts.map(
    ({ object, ours, theirs }) => `- ${object}: on the one side ${ours}, on the other ${theirs}`,
  )
  throw errors.MIGRATION_CONFLICT({
    values: { heads: heads.join(' and '), count: outcome.conflicts.length, list: list.join('\n') },
  })
}
