import type { ModelFact } from '../../model/index.ts'
import type { SchemaDialect } from '../../schema/index.ts'
import type { LockedUnits } from '../lock/structure-lock.ts'
import type { StatementRunner } from '../statement-runner.ts'

export interface Resync {
  readonly models: readonly ModelFact[]
  readonly transaction: LockedUnits['transaction']
}

/** Moves the numbering of each model behind the highest key there is, where the engine does not do so by itself. */
export async function resyncIdentities(
  runner: StatementRunner,
  dialect: SchemaDialect,
  { models, transaction }: Resync,
): Promise<void> {
  const statements = models.flatMap((model) => resyncsOf(dialect, model))
  if (statements.length === 0) return
  await transaction(async () => {
    for (const sql of statements) await runner.rows({ sql, parameters: [] })
  })
}

export function resyncsOf(dialect: SchemaDialect, { table, columns }: ModelFact): readonly string[] {
  return columns
    .filter(({ stamp }) => stamp === 'identity')
    .flatMap((column) => dialect.resyncIdentity(table, column.sqlName) ?? [])
}
