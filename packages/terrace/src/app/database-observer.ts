import type { DatabaseObserver } from '../database/index.ts'
import type { Log } from '../observe/index.ts'

export interface ObserverParts {
  readonly log: Log
  /** Writes each statement to the log, its text without values. */
  readonly echo: boolean
  /** Who measures; null: nobody. */
  readonly measuring: Pick<DatabaseObserver, 'statement' | 'transaction' | 'refused'> | null
}

/** Writes to the log what a database does outside the ordinary, and passes on what is measured. */
export function databaseObserver({ log, echo, measuring }: ObserverParts): DatabaseObserver {
  const observer: DatabaseObserver = {
    unscoped: ({ reason }) => log.info({ reason }, 'a session left its scope'),
    failed: ({ kind, error }) => log.error({ kind, err: error }, 'a unit of work failed where no caller can be told'),
    retried: ({ attempt, error }) => log.info({ attempt, err: error }, 'a unit of work runs again'),
    ...measuring,
  }
  return echo ? { ...observer, statement: echoed(log, measuring?.statement) } : observer
}

type OnStatement = NonNullable<DatabaseObserver['statement']>

function echoed(log: Log, measure: DatabaseObserver['statement']): OnStatement {
  return (event) => {
    measure?.(event)
    const { sql, rows, failed, durationMs } = event
    log.debug({ sql, rows, failed, durationMs: Math.round(durationMs * 100) / 100 }, 'statement')
  }
}
