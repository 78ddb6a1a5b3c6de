import type { StatementRunner } from '../../statement-runner.ts'
import type { DataRows } from '../migration.ts'
import { changesRowsOnly } from './statement-kinds.ts'

/** Rows as a data step sees them: on the migration's own connection, in its transaction, and nothing but rows. */
export function migrationRows(runner: StatementRunner): DataRows {
  return {
    all: async (sql, parameters = []) => {
      refuseOthers(sql)
      return runner.rows({ sql, parameters })
    },
    run: async (sql, parameters = []) => {
      refuseOthers(sql)
      return runner.changed(sql, parameters)
    },
  }
}

/** Also where the engine could roll it back: what a data step does has no statement by which others could know it. */
function refuseOthers(sql: string): void {
  if (changesRowsOnly(sql)) return
  throw new Error(
    `a data step works on rows and changes no structure; write this statement as a step of its own: ${sql}`,
  )
}
