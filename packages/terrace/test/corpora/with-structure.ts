import { dialectOf } from '../../src/connect/dialect-of.ts'
import type { Driver } from '../../src/database/index.ts'
import { structureOf, type Structure } from '../../src/sync/index.ts'

export interface OpenedStructure {
  readonly structure: Structure
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  close(): Promise<void>
}

/** The structure of one database, by one connection. */
export async function openedStructure(url: string): Promise<OpenedStructure> {
  const { runtime, schema } = await dialectOf(url)
  const driver = await runtime.open({ url, pool: { size: 1, overflow: 0 } })
  return {
    structure: structureOf({ driver, schema }),
    rows: (sql) => rowsOf(driver, sql),
    close: () => driver.close(),
  }
}

export async function withStructure<T>(url: string, work: (opened: OpenedStructure) => Promise<T>): Promise<T> {
  const opened = await openedStructure(url)
  try {
    return await work(opened)
  } finally {
    await opened.close()
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
