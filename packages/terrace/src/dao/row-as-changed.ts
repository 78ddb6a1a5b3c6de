import { frameworkReasons } from '../database/index.ts'
import type { DaoContext, DeletedMode, Eventually, Row } from './dao-context.ts'
import { after, contextIn } from './dao-context.ts'
import type { ModelPlan } from './model-plan.ts'
import { getRow } from './read-rows.ts'

/**
 * The row that this session has just changed, for engines whose UPDATE returns none. With a membership a session may give up its own
 * reach: then the row is read without it, as RETURNING gives it elsewhere.
 */
export function rowAsChanged(
  context: DaoContext,
  key: readonly unknown[],
  deleted: DeletedMode,
): Eventually<Row | null> {
  const read = getRow(context, key, deleted)
  if (!isMembership(context.plan)) return read
  return after(read, (row) => row ?? readUnscoped(context, key, deleted))
}

/** Rows of such a model decide themselves who reaches them. */
export function isMembership({ fact: { access }, table }: ModelPlan): boolean {
  return access.kind === 'memberOf' && access.membership.table === table
}

function readUnscoped(context: DaoContext, key: readonly unknown[], deleted: DeletedMode): Promise<Row | null> {
  return context.session.unscoped(frameworkReasons.membership, async (session) =>
    getRow(contextIn(context, session), key, deleted),
  )
}
