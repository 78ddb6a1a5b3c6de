import type { Connection, Driver } from '../../src/database/index.ts'
import type { ColumnShape, Plan, Snapshot, Source, TableShape } from '../../src/schema/index.ts'
import { structureOf, type PlanOptions, type Structure } from '../../src/sync/index.ts'
import { createSchemaDialect, sqliteDialect } from '../../src/dialects/sqlite/index.ts'

export { plainColumn } from '../../src/testing/structures/draft.ts'

type Row = Readonly<Record<string, unknown>>

/** A database in memory, made by plain SQL, whose tables Terrace follows from then on. */
export interface LiveSqlite {
  readonly structure: Structure
  rows(sql: string): Promise<readonly Row[]>
  /** On one connection, which has ended its transaction afterwards. */
  run(statements: readonly string[]): Promise<void>
  /** Applies what an edit makes of the structure that is there. */
  change(edit: (snapshot: Snapshot) => Snapshot, options?: PlanOptions): Promise<Plan>
  /** The text of one object, or of all objects of one name's table. */
  text(name: string): Promise<string>
  close(): Promise<void>
}

export async function liveSqlite(statements: readonly string[], url = 'sqlite::memory:'): Promise<LiveSqlite> {
  const driver = await sqliteDialect.open({ url, pool: {} })
  await runAll(driver, statements)
  const structure = structureOf({ driver, schema: createSchemaDialect })
  await structure.adopt((await structure.introspect()).snapshot)
  return {
    structure,
    rows: (sql) => rowsOf(driver, sql),
    run: (all) => runAll(driver, all),
    change: async (edit, options) => structure.apply(edit((await structure.introspect()).snapshot), options),
    text: async (name) => {
      const [row] = await rowsOf(driver, `select sql from sqlite_schema where name = '${name}'`)
      return String(row?.['sql'])
    },
    close: () => driver.close(),
  }
}

async function rowsOf(driver: Driver, sql: string): Promise<readonly Row[]> {
  return connected(driver, async (connection) => (await connection.execute({ sql, parameters: [] })).rows)
}

function runAll(driver: Driver, statements: readonly string[]): Promise<void> {
  return connected(driver, async (connection) => {
    for (const sql of statements) await connection.execute({ sql, parameters: [] })
  })
}

async function connected<T>(driver: Driver, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await driver.acquire({ access: 'write', timeoutMs: 1_000 })
  try {
    return await work(connection)
  } finally {
    await driver.release(connection)
  }
}

/** The structure with one table edited. */
export function edited(name: string, edit: (table: TableShape) => Partial<TableShape>) {
  return ({ tables }: Snapshot): Snapshot => {
    const table = tables[name]
    if (table === undefined) throw new Error(`there is no table ${name}`)
    const { [name]: _, ...others } = tables
    const changed = { ...table, ...edit(table) }
    return { tables: { ...others, [changed.name]: changed } }
  }
}

/** The table's columns with one edited. */
export function withColumn(table: TableShape, name: string, edit: Partial<ColumnShape>): Pick<TableShape, 'columns'> {
  if (!table.columns.some((column) => column.name === name)) throw new Error(`there is no column ${name}`)
  return { columns: table.columns.map((column) => (column.name === name ? { ...column, ...edit } : column)) }
}

/** The table's columns without one. */
export function withoutColumn(table: TableShape, name: string): Pick<TableShape, 'columns'> {
  return { columns: table.columns.filter((column) => column.name !== name) }
}

export function renamedFrom(former: string): Source {
  return { model: 'Any', fact: 'column', name: former, columns: [], properties: [], renamedFrom: former }
}
