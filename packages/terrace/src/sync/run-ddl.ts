import { DriverError } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { Query } from '../schema/index.ts'
import type { StatementRunner } from './statement-runner.ts'

/** Runs one statement that changes the structure. `STRUCTURE_STEP_FAILED` with the statement, which holds no row. */
export function runDdl(
  runner: StatementRunner,
  { table, sql }: { readonly table: string; readonly sql: string },
): Promise<void> {
  return namingStep({ table, sql }, () => runner.run(sql))
}

/** Asks the rows of a table something before a change of it. `STRUCTURE_STEP_FAILED` with the query. */
export function askRows(
  runner: StatementRunner,
  { table, query }: { readonly table: string; readonly query: Query },
): ReturnType<StatementRunner['rows']> {
  return namingStep({ table, sql: query.sql }, () => runner.rows(query))
}

async function namingStep<T>(
  { table, sql }: { readonly table: string; readonly sql: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DriverError)) throw error
    throw errors.STRUCTURE_STEP_FAILED({ values: { table, reason: error.kind, sql }, cause: error })
  }
}
