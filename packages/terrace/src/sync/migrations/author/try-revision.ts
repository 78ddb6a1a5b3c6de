import { errors, TerraceError } from '../../../errors/index.ts'
import type { LiveStructure, Plan, Rename, Snapshot } from '../../../schema/index.ts'
import { readStructure } from '../../read-structure.ts'
import type { MigrationHistory, Revision } from '../history.ts'
import type { Direction } from '../run/migration-journal.ts'
import { mentions } from '../run/mentions.ts'
import { renamesOf } from '../run/passage.ts'
import { runDowngrade } from '../run/run-downgrade.ts'
import { runUpgrade } from '../run/run-upgrade.ts'
import { changesRowsOnly } from '../run/statement-kinds.ts'
import { statementsOf } from '../statements-of.ts'
import { declaredDifferences } from './declared-differences.ts'
import { rowRefusals, withReferring } from './row-refusals.ts'
import { differingObjects, goneObjects } from './same-structure.ts'
import { sampleTables } from './sample-tables.ts'
import { fillTables } from './samples/fill-tables.ts'
import type { Scratch } from './scratch.ts'
import { changedValues, lostObjects, survivingTables, tableValues, type TableValues } from './surviving-values.ts'
import type { VerifiedRevision } from './written-revision.ts'

/** A revision on a scratch database that its parents have made. */
export interface Trial {
  readonly scratch: Scratch
  /** With the revision. */
  readonly history: MigrationHistory
  readonly revision: Revision
  /** What its parents declare together; null where they do not say the same, and the revision settles it by hand. */
  readonly before: Snapshot | null
  /** What it was made from; null for one that is written already, and may have been edited by hand. */
  readonly plan: Plan | null
}

/**
 * Goes a revision up, down and up again with rows, and leaves the scratch database after it, without rows. `MIGRATION_UNVERIFIED`
 * where a step fails, where the structure is not the declared one, or where values are others than before and no step names that.
 */
export function tryRevision(trial: Trial): Promise<VerifiedRevision> {
  return new RevisionTrial(trial).run()
}

/** Rows are put in before the way up; before the way down into new tables alone, for others may not fit what was before. */
const firstRows = [0, 1, 2]
const laterRows = [3, 4, 5]
const mostVariations = 4

interface SampleRows {
  readonly direction: Direction
  /** By number: the n-th row of a table has values that no other has. */
  readonly rows: readonly number[]
  isMeant(table: string): boolean
}

interface State {
  readonly live: LiveStructure
  readonly values: TableValues
}

class RevisionTrial {
  readonly #trial: Trial
  readonly #notes = new Set<string>()
  readonly #losses = new Set<string>()
  #rows = 0
  #mostRows = 0

  constructor(trial: Trial) {
    this.#trial = trial
  }

