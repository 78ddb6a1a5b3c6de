import { pathWithin, type PathShape } from './object-paths.ts'
import type { ObjectPath } from './plan/plan.ts'
import type { RenderContext } from './schema-dialect.ts'
import type { ForeignKeyShape } from './snapshot.ts'

/** Foreign keys whose target is there, or is the table itself, and those that have to wait for theirs. */
export function readyForeignKeys(
  table: string,
  foreignKeys: readonly ForeignKeyShape[],
  { knownTables }: Pick<RenderContext, 'knownTables'>,
): { readonly ready: readonly ForeignKeyShape[]; readonly waiting: readonly ForeignKeyShape[] } {
  const isReady = ({ targetTable }: ForeignKeyShape): boolean => targetTable === table || knownTables.has(targetTable)
  return { ready: foreignKeys.filter(isReady), waiting: foreignKeys.filter((foreignKey) => !isReady(foreignKey)) }
}

/** The ledger's path of what a step makes within a table. */
export function made(kind: ObjectPath['kind'], table: string, shape: PathShape): ObjectPath {
  return { kind, path: pathWithin(table, kind, shape) }
}
