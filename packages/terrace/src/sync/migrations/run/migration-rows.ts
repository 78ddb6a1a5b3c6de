import type { StatementRunner } from '../../statement-runner.ts'
import type { DataRows } from '../migration.ts'
import { changesRowsOnly } from './statement-kinds.ts'

/**
 * Does what a data step does, with rows as it sees them: on the migration's own connection, in its transaction, and nothing but rows.
 * Rejects where it ends before its statements have: what is not awaited would be done outside of its transaction, or never.
 */
export async function withMigrationRows(
  runner: StatementRunner,
  work: (rows: DataRows) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<unknown>>()
  let isOver = false
  const tracked = async <T>(sql: string, run: () => Promise<T>): Promise<T> => {
    if (isOver) throw new Error(`${notAwaited}: ${sql}`)
    refuseOthers(sql)
    return run()
  }
  // What the step is given fails by itself where nobody listens; here is only watched whether it has come to its end.
  const watched = <T>(answer: Promise<T>): Promise<T> => {
    const given = answer.then((value) => value)
    const forget = (): void => void running.delete(given)
    running.add(given)
    answer.then(forget, forget)
    return given
  }
  const ended = async (): Promise<number> => {
    isOver = true
    const left = running.size
    await Promise.allSettled(running)
    return left
  }
  try {
    await work({
      all: (sql, parameters = []) => watched(tracked(sql, () => runner.rows({ sql, parameters }))),
      run: (sql, parameters = []) => watched(tracked(sql, () => runner.changed(sql, parameters))),
    })
  } catch (error) {
    await ended()
    throw error
  }
  if ((await ended()) > 0) throw new Error(notAwaited)
}

const notAwaited = 'a data step has ended before its statements have: await each of them'

/** Also where the engine could roll it back: what a data step does has no statement by which others could know it. */
function refuseOthers(sql: string): void {
  if (changesRowsOnly(sql)) return
  throw new Error(
    `a data step works on rows and changes no structure; write this statement as a step of its own: ${sql}`,
  )
}
