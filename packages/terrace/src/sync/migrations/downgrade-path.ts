import { errors, type TerraceError } from '../../errors/index.ts'
import { descendantsOf } from './history-graph.ts'
import type { AppliedRevision, MigrationHistory, Revision, Target } from './history.ts'
import { refuseIrreversible } from './refuse-irreversible.ts'
import { resolveRevision } from './resolve-revision.ts'

/**
 * What a downgrade takes back, in its order: the reverse of that in which it was applied, in which `applied` stands. `-n` for so many,
 * `base` for all, an id or the beginning of one for all that come after it: branches of which it is no part stay. `MIGRATION_TARGET`;
 * `MIGRATION_IRREVERSIBLE` where one of them has no way back, before any of them is gone back.
 */
export function downgradePath(
  history: MigrationHistory,
  applied: readonly AppliedRevision[],
  target: Target,
): readonly Revision[] {
  const latestFirst = applied.toReversed().map(({ revision }) => revision)
  const path = idsBack(history, latestFirst, target).map((id) => resolveRevision(history, id))
  refuseIrreversible(path)
  return path
}

function idsBack(history: MigrationHistory, latestFirst: readonly string[], target: Target): readonly string[] {
  if (target === 'base') return latestFirst
  if (/^(?:heads?|\+\d+)$/.test(target)) throw wrongWay(target)
  const count = /^-(\d+)$/.exec(target)?.[1]
  if (count !== undefined) return firstOf(latestFirst, Number(count), target)
  const { revision, description } = resolveRevision(history, target)
  if (!latestFirst.includes(revision)) throw notApplied(target, `${revision} (${description})`)
  const after = descendantsOf(history, revision)
  return latestFirst.filter((id) => after.has(id))
}

function firstOf(latestFirst: readonly string[], count: number, target: Target): readonly string[] {
  if (count > 0 && count <= latestFirst.length) return latestFirst.slice(0, count)
  const problem = count === 0 ? 'it is no step at all' : `${latestFirst.length} revisions are applied`
  const remedy = count === 0 ? 'Write -1 or more' : 'Write base to take all of them back'
  throw errors.MIGRATION_TARGET({ values: { target, problem, remedy } })
}

function notApplied(target: Target, name: string): TerraceError {
  const problem = `${name} is not applied, so that nothing comes after it`
  const remedy = 'Name one that is: terrace db current lists them; -1 takes the latest back'
  return errors.MIGRATION_TARGET({ values: { target, problem, remedy } })
}

function wrongWay(target: Target): TerraceError {
  const problem = 'that is the way forth, and a downgrade does not go it'
  return errors.MIGRATION_TARGET({ values: { target, problem, remedy: `Write: terrace db upgrade ${target}` } })
}
