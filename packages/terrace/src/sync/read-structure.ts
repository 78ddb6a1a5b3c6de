import type { CatalogueScope, LiveStructure, SchemaDialect } from '../schema/index.ts'
import type { StatementRunner } from './statement-runner.ts'

/** Reads the structure that a connection sees, by the dialect's catalogue queries: at most six. */
export async function readStructure(
  runner: StatementRunner,
  { catalogue }: SchemaDialect,
  scope: CatalogueScope = 'live',
): Promise<LiveStructure> {
  const rows: (readonly Readonly<Record<string, unknown>>[])[] = []
  for (const query of catalogue.queries(scope)) rows.push(await runner.rows(query))
  return catalogue.read(rows, scope)
}
