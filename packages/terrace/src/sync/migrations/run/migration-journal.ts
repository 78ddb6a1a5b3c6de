import { randomUUID } from 'node:crypto'
import type { ObjectPath, SchemaDialect } from '../../../schema/index.ts'
import { insertRows } from '../../insert-rows.ts'
import { revisionColumns, stepColumns } from '../../journal/revisions.ts'
import type { StatementRunner } from '../../statement-runner.ts'
import type { AppliedRevision, Revision } from '../history.ts'
import type { Stranger } from './strangers.ts'

export type Direction = 'upgrade' | 'downgrade'

/** The state of a revision that was begun in a direction. */
export const underWay = { upgrade: 'upgrading', downgrade: 'downgrading' } as const

/** What has to be known at a revision's end of the time before it, also where another process ends it. */
export interface Before {
  readonly strangers: readonly Stranger[]
  /** What a person had changed of what Terrace owns, under the names after the revision. */
  readonly handChanged: readonly ObjectPath[]
  /** What was not as declared, in the words of a plan and under the names after the revision. */
  readonly drifted: readonly string[]
  /** Texts of checks that nothing stood against: asked later they would be about names that are no longer. */
  readonly counted: readonly string[]
  /** Views and triggers that did not work. */
  readonly broken: readonly string[]
}

/** How far one step has come. */
export interface StepMark {
  /** Its place, from 1. */
  readonly n: number
  readonly hash: string
  readonly isDone: boolean
  /** The place, from 0, of the statement that was begun or comes next. */
  readonly statement: number
  /** What that statement names, hashed, before it; null where it was not begun. */
  readonly before: string | null
}

export interface JournaledRevision extends AppliedRevision {
  readonly plan: string
  /** Says the order of application, in milliseconds since 1970. */
  readonly startedAt: number
  /** Of the direction that was begun. */
  readonly marks: readonly StepMark[]
  readonly before: Before
}

interface Opening {
  /** State, beginning and end. */
  readonly row: readonly [string, number, number | null]
  readonly stamped: boolean
  readonly before: Before
}

interface Header {
  readonly revision: string
  readonly parents: readonly string[]
  readonly description: string
  readonly dialect: string
  readonly stamped: boolean
}

type Row = Readonly<Record<string, unknown>>

export const nothingBefore: Before = { strangers: [], handChanged: [], drifted: [], counted: [], broken: [] }

/**
 * Revisions in the journal that starts use too. `terrace_revision` has a row for each that is applied or under way; `terrace_step`
 * one at n = 0 that says what it is, one for each step up at its number, and for a step down at the number below 0. Their states are
 * none that a start, also of an earlier version, would take for its own.
 */
export class MigrationJournal {
  private readonly runner: StatementRunner
  private readonly dialect: SchemaDialect

  constructor(runner: StatementRunner, dialect: SchemaDialect) {
    this.runner = runner
    this.dialect = dialect
  }

  /** In the order of application. */
  async read(): Promise<readonly JournaledRevision[]> {
    const heads = await this.runner.rows({
      sql: `select r.id, r.plan, r.state, r.started_at, r.finished_at, s.sql_hash, s.makes, s.probe from terrace_revision r
        join terrace_step s on s.plan = r.plan and s.n = 0 where r.door = 'migration' order by r.started_at, r.id`,
      parameters: [],
    })
    if (heads.length === 0) return []
    const steps = await this.runner.rows({
      sql: `select s.plan, s.n, s.sql_hash, s.state, s.makes from terrace_step s join terrace_revision r on r.plan = s.plan
        where r.door = 'migration' and s.n <> 0 order by s.plan, s.n`,
      parameters: [],
    })
    const byPlan = Map.groupBy(steps, (row) => String(row['plan']))
    return heads.map((head) => journaledOf(head, byPlan.get(String(head['plan'])) ?? []))
  }

  /** Writes down that a revision was begun upwards; gives the plan's id. Later ones stand behind earlier ones, whatever the clock says. */
  async beginUpgrade(revision: Revision, before: Before): Promise<string> {
    const at = await this.nextInstant()
    return this.open(revision, { row: ['upgrading', at, null], stamped: false, before })
  }

  /**
   * Writes down a revision as applied that was not run, with all of its steps. `as`: in the place of one that was there, whose rows
   * are forgotten already.
   */
  async stamp(revision: Revision, as: Pick<JournaledRevision, 'startedAt' | 'appliedAt'> | undefined): Promise<void> {
    const at = as?.startedAt ?? (await this.nextInstant())
    const row = ['done', at, as === undefined ? at : as.appliedAt.getTime()] as const
    const plan = await this.open(revision, { row, stamped: true, before: nothingBefore })
    const hashes = revision.stepHashes.up
    await this.insertSteps(hashes.map((hash, index) => [plan, index + 1, hash, 'applied', '', '{}', '{}']))
  }

