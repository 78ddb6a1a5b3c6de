import { dialectOf } from '../../src/connect/dialect-of.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Runs SQL that somebody else wrote; `"` quotes a name on every engine. */
export async function byHand(url: string, ...statements: readonly string[]): Promise<Rows> {
  const { runtime, schema } = await dialectOf(url)
  const driver = await runtime.open({ url, pool: { size: 1, overflow: 0 } })
  const { quoteName } = schema(driver.capabilities)
  try {
    const connection = await driver.acquire({ access: 'write', timeoutMs: 10_000 })
    try {
      let rows: Rows = []
      for (const statement of statements) {
        const sql = statement.replaceAll(/"([^"]*)"/g, (_, name: string) => quoteName(name))
        rows = (await connection.execute({ sql, parameters: [] })).rows
      }
      return rows
    } finally {
      await driver.release(connection)
    }
  } finally {
    await driver.close()
  }
}
