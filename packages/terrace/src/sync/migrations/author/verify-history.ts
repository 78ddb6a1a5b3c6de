import { ancestorsOf } from '../history-graph.ts'
import type { MigrationHistory, Revision } from '../history.ts'
import type { MigrationObserver } from '../migration-observer.ts'
import { runDowngrade } from '../run/run-downgrade.ts'
import { runUpgrade } from '../run/run-upgrade.ts'
import { parentsSnapshot } from './parents-snapshot.ts'
import type { Scratch } from './scratch.ts'
import { tryRevision } from './try-revision.ts'
import type { VerifiedRevision } from './written-revision.ts'

/** Tries every revision, each after its ancestors and nothing else. `MIGRATION_UNVERIFIED`. */
export async function verifyHistory(
  scratch: Scratch,
  history: MigrationHistory,
  observer: MigrationObserver = {},
): Promise<readonly VerifiedRevision[]> {
  const verified: VerifiedRevision[] = []
  const done = new Set<string>()
  let applied: ReadonlySet<string> = new Set()
  while (done.size < history.revisions.length) {
    const revision = nextOf(history, done, applied)
    const startedAt = performance.now()
    observer.begun?.(revision, 'upgrade')
    await standAt(scratch, history, { applied, wanted: ancestorsOf(history, revision.parents) })
    const before = parentsSnapshot(history, revision.parents)
    verified.push(await tryRevision({ scratch, history, revision, before, plan: null }))
    observer.done?.(revision, 'upgrade', performance.now() - startedAt)
    done.add(revision.revision)
    applied = ancestorsOf(history, [revision.revision])
  }
  return verified
}

/** One whose parents are tried; if there is one, that which comes after what stands on the scratch database. */
function nextOf(history: MigrationHistory, done: ReadonlySet<string>, applied: ReadonlySet<string>): Revision {
  const ready = history.revisions.filter(
    ({ revision, parents }) => !done.has(revision) && parents.every((parent) => done.has(parent)),
  )
  const isNext = ({ parents }: Revision): boolean =>
    ancestorsOf(history, parents).size === applied.size && parents.every((parent) => applied.has(parent))
  const next = ready.find(isNext) ?? ready[0]
  if (next === undefined) throw new Error('A history without circles has a revision that comes next')
  return next
}

interface Standing {
  readonly applied: ReadonlySet<string>
  readonly wanted: ReadonlySet<string>
}

/** Goes from some applied revisions to others: back where that can be, else from the beginning. There are no rows. */
export async function standAt(
  scratch: Scratch,
  history: MigrationHistory,
  { applied, wanted }: Standing,
): Promise<void> {
  const surplus = history.revisions.filter(({ revision }) => applied.has(revision) && !wanted.has(revision))
  const canGoBack = surplus.every(({ down }) => !down.some((step) => 'irreversible' in step))
  if (canGoBack) await runDowngrade(scratch.parts, { history, path: surplus.toReversed() })
  else await scratch.clear()
  const isThere = (id: string): boolean => canGoBack && applied.has(id)
  const missing = history.revisions.filter(({ revision }) => wanted.has(revision) && !isThere(revision))
  await runUpgrade(scratch.parts, { history, path: missing })
}
