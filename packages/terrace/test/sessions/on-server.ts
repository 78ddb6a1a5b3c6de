import { dialectOf } from '../../src/connect/dialect-of.ts'
import type { StatementResult } from '../../src/database/index.ts'

/** One statement on a connection of its own. */
export async function onServer(url: string, sql: string): Promise<StatementResult> {
  const driver = await (await dialectOf(url)).runtime.open({ url, pool: { size: 1, overflow: 0 } })
  try {
    const connection = await driver.acquire({ access: 'write', timeoutMs: 5_000 })
    try {
      return await connection.execute({ sql, parameters: [] })
    } finally {
      await driver.release(connection)
    }
  } finally {
    await driver.close()
  }
}
