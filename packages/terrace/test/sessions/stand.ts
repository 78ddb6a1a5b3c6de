import { Agent } from 'node:http'
import SqliteFile from 'better-sqlite3'
import { startApp, type RunningApp, type StartOptions } from '../../src/app/index.ts'
import { openDatabase } from '../../src/connect/index.ts'
import { everyone, type Database } from '../../src/database/index.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { cuttingProxy, type CuttingProxy } from '../support/cutting-proxy.ts'
import { endingsApp } from './endings-app.ts'
import { endingModels, Entries } from './entries.ts'
import { commitGuards } from './commit-guards.ts'
import { onServer } from './on-server.ts'
import { Stage } from './stage.ts'
import { takenCode } from './works.ts'

/** A running app on an engine, and the ways to it and around it. */
export interface Stand {
  readonly engine: EngineName
  readonly stage: Stage
  readonly app: RunningApp
  /** Null where the engine is in this process. */
  readonly proxy: CuttingProxy | null
  readonly agent: Agent
  /** The lines of its log, of level `error`. */
  readonly errors: string[]
  /** Another app on the same database. */
  another(options?: StartOptions): Promise<RunningApp>
  /** Labels that begin with this one, seen by another connection, in order. */
  stored(label: string): Promise<readonly string[]>
  /** All labels, seen by another connection. */
  all(): Promise<readonly string[]>
  /** Transactions that are open in the database, whoever has them. */
  openTransactions(): Promise<number>
  close(): Promise<void>
}

export interface StandOptions extends StartOptions {
  /** The way to a server leads over a proxy that can break it. Default true. */
  readonly isProxied?: boolean
}

const address = { host: '127.0.0.1', port: 0, metrics: false, structure: 'off' } as const

export async function openStand(
  engine: EngineName,
  url: string,
  { isProxied = true, ...options }: StandOptions = {},
): Promise<Stand> {
  const isServer = engine === 'postgres' || engine === 'mysql'
  const isMemory = engine === 'sqliteMemory'
  const proxy = isServer && isProxied ? await cuttingProxy(url) : null
  const stage = new Stage()
  const errors: string[] = []
  const logTo = { write: (line: string) => void (line.includes('"level":50') && errors.push(line)) }
  const start = (more: StartOptions, structure: 'safe' | 'off') =>
    startApp(endingsApp(stage), { ...address, databaseUrl: proxy?.url ?? url, logTo, ...options, ...more, structure })
  const app = await start({}, 'safe')
  const direct = isMemory ? app.database : await openDatabase(url, { models: endingModels, structure: 'off' })
  await commitGuards(engine, isMemory ? null : url)
  await direct.session(everyone, async (session) => {
    await session.use(Entries).write('taken', { code: takenCode })
    for (const label of ['left', 'right']) await session.use(Entries).write(label)
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return {
    engine,
    stage,
    app,
    proxy,
    agent,
    errors,
    another: (more = {}) => start(more, 'off'),
    stored: (label) => labelsIn(direct, [label, `${label} inner`, `${label} later`]),
    all: () => labelsIn(direct, null),
    openTransactions: () => openTransactions(engine, url),
    close: async () => {
      agent.destroy()
      await app.stop()
      if (direct !== app.database) await direct.close()
      await proxy?.close()
    },
  }
}

async function labelsIn(database: Database, wanted: readonly string[] | null): Promise<readonly string[]> {
  const { rows } = await database.session(everyone, (session) =>
    session
      .use(Entries)
      .list({ sort: ['label'], ...(wanted === null ? {} : { where: { label: { in: wanted } } }) } as never),
  )
  return rows.map(({ label }) => label)
}

async function openTransactions(engine: EngineName, url: string): Promise<number> {
  if (engine === 'sqliteMemory') return 0
  if (engine === 'sqliteFile') return lockedIn(url)
  const { rows } = await onServer(url, counting[engine as keyof typeof counting])
  return Number(rows[0]?.['n'])
}

const counting = {
  postgres: `select count(*) as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
  mysql:
    'select count(*) as n from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id where p.db = database()',
} as const

/** 1 where somebody has the lock of the file. */
function lockedIn(url: string): number {
  const file = new SqliteFile(url.slice('sqlite:'.length), { timeout: 0 })
  try {
    file.exec('begin immediate; rollback')
    return 0
  } catch {
    return 1
  } finally {
    file.close()
  }
}
