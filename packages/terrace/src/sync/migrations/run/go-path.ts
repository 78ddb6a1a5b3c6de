import { errors } from '../../../errors/index.ts'
import { withStructureLock } from '../../lock/structure-lock.ts'
import type { StructureParts } from '../../structure.ts'
import type { AppliedRevision, Revision } from '../history.ts'
import { refuseIrreversible } from '../refuse-irreversible.ts'
import { goRevision } from './go-revision.ts'
import { underWay, type Direction, type JournaledRevision } from './migration-journal.ts'
import type { MigrationRun } from './migration-run.ts'
import { appliedOf, readJournaled } from './read-applied.ts'

const opposite = { upgrade: 'downgrade', downgrade: 'upgrade' } as const

/**
 * Goes a path, one revision after the other. What an earlier run has begun is brought to its end first, whichever way that was.
 * Gives what this very run has done in the direction asked for.
 */
export async function goPath(
  parts: StructureParts,
  run: MigrationRun,
  direction: Direction,
): Promise<readonly Revision[]> {
  const { history, observer = {}, signal } = run
  const gone: Revision[] = []
  const go = (revision: Revision, way: Direction): Promise<boolean> =>
    goRevision(parts, {
      history,
      revision,
      direction: way,
      observer,
      signal,
      doneBefore: gone.map((each) => each.revision),
    })
  const left = await look(parts, run, (applied) => unfinished(run, applied, opposite[direction]))
  for (const revision of left) await go(revision, opposite[direction])
  const path = await look(parts, run, (applied) => pathFrom(run, applied, direction))
  if (direction === 'downgrade') refuseIrreversible(path)
  for (const revision of path) if (await go(revision, direction)) gone.push(revision)
  return gone
}

/** What is applied, while the lock is held: nobody is between two revisions but where one was killed there. */
function look<T>(
  { driver, schema, lockTimeoutMs = 60_000 }: StructureParts,
  { observer }: MigrationRun,
  work: (applied: readonly JournaledRevision[]) => T,
): Promise<T> {
  const dialect = schema(driver.capabilities)
  const lock = { timeoutMs: lockTimeoutMs, waiting: () => observer?.waiting?.() }
  return withStructureLock({ driver, dialect }, lock, ({ runner, transaction }) =>
    transaction(async () => work(await readJournaled(runner, dialect))),
  )
}

function unfinished(
  { history }: MigrationRun,
  applied: readonly JournaledRevision[],
  direction: Direction,
): readonly Revision[] {
  return applied
    .filter(({ state }) => state === underWay[direction])
    .map((each) => revisionOf(history, each, direction))
}

/** One that was begun counts as not yet gone, whichever way, and goes first. */
function pathFrom(run: MigrationRun, applied: readonly JournaledRevision[], direction: Direction): readonly Revision[] {
  const own = new Map(unfinished(run, applied, direction).map((revision) => [revision.revision, revision]))
  const known = applied.flatMap((each): readonly AppliedRevision[] => {
    const begun = own.get(each.revision)
    if (begun === undefined) return [appliedOf(each)]
    return direction === 'upgrade' ? [] : [asItsFile(appliedOf(each), begun)]
  })
  const found = typeof run.path === 'function' ? run.path(known) : run.path
  return [...own.values(), ...found.filter(({ revision }) => !own.has(revision))]
}

/** Steps of a way back that were not done yet may have been corrected; those that were are compared when it is gone on with. */
function asItsFile(applied: AppliedRevision, { checksum, stepHashes }: Revision): AppliedRevision {
  return { ...applied, checksum, upHashes: stepHashes.up }
}

function revisionOf(
  { byId }: MigrationRun['history'],
  { revision, description }: JournaledRevision,
  direction: Direction,
): Revision {
  const found = byId.get(revision)
  if (found !== undefined) return found
  const problem = `the folder has no file of ${revision} (${description})`
  throw errors.MIGRATION_RESUME({ values: { file: revision, direction, problem } })
}
