import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mysqlDialect } from '../../../src/dialects/mysql/index.ts'
import { serverEngines } from '../../../src/testing/server-engines.ts'
import { freshDatabase, type EngineName } from '../../../src/testing/servers.ts'
import { runOn } from './depot-state.ts'

export interface ShortDatabase {
  readonly url: string
  drop(): Promise<void>
}

/** Engines whose databases outlive a process. */
export type LastingEngine = Extract<EngineName, 'sqliteFile' | 'postgres' | 'mysql'> | 'pgliteFolder'

export function emptyDatabase(engine: LastingEngine): Promise<ShortDatabase> {
  return engine === 'pgliteFolder' ? emptyFolder() : freshDatabase(engine)
}

/** A database that has all that another one has, which nobody may have open. */
export function copyOf(engine: LastingEngine, { url }: ShortDatabase): Promise<ShortDatabase> {
  return copiers[engine](url)
}

const copiers: Readonly<Record<LastingEngine, (url: string) => Promise<ShortDatabase>>> = {
  sqliteFile: copiedFile,
  pgliteFolder: copiedFolder,
  postgres: copiedByServer,
  mysql: copiedByStatements,
}

async function emptyFolder(): Promise<ShortDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'terrace-test-'))
  const drop = (): Promise<void> => rm(folder, { recursive: true, force: true })
  return { url: `pglite:${join(folder, 'database')}`, drop }
}

async function copiedFolder(url: string): Promise<ShortDatabase> {
  const copy = await emptyFolder()
  await cp(pathOf(url), pathOf(copy.url), { recursive: true })
  return copy
}

async function copiedFile(url: string): Promise<ShortDatabase> {
  const copy = await freshDatabase('sqliteFile')
  // Whoever closed it last has written the log back into the file.
  await cp(pathOf(url), pathOf(copy.url))
  return copy
}

function pathOf(url: string): string {
  return url.slice(url.indexOf(':') + 1)
}

async function copiedByServer(url: string): Promise<ShortDatabase> {
  const server = serverEngines.postgres
  const name = `terrace_test_${randomBytes(6).toString('hex')}`
  await runOn(server.url(), `create database "${name}" template "${databaseOf(url)}"`)
  return { url: withDatabase(url, name), drop: () => server.drop(name) }
}

/** MariaDB and MySQL copy no databases: each table is made again by its own statement, and filled from its original. */
async function copiedByStatements(url: string): Promise<ShortDatabase> {
  const from = databaseOf(url)
  const copy = await freshDatabase('mysql')
  const driver = await mysqlDialect.open({ url: copy.url, pool: { size: 1, overflow: 0 } })
  const connection = await driver.acquire({ access: 'write', timeoutMs: 10_000 })
  const rows = async (sql: string) => (await connection.execute({ sql, parameters: [] })).rows
  await rows('set foreign_key_checks = 0')
  for (const { name } of await rows(
    `select table_name as name from information_schema.tables where table_schema = '${from}'`,
  )) {
    const [shown] = await rows(`show create table \`${from}\`.\`${String(name)}\``)
    await rows(String(shown?.['Create Table']))
    const filled = await rows(
      `select column_name as name from information_schema.columns
       where table_schema = '${from}' and table_name = '${String(name)}' and generation_expression is null`,
    )
    const columns = filled.map((column) => `\`${String(column['name'])}\``).join(', ')
    await rows(`insert into \`${String(name)}\` (${columns}) select ${columns} from \`${from}\`.\`${String(name)}\``)
  }
  await driver.release(connection, { broken: true })
  await driver.close()
  return copy
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
