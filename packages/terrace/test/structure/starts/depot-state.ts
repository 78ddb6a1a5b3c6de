import type { Driver } from '../../../src/database/index.ts'
import { dialectOf } from '../../../src/connect/dialect-of.ts'
import { structureOf } from '../../../src/sync/index.ts'
import type { Snapshot } from '../../../src/schema/index.ts'

export type Row = Readonly<Record<string, unknown>>

/** All that a start leaves and another one would have to leave alike. */
export interface DepotState {
  /** What the engine reads, in any order of columns. */
  readonly structure: Snapshot
  /** By table, as sorted texts. */
  readonly rows: Readonly<Record<string, readonly string[]>>
  /** Kinds and paths of what the ledger owns. */
  readonly owned: readonly string[]
  /** Steps that the journal believes to be under way. */
  readonly unfinished: readonly Row[]
  /** Tables that a comparison has left behind. */
  readonly leftovers: readonly string[]
}

/** Reads a whole database, the journal's own tables but for what must not differ. */
export async function depotState(url: string): Promise<DepotState> {
  const { runtime, schema } = await dialectOf(url)
  const driver = await runtime.open({ url, pool: {} })
  try {
    const structure = structureOf({ driver, schema })
    const { snapshot, leftovers } = await structure.introspect()
    const quote = (name: string): string => structure.dialect.quoteName(name)
    const rows: Record<string, readonly string[]> = {}
    for (const table of Object.keys(snapshot.tables)) {
      rows[table] = (await rowsOf(driver, `select * from ${quote(table)}`)).map(textOf).toSorted()
    }
    const owned = await rowsOf(driver, 'select kind, path from terrace_object')
    const unfinished = await rowsOf(driver, `select n, sql_hash from terrace_step where state = 'begun'`)
    return { structure: inOrder(snapshot), rows, owned: owned.map(textOf).toSorted(), unfinished, leftovers }
  } finally {
    await driver.close()
  }
}

/** Runs one statement on a database. */
export async function runOn(url: string, sql: string): Promise<readonly Row[]> {
  const { runtime } = await dialectOf(url)
  const driver = await runtime.open({ url, pool: { size: 1, overflow: 0 } })
  try {
    return await rowsOf(driver, sql)
  } finally {
    await driver.close()
  }
}

async function rowsOf(driver: Driver, sql: string): Promise<readonly Row[]> {
  const connection = await driver.acquire({ access: 'write', timeoutMs: 10_000 })
  try {
    return (await connection.execute({ sql, parameters: [] })).rows
  } finally {
    await driver.release(connection)
  }
}

/** The laws hold modulo the order of columns. */
function inOrder({ tables }: Snapshot): Snapshot {
  const byName = <T extends { readonly name: string | null }>(objects: readonly T[]): readonly T[] =>
    objects.toSorted((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))
  const sorted = Object.entries(tables).map(([name, table]) => [
    name,
    {
      ...table,
      definition: undefined,
      columns: byName(table.columns),
      uniques: byName(table.uniques),
      indexes: byName(table.indexes),
      foreignKeys: byName(table.foreignKeys),
      checks: byName(table.checks),
    },
  ])
  return { tables: Object.fromEntries(sorted) as Snapshot['tables'] }
}

function textOf(row: Row): string {
  const cells = Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(cells, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
