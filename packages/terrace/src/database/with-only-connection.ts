import type { Connection, Driver } from './driver.ts'
import type { RuntimeDialect } from './runtime-dialect.ts'

/** Opens a database for one piece of work on one connection, and closes it again. */
export async function withOnlyConnection<T>(
  { url, open }: { readonly url: string; readonly open: RuntimeDialect['open'] },
  work: (connection: Connection, driver: Driver) => Promise<T>,
): Promise<T> {
  const driver = await open({ url, pool: { size: 1, overflow: 0 } })
  try {
    const connection = await driver.acquire({ access: 'write', timeoutMs: 10_000 })
    try {
      return await work(connection, driver)
    } finally {
      await driver.release(connection)
    }
  } finally {
    await driver.close()
  }
}
