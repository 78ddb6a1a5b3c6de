import { errors } from '../../errors/index.ts'
import type { Plan, Query, Rename, SchemaDialect } from '../../schema/index.ts'
import type { StatementRunner } from '../statement-runner.ts'

export interface KeyKeeping {
  readonly runner: StatementRunner
  readonly dialect: Pick<SchemaDialect, 'keyViolations'>
}

/**
 * Does work during which the engine does not look at foreign keys, and looks before and after: rows that were astray before may
 * stay so, others may not come to it. `STRUCTURE_KEYS_BROKEN`, upon which the transaction is to be rolled back.
 */
export function withKeptKeys<T>(
  keeping: KeyKeeping,
  { steps, renames }: Pick<Plan, 'steps' | 'renames'>,
  work: () => Promise<T>,
): Promise<T> {
  return steps.every(({ change }) => harmless.has(change)) ? work() : withCountedKeys(keeping, renames, work)
}

/** The same for work of which nothing else is known. */
export async function withCountedKeys<T>(
  { runner, dialect: { keyViolations } }: KeyKeeping,
  renames: readonly Rename[],
  work: () => Promise<T>,
): Promise<T> {
  if (keyViolations === null) return work()
  const before = await violations(runner, keyViolations, renames)
  const result = await work()
  const after = await violations(runner, keyViolations, [])
  const broken = [...after].flatMap(([keys, count]) => {
    const added = count - (before.get(keys) ?? 0)
    return added > 0 ? [{ keys, added }] : []
  })
  if (broken.length === 0) return result
  throw errors.STRUCTURE_KEYS_BROKEN({
    values: {
      count: broken.reduce((sum, { added }) => sum + added, 0),
      list: broken.map(({ keys, added }) => `${keys}: ${added}`).join(', '),
    },
  })
}

/** Steps that move no row and take none away. */
const harmless: ReadonlySet<string> = new Set(['createTable', 'addIndex', 'dropIndex', 'addColumn'])

/** How many rows of which table lack the row they refer to, by `portions → products` under the new names. */
async function violations(
  runner: StatementRunner,
  query: Query,
  renames: readonly Rename[],
): Promise<ReadonlyMap<string, number>> {
  const nameOf = (name: unknown): string =>
    renames.find(({ object, from }) => object === 'table' && from === name)?.to ?? String(name)
  const counts = new Map<string, number>()
  for (const row of await runner.rows(query)) {
    const keys = `${nameOf(row['table'])} → ${nameOf(row['parent'])}`
    counts.set(keys, (counts.get(keys) ?? 0) + 1)
  }
  return counts
}
