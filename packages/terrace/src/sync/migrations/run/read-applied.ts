import type { SchemaDialect } from '../../../schema/index.ts'
import { Journal } from '../../journal/journal.ts'
import { readStructure } from '../../read-structure.ts'
import type { StatementRunner } from '../../statement-runner.ts'
import type { AppliedRevision } from '../history.ts'
import { MigrationJournal, type JournaledRevision } from './migration-journal.ts'

/**
 * The revisions that a database knows, in the order in which they were applied; none where there is no journal. Changes nothing.
 * `STRUCTURE_FORMAT_NEWER`.
 */
export async function readApplied(
  runner: StatementRunner,
  dialect: SchemaDialect,
): Promise<readonly AppliedRevision[]> {
  return (await readJournaled(runner, dialect)).map(appliedOf)
}

/** The same with what it takes to go on with one that was begun. */
export async function readJournaled(
  runner: StatementRunner,
  dialect: SchemaDialect,
): Promise<readonly JournaledRevision[]> {
  const { hasJournal } = await readStructure(runner, dialect)
  if (!hasJournal) return []
  // The format is written when all tables are there: an earlier run may have been killed between two of them.
  if (!(await new Journal(runner, dialect).meta()).has('format')) return []
  return new MigrationJournal(runner, dialect).read()
}

/** Without what only a run needs. */
export function appliedOf(journaled: JournaledRevision): AppliedRevision {
  const { plan: _, startedAt: __, marks: ___, before: ____, ...applied } = journaled
  return applied
}
