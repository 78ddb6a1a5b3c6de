import { dialectOf } from '../../src/connect/dialect-of.ts'
import type { Driver } from '../../src/database/index.ts'
import { structureOf, type Structure } from '../../src/sync/index.ts'

export interface OpenedStructure {
  readonly structure: Structure
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** Works on the structure of one database, on one connection. */
export async function withStructure<T>(url: string, work: (opened: OpenedStructure) => Promise<T>): Promise<T> {
  const { runtime, schema } = await dialectOf(url)
  const driver = await runtime.open({ url, pool: { size: 1, overflow: 0 } })
  try {
    return await work({ structure: structureOf({ driver, schema }), rows: (sql) => rowsOf(driver, sql) })
  } finally {
    await driver.close()
  }
}

async function rowsOf(driver: Driver, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const connection = await driver.acquire({ access: 'write', timeoutMs: 10_000 })
  try {
    return (await connection.execute({ sql, parameters: [] })).rows
  } finally {
    await driver.release(connection)
  }
}
