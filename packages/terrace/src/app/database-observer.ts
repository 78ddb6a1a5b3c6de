import type { DatabaseObserver } from '../database/index.ts'
import type { Log } from '../http/index.ts'

/** Writes to the log what a database does outside the ordinary. */
export function databaseObserver(log: Log): DatabaseObserver {
  return {
    unscoped: ({ reason }) => log.info({ reason }, 'a session left its scope'),
    failed: ({ kind, error }) => log.error({ kind, err: error }, 'a unit of work failed where no caller can be told'),
    retried: ({ attempt, error }) => log.info({ attempt, err: error }, 'a unit of work runs again'),
  }
}
