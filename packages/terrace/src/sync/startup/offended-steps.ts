import type { Drift, Plan, PlannedPrecheck, SchemaDialect, Step } from '../../schema/index.ts'
import { askRows } from '../run-ddl.ts'
import type { StatementRunner } from '../statement-runner.ts'

export interface Checking {
  readonly runner: StatementRunner
  readonly dialect: SchemaDialect
  /** Rows stay as they are counted until the transaction ends. */
  readonly isLocking: boolean
}

/** Steps that rows stand against, counted before the first step: while nobody else can write, where there is a transaction. */
export async function offendedSteps(
  { runner, dialect, isLocking }: Checking,
  { steps, renames }: Pick<Plan, 'steps' | 'renames'>,
): Promise<readonly Drift[]> {
  const checked = steps.filter(({ prechecks }) => prechecks.length > 0)
  const formerOf = (name: string): string =>
    renames.find(({ object, to }) => object === 'table' && to === name)?.from ?? name
  const tables = [...new Set(checked.map(({ table }) => formerOf(table)))].toSorted()
  for (const table of isLocking ? tables : []) {
    const sql = dialect.lockRows(table)
    if (sql !== null) await runner.run(sql)
  }
  const drift: Drift[] = []
  for (const step of checked) {
    for (const precheck of step.prechecks) {
      const [row] = await askRows(runner, { table: step.table, query: precheck })
      const offending = Number(row?.['offending'])
      if (offending > 0) drift.push(offended(step, precheck, offending))
    }
  }
  return drift
}

function offended({ changes, table, source }: Step, precheck: PlannedPrecheck, offending: number): Drift {
  const change = changes[precheck.change]
  return {
    comparison: 'different',
    object: change?.object ?? `table ${table}`,
    live: change?.live ?? '',
    wanted: change?.wanted ?? '',
    reason: `the rows that are there stand against it: ${offending} ${precheck.offending}`,
    remedy: precheck.remedy ?? `Look at them: ${rowsOf(precheck)}; correct them, then start again`,
    source: change?.source ?? source,
  }
}

/** The statement that shows what another counts. */
function rowsOf({ sql }: PlannedPrecheck): string {
  return sql.replace('select count(*) as offending', 'select *')
}
