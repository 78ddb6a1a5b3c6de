import type { Rename, SchemaDialect } from '../../../schema/index.ts'
import type { LockedUnits } from '../../lock/structure-lock.ts'
import type { StatementRunner } from '../../statement-runner.ts'
import type { MigrationHistory, Revision } from '../history.ts'
import type { MigrationObserver } from '../migration-observer.ts'
import type { MigrationStep } from '../migration.ts'
import { statementsOf } from '../statements-of.ts'
import type { Direction } from './migration-journal.ts'

/** One revision to be gone in one direction, and what there is to report besides. */
export interface Going {
  readonly history: MigrationHistory
  readonly revision: Revision
  readonly direction: Direction
  readonly observer: MigrationObserver
  readonly signal: AbortSignal | undefined
  /** Ids of what this run has done already, for messages. */
  readonly doneBefore: readonly string[]
}

/** The same while the lock is held. */
export interface Passage extends Going {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  readonly units: LockedUnits
  readonly steps: readonly PassageStep[]
  /** As they are carried out in this direction. */
  readonly renames: readonly Rename[]
  /** Everything of the revision happens in one transaction. */
  readonly isWhole: boolean
  readonly progress: Progress
}

/** What messages say of how far it has come. */
export interface Progress {
  /** So many of its steps, from the first, are committed. */
  stepsKept: number
  /** Something was committed that no rollback takes away. */
  isKept: boolean
}

export interface PassageStep {
  /** From 1. */
  readonly n: number
  readonly step: MigrationStep
  readonly hash: string
}

export function stepsOf(revision: Revision, direction: Direction): readonly PassageStep[] {
  const [steps, hashes] =
    direction === 'upgrade' ? [revision.up, revision.stepHashes.up] : [revision.down, revision.stepHashes.down]
  return steps.map((step, at) => ({ n: at + 1, step, hash: hashes[at] ?? '' }))
}

/** The declared renames as a direction carries them out: columns by the name that their table has after it. */
export function renamesOf({ renames }: Revision, direction: Direction): readonly Rename[] {
  if (direction === 'upgrade') return renames
  const tables = new Map(renames.flatMap(({ object, from, to }) => (object === 'table' ? [[to, from] as const] : [])))
  return renames.map(({ object, table, from, to }): Rename => {
    const former = tables.get(table) ?? table
    return { object, table: object === 'table' ? from : former, from: to, to: from }
  })
}

/** All statements of a revision, in the direction that it is gone. */
export function statementsIn({ steps }: Pick<Passage, 'steps'>): readonly string[] {
  return steps.flatMap(({ step }) => ('sql' in step ? statementsOf(step) : []))
}

/** What is left of a revision that did not come to its end, and what was done before it: sentences. */
export function outcomeOf({ isWhole, progress, steps, doneBefore }: Passage): string {
  const before = `Done before it in this run: ${doneBefore.length === 0 ? 'none' : doneBefore.join(', ')}.`
  const { stepsKept, isKept } = progress
  if (!isKept && isWhole) return `Nothing of the revision is left: it was rolled back whole. ${before}`
  if (!isKept) return `Nothing of the revision was done. ${before}`
  const kept = stepsKept === 0 ? 'no step as a whole' : stepsKept === 1 ? 'step 1' : `steps 1 to ${stepsKept}`
  return `Done and kept: ${kept} of ${steps.length}; the next run goes on behind that. ${before}`
}
