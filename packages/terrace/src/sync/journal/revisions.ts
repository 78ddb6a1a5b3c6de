import { createHash, randomUUID } from 'node:crypto'
import type { ObjectPath, Query, SchemaDialect, Step } from '../../schema/index.ts'
import { insertRows } from '../insert-rows.ts'
import type { StatementRunner } from '../statement-runner.ts'

/** `begun` may or may not have happened; its probe says so. `lost` has not, and was planned anew. */
export type StepState = 'begun' | 'done' | 'lost'

/** A step of an earlier start that was begun and not finished. */
export interface UnfinishedStep {
  readonly plan: string
  readonly n: number
  readonly probe: Query
  readonly makes: readonly ObjectPath[]
}

const stepColumns = ['plan', 'n', 'sql_hash', 'state', 'sql', 'makes', 'probe']
const revisionColumns = ['id', 'door', 'plan', 'state', 'started_at', 'finished_at']

/** The journal of plans and their steps. */
export class Revisions {
  private readonly runner: StatementRunner
  private readonly dialect: SchemaDialect

  constructor(runner: StatementRunner, dialect: SchemaDialect) {
    this.runner = runner
    this.dialect = dialect
  }

  /** One row per plan that start-up works on; gives the plan's id. */
  async open(startedAt: Date): Promise<string> {
    const id = randomUUID()
    const row = [id, 'startup', id, 'begun', startedAt.getTime(), null]
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

  async addSteps(
    plan: string,
    steps: readonly { readonly n: number; readonly step: Step }[],
    state: StepState,
  ): Promise<void> {
    const rows = steps.map(({ n, step }) => [
      plan,
      n,
      createHash('sha256').update(step.statements.join(';\n')).digest('hex'),
      state,
      step.statements.join(';\n'),
      JSON.stringify(step.makes),
      JSON.stringify(step.idempotenceProbe),
    ])
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
      makes: JSON.parse(String(row['makes'])) as readonly ObjectPath[],
      probe: JSON.parse(String(row['probe'])) as Query,
    }))
  }
}