  private async open(revision: Revision, { row, stamped, before }: Opening): Promise<string> {
    const plan = randomUUID()
    const rows = [[revision.revision, 'migration', plan, ...row]]
    await insertRows(this.runner, this.dialect, { table: 'terrace_revision', columns: revisionColumns, rows })
    const header = JSON.stringify(headerOf(revision, stamped))
    await this.insertSteps([[plan, 0, revision.checksum, 'revision', '', header, JSON.stringify(before)]])
    return plan
  }

  async beginDowngrade(
    { revision, plan }: Pick<JournaledRevision, 'revision' | 'plan'>,
    before: Before,
  ): Promise<void> {
    const [at] = this.places(1)
    await this.runner.run(`update terrace_revision set state = 'downgrading' where id = ${at}`, [revision])
    const [value, key] = this.places(2)
    await this.runner.run(`update terrace_step set probe = ${value} where plan = ${key} and n = 0`, [
      JSON.stringify(before),
      plan,
    ])
  }

  /** Writes down how far a step has come. `isNew`: nothing was written of it before. */
  async mark(
    plan: string,
    { n, hash, isDone, statement, before }: StepMark,
    { direction, sql, isNew }: { readonly direction: Direction; readonly sql: string; readonly isNew: boolean },
  ): Promise<void> {
    const state = isDone ? 'applied' : 'underway'
    const makes = JSON.stringify(isDone ? {} : { statement, before })
    const place = direction === 'upgrade' ? n : -n
    if (isNew) return this.insertSteps([[plan, place, hash, state, sql, makes, '{}']])
    const at = this.places(5)
    await this.runner.run(
      `update terrace_step set state = ${at[0]}, makes = ${at[1]}, sql_hash = ${at[2]} where plan = ${at[3]} and n = ${at[4]}`,
      [state, makes, hash, plan, place],
    )
  }

  /** The checksum is that of the file at its end: steps that were not done yet may have been corrected meanwhile. */
  async endUpgrade(plan: string, revision: Revision): Promise<void> {
    const [finished, id] = this.places(2)
    await this.runner.run(`update terrace_revision set state = 'done', finished_at = ${finished} where id = ${id}`, [
      Date.now(),
      revision.revision,
    ])
    const [sum, header, key] = this.places(3)
    await this.runner.run(
      `update terrace_step set sql_hash = ${sum}, makes = ${header}, probe = '{}' where plan = ${key} and n = 0`,
      [revision.checksum, JSON.stringify(headerOf(revision, false)), plan],
    )
  }

  /** As if it had never been applied. */
  async forget({ revision, plan }: Pick<JournaledRevision, 'revision' | 'plan'>): Promise<void> {
    const [at] = this.places(1)
    await this.runner.run(`delete from terrace_step where plan = ${at}`, [plan])
    await this.runner.run(`delete from terrace_revision where id = ${at}`, [revision])
  }

  private async nextInstant(): Promise<number> {
    const [row] = await this.runner.rows({
      sql: `select max(started_at) as latest from terrace_revision where door = 'migration'`,
      parameters: [],
    })
    return Math.max(Date.now(), Number(row?.['latest'] ?? 0) + 1)
  }

  private insertSteps(rows: readonly (readonly unknown[])[]): Promise<void> {
    return insertRows(this.runner, this.dialect, { table: 'terrace_step', columns: stepColumns, rows })
  }

  private places(count: number): readonly string[] {
    return Array.from({ length: count }, (_, at) => this.dialect.placeholder(at + 1))
  }
}

function headerOf({ revision, parents, description, dialect }: Revision, stamped: boolean): Header {
  return { revision, parents, description, dialect, stamped }
}

const states: Readonly<Record<string, AppliedRevision['state']>> = {
  upgrading: 'upgrading',
  downgrading: 'downgrading',
}

function journaledOf(head: Row, steps: readonly Row[]): JournaledRevision {
  const { parents, description, stamped } = JSON.parse(String(head['makes'])) as Header
  const state = states[String(head['state'])] ?? 'done'
  const at = head['finished_at'] ?? head['started_at']
  const up = steps.filter((row) => Number(row['n']) > 0)
  const down = steps.filter((row) => Number(row['n']) < 0).toReversed()
  return {
    revision: String(head['id']),
    plan: String(head['plan']),
    parents,
    description,
    checksum: String(head['sql_hash']),
    upHashes: up.map((row) => String(row['sql_hash'])),
    state,
    stamped,
    startedAt: Number(head['started_at']),
    appliedAt: new Date(Number(at)),
    marks: (state === 'downgrading' ? down : up).map(markOf),
    before: { ...nothingBefore, ...(JSON.parse(String(head['probe'])) as Partial<Before>) },
  }
}

function markOf(row: Row): StepMark {
  const made = JSON.parse(String(row['makes'])) as Partial<StepMark>
  return {
    n: Math.abs(Number(row['n'])),
    hash: String(row['sql_hash']),
    isDone: row['state'] === 'applied',
    statement: made.statement ?? 0,
    before: made.before ?? null,
  }
}
