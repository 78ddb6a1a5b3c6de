import { DriverError } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import type { SchemaDialect } from '../../schema/index.ts'
import type { StatementRunner } from '../statement-runner.ts'

/** `STRUCTURE_PERMISSION` with the statement and the grant, where the database's user may not run one. */
export async function namingGrants<T>(
  runner: StatementRunner,
  dialect: SchemaDialect,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const failure = driverErrorOf(error)
    if (failure?.kind !== 'permission') throw error
    const sql = refusedStatement(error) ?? runner.last
    throw errors.STRUCTURE_PERMISSION({ values: { sql, grant: dialect.missingGrant(sql) }, cause: failure })
  }
}

/** Errors that we raise ourselves keep the driver's as their cause. */
export function driverErrorOf(error: unknown): DriverError | null {
  if (error instanceof DriverError) return error
  return error instanceof Error && error.cause !== undefined ? driverErrorOf(error.cause) : null
}

function refusedStatement(error: unknown): string | null {
  const values = error instanceof Error && 'values' in error ? (error.values as Readonly<Record<string, unknown>>) : {}
  const sql = values['sql'] ?? values['statement']
  return typeof sql === 'string' && sql !== '' ? sql : null
}
