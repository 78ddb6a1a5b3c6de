import { readStructure, StatementRunner } from '../sync/index.ts'
import { dialectOf } from './dialect-of.ts'

/** A table, or a column of one. */
export interface RowPlace {
  readonly table: string
  readonly column: string | null
}

/**
 * Which of these have rows, or values other than NULL; by default, which tables do. What is not in the database has none. For whoever is about
 * to take something away: what Terrace keeps for itself does not count.
 */
export async function filledObjects(url: string, places?: readonly RowPlace[]): Promise<readonly RowPlace[]> {
  const dialect = await dialectOf(url)
  // To open a file that is not there would make it.
  if (places === undefined && dialect.backup.exists(url) === false) return []
  const driver = await dialect.runtime.open({ url, pool: {} })
  try {
    const schema = dialect.schema(driver.capabilities)
    const connection = await driver.acquire({ access: 'read', timeoutMs: acquireTimeoutMs })
    try {
      const runner = new StatementRunner(connection)
      const { snapshot } = await readStructure(runner, schema)
      const columnsOf = (table: string): readonly string[] =>
        (snapshot.tables[table]?.columns ?? []).map(({ name }) => name)
      const asked = places ?? Object.keys(snapshot.tables).map((table): RowPlace => ({ table, column: null }))
      const there = asked.filter(({ table, column }) =>
        column === null ? snapshot.tables[table] !== undefined : columnsOf(table).includes(column),
      )
      const filled: RowPlace[] = []
      for (const place of there) if (await isFilled(runner, schema, place)) filled.push(place)
      return filled
    } finally {
      await driver.release(connection)
    }
  } finally {
    await driver.close()
  }
}

const acquireTimeoutMs = 10_000

async function isFilled(
  runner: StatementRunner,
  { quoteName }: { quoteName(name: string): string },
  { table, column }: RowPlace,
): Promise<boolean> {
  const condition = column === null ? '' : ` where ${quoteName(column)} is not null`
  const rows = await runner.rows({
    sql: `select 1 as found from ${quoteName(table)}${condition} limit 1`,
    parameters: [],
  })
  return rows.length > 0
}
