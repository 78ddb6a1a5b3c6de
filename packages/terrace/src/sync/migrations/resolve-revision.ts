import { errors } from '../../errors/index.ts'
import { nearestName } from '../../model/index.ts'
import { headsError } from './heads-error.ts'
import type { MigrationHistory, Revision, Target } from './history.ts'

/**
 * One revision: `head`, its id or the beginning of one. `MIGRATION_TARGET` where none or several are meant, `MIGRATION_HEADS` where
 * there are several heads.
 */
export function resolveRevision(history: MigrationHistory, target: Target): Revision {
  const { byId, heads, folder, dialect } = history
  if (target === 'head') {
    const [head] = heads
    if (heads.length > 1) throw headsError(history)
    const found = byId.get(head ?? '')
    if (found !== undefined) return found
    const problem = `there are no revisions for ${dialect} in ${folder}`
    throw errors.MIGRATION_TARGET({
      values: { target, problem, remedy: 'Write the first: terrace db revision -m "…"' },
    })
  }
  const exact = byId.get(target)
  if (exact !== undefined) return exact
  const meant = target === '' ? [] : history.revisions.filter(({ revision }) => revision.startsWith(target))
  const [only] = meant
  if (only !== undefined && meant.length === 1) return only
  throw meant.length === 0 ? unknownTarget(target, byId.keys()) : ambiguousTarget(target, meant)
}

function unknownTarget(target: Target, ids: Iterable<string>) {
  const known = [...ids]
  // Of the beginning of an id the nearest is by what others begin with.
  const beginnings = new Map(known.map((id) => [id.slice(0, Math.max(target.length, 1)), id]))
  const nearest =
    nearestName(target, ['head', 'heads', 'base', ...known]) ??
    beginnings.get(nearestName(target, beginnings.keys()) ?? '')
  const remedy =
    nearest === undefined
      ? 'terrace db history lists them all'
      : `The nearest is ${nearest}; terrace db history lists them all`
  return errors.MIGRATION_TARGET({
    values: { target, problem: 'no revision has that id, nor one that begins so', remedy },
  })
}

function ambiguousTarget(target: Target, meant: readonly Revision[]) {
  const ids = meant.map(({ revision }) => revision)
  const shown = ids.length > 4 ? [...ids.slice(0, 3), `${ids.length - 3} others`] : ids
  const problem = `${ids.length} begin so: ${shown.join(', ')}`
  const remedy = 'Write more of its id; terrace db history lists them all'
  return errors.MIGRATION_TARGET({ values: { target, problem, remedy } })
}
