import { DriverError } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { StatementRunner } from './statement-runner.ts'

/** Runs one statement that changes the structure. `STRUCTURE_STEP_FAILED` with the statement, which holds no row. */
export async function runDdl(
  runner: StatementRunner,
  { table, sql }: { readonly table: string; readonly sql: string },
): Promise<void> {
  try {
    await runner.run(sql)
  } catch (error) {
    if (!(error instanceof DriverError)) throw error
    throw errors.STRUCTURE_STEP_FAILED({ values: { table, reason: error.kind, sql }, cause: error })
  }
}
