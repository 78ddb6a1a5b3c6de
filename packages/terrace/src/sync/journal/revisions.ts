import { createHash, randomUUID } from 'node:crypto'
import type { ObjectPath, Query, SchemaDialect } from '../../schema/index.ts'
import { insertRows } from '../insert-rows.ts'
import type { StatementRunner } from '../statement-runner.ts'
import type { LedgerEffects, RenameNote } from './ledger-effects.ts'

/** `begun` may or may not have happened; its probe says so. `lost` has not, and was planned anew. */
export type StepState = 'begun' | 'done' | 'lost'

/** Which way a plan was gone: forth, at a start or by hand, or back. */
export type Door = 'startup' | 'undo'

/** What is journaled of a step, whichever way it is gone. */
export interface JournaledStep {
  readonly n: number
  readonly statements: readonly string[]
  readonly effects: LedgerEffects
  readonly probe: StepProbe
}

/** Whether a step has been carried out; `isUndo`: the step undoes that. */
export interface StepProbe extends Query {
  readonly isUndo?: boolean
}

/** A step that was begun and not finished. */
export interface UnfinishedStep {
  readonly plan: string
  readonly n: number
  readonly effects: LedgerEffects
  readonly probe: StepProbe
}

/** Of `terrace_step` and `terrace_revision`, as rows are inserted. */
export const stepColumns = ['plan', 'n', 'sql_hash', 'state', 'sql', 'makes', 'probe']
export const revisionColumns = ['id', 'door', 'plan', 'state', 'started_at', 'finished_at']

/** The journal of plans and their steps. */
export class Revisions {
  private readonly runner: StatementRunner
  private readonly dialect: SchemaDialect

  constructor(runner: StatementRunner, dialect: SchemaDialect) {
    this.runner = runner
    this.dialect = dialect
  }

  /** One row per plan that is worked on; gives the plan's id. */
  async open(door: Door, startedAt: Date): Promise<string> {
    const id = randomUUID()
    const row = [id, door, id, 'begun', startedAt.getTime(), null]
    await insertRows(this.runner, this.dialect, { table: 'terrace_revision', columns: revisionColumns, rows: [row] })
    return id
  }

  async close(id: string, finishedAt: Date): Promise<void> {
    const [at, key] = [this.dialect.placeholder(1), this.dialect.placeholder(2)]
    await this.runner.run(`update terrace_revision set state = 'done', finished_at = ${at} where id = ${key}`, [
      finishedAt.getTime(),
      id,
    ])
  }

  async addSteps(plan: string, steps: readonly JournaledStep[], state: StepState): Promise<void> {
    const rows = steps.map(({ n, statements, effects, probe }) => {
      const sql = statements.join(';\n')
      const hash = createHash('sha256').update(sql).digest('hex')
      return [plan, n, hash, state, sql, JSON.stringify(effects), JSON.stringify(probe)]
    })
    await insertRows(this.runner, this.dialect, { table: 'terrace_step', columns: stepColumns, rows })
  }

  async setState(plan: string, n: number, state: StepState): Promise<void> {
    const [value, key, number] = [1, 2, 3].map((position) => this.dialect.placeholder(position))
    await this.runner.run(`update terrace_step set state = ${value} where plan = ${key} and n = ${number}`, [
      state,
      plan,
      n,
    ])
  }

  async unfinished(): Promise<readonly UnfinishedStep[]> {
    const rows = await this.runner.rows({
      sql: `select plan, n, makes, probe from terrace_step where state = 'begun' order by plan, n`,
      parameters: [],
    })
    return rows.map((row) => ({
      plan: String(row['plan']),
      n: Number(row['n']),
      effects: effectsIn(String(row['makes'])),
      probe: JSON.parse(String(row['probe'])) as StepProbe,
    }))
  }
}

/** The first version wrote only what a step makes. */
function effectsIn(text: string): LedgerEffects {
  const written = JSON.parse(text) as LedgerEffects | readonly ObjectPath[]
  return 'renames' in written ? written : { renames: [], drops: [], makes: written }
}

/** How a probe's renames are to be told to the ledger. */
export function noteOf({ isUndo = false }: StepProbe): RenameNote {
  return isUndo ? 'forget' : 'record'
}
