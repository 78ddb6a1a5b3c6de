import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverEngines, type ServerEngine } from './server-engines.ts'

/** Every engine that Terrace is tested on. */
export const engineNames = ['sqliteFile', 'sqliteMemory', 'pglite', 'postgres', 'mysql'] as const

export type EngineName = (typeof engineNames)[number]

/** An empty database of its own. */
export interface TestDatabase {
  readonly engine: EngineName
  /** What `openDatabase` and a dialect's `open` take. An in-memory database is new each time its URL is opened. */
  readonly url: string
  /** Removes the database and whatever is still connected to it. Close your own connections before. */
  drop(): Promise<void>
}

export type Availability =
  | { readonly engine: EngineName; readonly isAvailable: true }
  | { readonly engine: EngineName; readonly isAvailable: false; readonly reason: string; readonly isRequired: boolean }

/**
 * A new empty database on an engine. On a server it is named `terrace_test_<random>`, beside the database that
 * `TERRACE_TEST_POSTGRES_URL` or `TERRACE_TEST_MYSQL_URL` names (default: `test` on this machine, without password).
 */
export function freshDatabase(engine: EngineName): Promise<TestDatabase> {
  return makers[engine]()
}

/**
 * Whether an engine answers. `TERRACE_TEST_REQUIRE=postgres,mysql` marks engines whose absence is a failure
 * (`isRequired`), not a reason to skip.
 */
export async function availabilityOf(engine: EngineName): Promise<Availability> {
  const server = serverEngines[engine as ServerEngine['name']] as ServerEngine | undefined
  if (server === undefined) return { engine, isAvailable: true }
  const reason = await server.reasonUnavailable()
  if (reason === null) return { engine, isAvailable: true }
  return { engine, isAvailable: false, reason, isRequired: requiredEngines().includes(engine) }
}

function requiredEngines(): readonly string[] {
  return (process.env['TERRACE_TEST_REQUIRE'] ?? '').split(',').map((name) => name.trim())
}

const makers = {
  sqliteFile: freshFile,
  sqliteMemory: () => Promise.resolve(inMemory('sqliteMemory', 'sqlite::memory:')),
  pglite: () => Promise.resolve(inMemory('pglite', 'pglite::memory:')),
  postgres: () => freshOnServer(serverEngines.postgres),
  mysql: () => freshOnServer(serverEngines.mysql),
} as const satisfies Record<EngineName, () => Promise<TestDatabase>>

async function freshFile(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'terrace-test-'))
  return {
    engine: 'sqliteFile',
    url: `sqlite:${join(folder, 'test.db')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

function inMemory(engine: EngineName, url: string): TestDatabase {
  return { engine, url, drop: () => Promise.resolve() }
}

async function freshOnServer(server: ServerEngine): Promise<TestDatabase> {
  const name = `terrace_test_${randomBytes(6).toString('hex')}`
  await server.create(name)
  const url = new URL(server.url())
  url.pathname = `/${name}`
  return { engine: server.name, url: url.href, drop: () => server.drop(name) }
}
