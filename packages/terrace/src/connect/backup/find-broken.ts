import type { Connection, IntegrityProblem } from '../../database/index.ts'
import type { LiveStructure } from '../../schema/index.ts'
import { brokenReaders, StatementRunner } from '../../sync/index.ts'
import type { Dialect } from '../dialects.ts'

/** Views and triggers that ask for what is no longer there, on engines that let it go from under them. */
export async function findBroken(
  connection: Connection,
  live: LiveStructure,
  { schema }: Dialect,
): Promise<readonly IntegrityProblem[]> {
  const runner = new StatementRunner(connection)
  const broken = await brokenReaders({ runner, dialect: schema(connection.capabilities), live })
  return [...broken].map(([object, { cause }]) => ({
    object,
    what: `does not work: ${cause instanceof Error ? cause.message : 'it asks for what is not there'}`,
    remedy: 'Drop it, or make it again as it should be by now',
  }))
}