  async run(): Promise<VerifiedRevision> {
    const { revision, scratch } = this.#trial
    const irreversible = [...revision.up, ...revision.down].some((step) => 'irreversible' in step)
    const isStill = revision.up.length + revision.down.length === 0
    const before = await this.#live()
    if (!isStill) await this.#fill(before, { direction: 'upgrade', rows: firstRows, isMeant: () => true })
    const start = await this.#state()
    const isKept = await this.#go('upgrade')
    // The run itself has compared the structure with the declared one.
    const up = await this.#state()
    if (isKept) this.#expectValues('upgrade', start, up)
    if (!irreversible && !isStill) await this.#thereAndBack(start, up)
    await scratch.removeRows(Object.keys((await this.#live()).snapshot.tables))
    return {
      revision: revision.revision,
      reversible: !irreversible,
      sampleRows: this.#mostRows,
      losses: [...this.#losses],
      notes: [...this.#notes],
    }
  }

  async #thereAndBack(start: State, up: State): Promise<void> {
    const isNew = (name: string): boolean =>
      !survivingTables(start.live.snapshot, up.live.snapshot, this.#renames).some((table) => table.after === name)
    await this.#fill(up.live, { direction: 'downgrade', rows: laterRows, isMeant: isNew })
    const filled = await this.#state()
    const isKept = await this.#go('downgrade')
    const down = await this.#state()
    await this.#expectBack(start, down)
    if (isKept) this.#expectValues('downgrade', filled, down)
    await this.#emptyRefused(down.live, 'upgrade')
    const again = await this.#state()
    const isKeptAgain = await this.#go('upgrade')
    const second = await this.#state()
    if (differingObjects(up.live, second.live).length > 0) await this.#expectDeclared('upgrade')
    if (isKeptAgain) this.#expectValues('upgrade', again, second)
  }

  #live(): Promise<LiveStructure> {
    const { connected, dialect } = this.#trial.scratch
    return connected((runner) => readStructure(runner, dialect))
  }

  #state(): Promise<State> {
    const { connected, dialect } = this.#trial.scratch
    return connected(async (runner) => {
      const live = await readStructure(runner, dialect)
      return { live, values: await tableValues({ runner, dialect }, live.snapshot) }
    })
  }

  get #renames(): readonly Rename[] {
    return renamesOf(this.#trial.revision, 'upgrade')
  }

  /** Rows that the direction's own checks let pass, as far as some can be found. */
  async #fill(live: LiveStructure, { direction, rows, isMeant }: SampleRows): Promise<void> {
    const { scratch, revision, before } = this.#trial
    const isUp = direction === 'upgrade'
    const other = isUp ? revision.snapshot : (before ?? revision.snapshot)
    const tables = sampleTables(live.snapshot, other, renamesOf(revision, direction)).filter((table) =>
      isMeant(table.live.name),
    )
    const steps = isUp ? revision.up : revision.down
    for (let variation = 0; variation < mostVariations; variation += 1) {
      const filled = await scratch.connected((runner) =>
        fillTables({ runner, dialect: scratch.dialect, opaque: live.opaque, tables, rows, variation }),
      )
      this.#rows = (isUp ? 0 : this.#rows) + filled.rows
      const refusals = await scratch.connected((runner) => rowRefusals(runner, steps, live.snapshot))
      const isLast = variation === mostVariations - 1 || !isUp
      if (refusals.length === 0 || isLast)
        for (const { table, reason } of filled.refused) this.#notes.add(`${table} takes no sample row: ${reason}`)
      if (refusals.length === 0) break
      if (isLast) await this.#emptyRefused(live, direction)
      else await scratch.removeRows(Object.keys(live.snapshot.tables))
      if (isLast) break
    }
    this.#mostRows = Math.max(this.#mostRows, this.#rows)
  }

  /** What no rows could be found for goes without them. */
  async #emptyRefused(live: LiveStructure, direction: Direction): Promise<void> {
    const { scratch, revision } = this.#trial
    const steps = direction === 'upgrade' ? revision.up : revision.down
    const refusals = await scratch.connected((runner) => rowRefusals(runner, steps, live.snapshot))
    for (const { check, tables } of refusals) {
      this.#notes.add(`${tables.join(', ')}: tried ${direction} without rows, which it refuses: ${check.rows}`)
      await scratch.removeRows(withReferring(tables, live.snapshot))
    }
  }

  /** False where it could only be gone without rows, which are taken out then. */
  async #go(direction: Direction): Promise<boolean> {
    const { scratch, history, revision } = this.#trial
    const run = direction === 'upgrade' ? runUpgrade : runDowngrade
    try {
      await run(scratch.parts, { history, path: [revision] })
      return true
    } catch (error) {
      if (!(error instanceof TerraceError)) throw error
      const reason = this.#reasonForNoRows(error)
      if (reason === null || this.#rows === 0) throw this.#unverified(direction, wordsOf(error), error)
      this.#notes.add(`tried ${direction} without rows: ${reason}: ${wordsOf(error)}`)
      this.#rows = 0
      await scratch.removeRows(Object.keys((await this.#live()).snapshot.tables))
      await this.#go(direction)
      return false
    }
  }

  /** What rows have lost may be what other rows refer to, or what a rule asks for; null where no rows may stand in the way. */
  #reasonForNoRows({ code }: TerraceError): string | null {
    if (code === 'MIGRATION_REFUSED') return 'it refuses them'
    const hasData = this.#trial.revision.up.some((step) => 'data' in step)
    if (hasData) return 'its data step has changed them'
    return this.#losses.size > 0 ? 'rows ask for what was lost' : null
  }

  async #expectDeclared(direction: Direction): Promise<void> {
    const { scratch, revision, before } = this.#trial
    const declared = direction === 'upgrade' ? revision.snapshot : before
    if (declared === null) return
    const former = direction === 'upgrade' ? (before ?? revision.snapshot) : revision.snapshot
    const differences = await declaredDifferences(scratch.parts, {
      declared,
      former,
      renames: renamesOf(revision, direction),
    })
    if (differences.length === 0) return
    const list = differences.map((line) => `- ${line}`).join('\n')
    throw this.#unverified(direction, `The structure after it is not the declared one:\n${list}`)
  }

  /** What was there before is there again, also what nobody declares. */
  async #expectBack(start: State, down: State): Promise<void> {
    if (differingObjects(start.live, down.live).length === 0) return
    await this.#expectDeclared('downgrade')
    const gone = goneObjects(start.live, down.live)
    if (gone.length > 0) throw this.#unverified('downgrade', `It does not give back: ${gone.join(', ')}`)
  }

  #expectValues(direction: Direction, before: State, now: State): void {
    const renames = renamesOf(this.#trial.revision, direction)
    const [one, other] = [before.live.snapshot, now.live.snapshot]
    for (const loss of lostObjects(one, other, renames)) this.#losses.add(loss)
    const surviving = survivingTables(one, other, renames)
    const changed = changedValues(surviving, before.values, now.values)
    const untold = changed.filter(({ table, what, isRetyped }) => {
      if (!this.#mayChange(direction, table, isRetyped)) return true
      this.#losses.add(`change-values ${what}`)
      return false
    })
    this.#rows = [...now.values.values()].reduce((sum, rows) => sum + rows.length, 0)
    if (untold.length === 0) return
    const list = untold.map(({ what }) => what).join(', ')
    throw this.#unverified(direction, `Values are others than before, and no step names that: ${list}`)
  }

  /** Whether a step says that it changes rows of a table: a data step may be about any. */
  #mayChange(direction: Direction, table: string, isRetyped: boolean): boolean {
    const { plan, revision } = this.#trial
    if (plan !== null)
      return plan.steps.some((step) => step.table === table && step.hazards.some((hazard) => hazard.class === 'lossy'))
    const steps = direction === 'upgrade' ? revision.up : revision.down
    const names = [
      table,
      ...this.#renames.flatMap(({ object, from, to }) =>
        object === 'table' && (to === table || from === table) ? [from, to] : [],
      ),
    ]
    return (
      isRetyped ||
      steps.some((step) => {
        if ('data' in step) return true
        if (!('sql' in step)) return false
        const rows = statementsOf(step).filter(changesRowsOnly)
        return rows.some((sql) => names.some((name) => mentions(sql, name)))
      })
    )
  }

  #unverified(direction: Direction, problem: string, cause?: unknown): TerraceError {
    const { revision, plan } = this.#trial
    const remedy =
      plan === null
        ? `Correct the steps in ${revision.file}, then run terrace db verify`
        : 'Nothing was written. Make the change in smaller revisions, or write this one by hand: terrace db revision --empty'
    const { description } = revision
    return errors.MIGRATION_UNVERIFIED({
      values: { revision: revision.revision, description, direction, rows: this.#rows, problem, remedy },
      cause,
    })
  }
}

/** The rows are made up, so that what the database says of them may be shown. */
function wordsOf(error: TerraceError): string {
  const words: string[] = [error.message]
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause)
    if (!words.some((known) => known.includes((cause as Error).message))) words.push(cause.message)
  return words.join(' · ')
}
