import {
  DriverError,
  isScratchLeftover,
  scratchName,
  withOnlyConnection,
  type Connection,
  type ScratchDialect,
  type ScratchObject,
} from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { parseServerUrl } from './connection-url.ts'
import { quoteName } from './schema-flavour.ts'
import { openServer } from './server-driver.ts'

/** Databases on the same server, with the character set and collation of the original. */
export const scratchDialect: ScratchDialect = { make, contents, clear, removeRows }

async function make(url: string): ReturnType<ScratchDialect['make']> {
  const name = scratchName()
  await withOnlyConnection({ url, open: openServer }, async (connection) => {
    await sweep(connection)
    const [row] = await rowsOf(
      connection,
      'select default_character_set_name as charset, default_collation_name as collation ' +
        'from information_schema.schemata where schema_name = database()',
    )
    const like = ` character set ${String(row?.['charset'])} collate ${String(row?.['collation'])}`
    await granted(url, () => run(connection, `create database ${quoteName(name)}${like}`))
  })
  const scratch = new URL(url)
  scratch.pathname = `/${name}`
  const drop = (): Promise<void> =>
    withOnlyConnection({ url, open: openServer }, (connection) =>
      run(connection, `drop database if exists ${quoteName(name)}`),
    )
  return { url: scratch.href, drop }
}

async function granted<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DriverError) || error.kind !== 'permission') throw error
    const problem = `the user of ${parseServerUrl(url).forMessages} may not make a database`
    const remedy =
      'Grant it: grant all privileges on `\\_terrace\\_s\\_%`.* to <user>, or give an empty database: --scratch <url>'
    throw errors.SCRATCH_REFUSED({ values: { problem, remedy }, cause: error })
  }
}

/** One that this user may not remove is another's. */
async function sweep(connection: Connection): Promise<void> {
  const sql = `select schema_name as name from information_schema.schemata where schema_name like '\\_terrace\\_s\\_%'`
  for (const { name } of await rowsOf(connection, sql)) {
    if (!isScratchLeftover(String(name))) continue
    try {
      await run(connection, `drop database if exists ${quoteName(String(name))}`)
    } catch (error) {
      if (!(error instanceof DriverError) || error.kind !== 'permission') throw error
    }
  }
}

interface ServerObject extends ScratchObject {
  readonly kind: string
  readonly sqlName: string
}

const kinds: Readonly<Record<string, string>> = {
  'BASE TABLE': 'table',
  'SYSTEM VERSIONED': 'table',
  VIEW: 'view',
  SEQUENCE: 'sequence',
}

async function contents(connection: Connection): Promise<readonly ServerObject[]> {
  const rows = await rowsOf(
    connection,
    'select table_type as kind, table_name as name from information_schema.tables where table_schema = database() ' +
      'union all select routine_type, routine_name from information_schema.routines where routine_schema = database() ' +
      `union all select 'EVENT', event_name from information_schema.events where event_schema = database()`,
  )
  return rows.map((row) => {
    const kind = kinds[String(row['kind'])] ?? String(row['kind']).toLowerCase()
    const sqlName = String(row['name'])
    return { name: `${kind} ${sqlName}`, mayStay: false, kind, sqlName }
  })
}

/** In one statement for each kind, where there is one: dropping tables one by one is most of what trying out takes. */
async function clear(connection: Connection, kept: ReadonlySet<string>): Promise<void> {
  const gone = (await contents(connection)).filter(({ name }) => !kept.has(name))
  if (gone.length === 0) return
  const byKind = Map.groupBy(gone, ({ kind }) => kind)
  await withoutKeys(connection, async () => {
    for (const [kind, objects] of byKind) {
      const names = objects.map(({ sqlName }) => quoteName(sqlName))
      const isList = kind === 'table' || kind === 'view' || kind === 'sequence'
      for (const name of isList ? [names.join(', ')] : names) await run(connection, `drop ${kind} if exists ${name}`)
    }
  })
}

async function removeRows(connection: Connection, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return
  await withoutKeys(connection, async () => {
    for (const table of tables) await run(connection, `delete from ${quoteName(table)}`)
  })
}

async function rowsOf(connection: Connection, sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await connection.execute({ sql, parameters: [] })).rows
}

async function run(connection: Connection, sql: string): Promise<void> {
  await connection.execute({ sql, parameters: [], returnsRows: false })
}

/** The connection goes back to where others use it. */
async function withoutKeys(connection: Connection, work: () => Promise<void>): Promise<void> {
  await run(connection, 'set foreign_key_checks = 0')
  try {
    await work()
  } finally {
    await run(connection, 'set foreign_key_checks = 1')
  }
}
