import type { LiveStructure, Plan, PlanMode, SchemaDialect } from '../../schema/index.ts'
import type { StatementRunner } from '../statement-runner.ts'

export interface Counting {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  /** The tables under their new names. */
  readonly live: LiveStructure
  readonly mode: PlanMode
}

/**
 * The rows of tables that a step would block and whose engine has no estimate, so that the limit holds for them too; counted up to
 * one more than the limit. Empty where none has to be counted.
 */
export async function countRows(
  { runner, dialect, live, mode }: Counting,
  { steps, renames }: Plan,
): Promise<LiveStructure['estimatedRows']> {
  if (mode.kind !== 'startup' || mode.maintenance) return {}
  const uncounted = steps.filter(
    ({ rows, hazards, table }) =>
      rows === null &&
      live.snapshot.tables[table] !== undefined &&
      hazards.some(({ class: kind }) => kind === 'blocking'),
  )
  const counts: Record<string, number> = {}
  for (const table of new Set(uncounted.map((step) => step.table))) {
    const former = renames.find(({ object, to }) => object === 'table' && to === table)?.from ?? table
    const some = `select 1 from ${dialect.quoteName(former)} limit ${mode.blockingLimitRows + 1}`
    const [row] = await runner.rows({ sql: `select count(*) as n from (${some}) as some_rows`, parameters: [] })
    counts[table] = Number(row?.['n'])
  }
  return counts
}
