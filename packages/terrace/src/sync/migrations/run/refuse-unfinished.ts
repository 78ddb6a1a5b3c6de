import { errors } from '../../../errors/index.ts'
import type { SchemaDialect } from '../../../schema/index.ts'
import { Journal } from '../../journal/journal.ts'
import type { StatementRunner } from '../../statement-runner.ts'
import { MigrationJournal } from './migration-journal.ts'

/** `MIGRATION_UNFINISHED` while the structure is between two revisions. Needs the journal. */
export async function refuseUnfinished(runner: StatementRunner, dialect: SchemaDialect): Promise<void> {
  // The format is written when all tables are there: an earlier start may have been killed between two of them.
  if (!(await new Journal(runner, dialect).meta()).has('format')) return
  const begun = await runner.rows({
    sql: `select id from terrace_revision where door = 'migration' and state <> 'done'`,
    parameters: [],
  })
  if (begun.length === 0) return
  const revision = (await new MigrationJournal(runner, dialect).read()).find(({ state }) => state !== 'done')
  if (revision === undefined) return
  const direction = revision.state === 'downgrading' ? 'downgrade' : 'upgrade'
  const { revision: id, description } = revision
  throw errors.MIGRATION_UNFINISHED({ values: { direction, revision: id, description } })
}
