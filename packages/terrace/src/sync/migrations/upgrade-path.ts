import { errors } from '../../errors/index.ts'
import { ancestorsOf } from './history-graph.ts'
import type { AppliedRevision, MigrationHistory, Revision, Target } from './history.ts'
import { resolveRevision } from './resolve-revision.ts'

/**
 * What an upgrade applies, in its order: every ancestor of the target that is missing, also one that is older than what is applied.
 * `head`, `heads` for all of several, `+n` for so many steps towards the head, an id or the beginning of one; what was begun and
 * interrupted is missing still. `MIGRATION_TARGET`, `MIGRATION_HEADS`.
 */
export function upgradePath(
  history: MigrationHistory,
  applied: readonly AppliedRevision[],
  target: Target,
): readonly Revision[] {
  const done = new Set(applied.filter(({ state }) => state === 'done').map(({ revision }) => revision))
  const missingOf = (ids: Iterable<string>): readonly Revision[] => {
    const wanted = ancestorsOf(history, ids)
    return history.revisions.filter(({ revision }) => wanted.has(revision) && !done.has(revision))
  }
  if (history.revisions.length === 0 && /^(?:heads?|\+\d+)$/.test(target)) return []
  if (target === 'heads') return missingOf(history.heads)
  if (target === 'base' || /^-\d+$/.test(target)) throw wrongWay(target)
  const count = /^\+(\d+)$/.exec(target)?.[1]
  if (count === undefined) return missingOf([resolveRevision(history, target).revision])
  const missing = missingOf([resolveRevision(history, 'head').revision])
  return firstOf(missing, Number(count), target)
}

function firstOf(missing: readonly Revision[], count: number, target: Target): readonly Revision[] {
  if (count > 0 && count <= missing.length) return missing.slice(0, count)
  const problem = count === 0 ? 'it is no step at all' : `there are ${missing.length} revisions left to apply`
  const remedy = count === 0 ? 'Write +1 or more' : 'Write head for all of them'
  throw errors.MIGRATION_TARGET({ values: { target, problem, remedy } })
}

function wrongWay(target: Target) {
  const problem = 'that is the way back, and an upgrade does not go it'
  return errors.MIGRATION_TARGET({ values: { target, problem, remedy: `Write: terrace db downgrade ${target}` } })
}
