import type { StatementEvent } from './database-observer.ts'
import type { Connection, Eventually, Statement, StatementResult } from './driver.ts'

export interface Observation {
  readonly bound: Statement
  readonly tables: readonly string[]
  readonly observe: (event: StatementEvent) => void
}

/** Executes a statement and tells how long it took, also when it failed. */
export function executeObserved(connection: Connection, observation: Observation): Eventually<StatementResult> {
  const { bound, tables, observe } = observation
  const startedMs = performance.now()
  const tell = (result: StatementResult | null): void =>
    observe({
      sql: bound.sql,
      tables,
      durationMs: performance.now() - startedMs,
      rows: result?.rows.length ?? 0,
      failed: result === null,
    })
  let executed: Eventually<StatementResult>
  try {
    executed = connection.execute(bound)
  } catch (error) {
    tell(null)
    throw error
  }
  if (executed instanceof Promise) return tellWhenSettled(executed, tell)
  tell(executed)
  return executed
}

async function tellWhenSettled(
  executed: Promise<StatementResult>,
  tell: (result: StatementResult | null) => void,
): Promise<StatementResult> {
  let result: StatementResult | null = null
  try {
    result = await executed
    return result
  } finally {
    tell(result)
  }
}
