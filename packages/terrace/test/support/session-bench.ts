import type { Kysely } from 'kysely'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { createDatabase } from '../../src/database/create-database.ts'
import { executorOf } from '../../src/database/executor-of.ts'
import {
  actingAs,
  type Database,
  type DatabaseObserver,
  type Driver,
  type FailureEvent,
  type PoolOptions,
  type RuntimeDialect,
  type Session,
} from '../../src/database/index.ts'
import { actor, graph, integer, model, reference, shared, text, uuid } from '../../src/model/index.ts'
import { engineFacts } from '../../src/testing/contract/runtime-dialect/engine-facts.ts'
import type { EngineUnderTest } from './describe-engines.ts'
import { recordingDriver, type RecordingDriver } from './recording-driver.ts'

const everybody = shared({ write: 'everyone' })
const Device = model('devices', { id: uuid().primaryKey() }, { access: actor() })
const Counter = model(
  'counters',
  {
    id: uuid().primaryKey(),
    label: text().length(1, 40).unique({ global: true }),
    hits: integer().range(0, 1_000_000),
  },
  { access: everybody },
)
const Part = model('parts', { id: uuid().primaryKey(), counterId: reference(Counter) }, { access: everybody })

const models = graph({ Device, Counter, Part })

interface CounterRow {
  readonly id: string
  readonly label: string
  readonly hits: number
}

interface Tables {
  readonly counters: CounterRow
  readonly parts: { readonly id: string; readonly counterId: string }
}

/** A unit of work's scope in these tests: some device. */
export const device = actingAs(models.Device, '01900000-0000-7000-8000-000000000001')

export interface SessionBench {
  readonly url: string
  readonly db: Database
  /** What the database's sessions asked of their driver, since the tables were made. */
  readonly driver: RecordingDriver
  readonly failures: FailureEvent[]
  readonly unscoped: string[]
}

export interface BenchOptions {
  readonly pool?: PoolOptions
  readonly acquireTimeoutMs?: number
  readonly statementTimeoutMs?: number
  /** A database that has its tables already. */
  readonly url?: string
  readonly dialect?: RuntimeDialect
  readonly observer?: DatabaseObserver
}

/** An empty database with the tables of these tests, and a `Database` over a driver that writes down what it is asked. */
export async function openBench(engine: EngineUnderTest, options: BenchOptions = {}): Promise<SessionBench> {
  const url = options.url ?? quickToSeeDeadlocks((await engine.fresh()).url)
  const dialect = options.dialect ?? (await dialectOf(url)).runtime
  const driver = recordingDriver(await dialect.open({ url, pool: options.pool ?? {} }))
  if (options.url === undefined) await createTables(driver, engine)
  driver.calls.length = 0
  const failures: FailureEvent[] = []
  const reasons: string[] = []
  const db = createDatabase({
    graph: models.Counter.graph,
    dialect,
    driver,
    acquireTimeoutMs: options.acquireTimeoutMs ?? 2_000,
    statementTimeoutMs: options.statementTimeoutMs ?? 30_000,
    observer: {
      failed: (event) => failures.push(event),
      unscoped: ({ reason }) => reasons.push(reason),
      ...options.observer,
    },
  })
  return { url, db, driver, failures, unscoped: reasons }
}

/** PostgreSQL looks for a deadlock after a second of waiting, unless it is told otherwise. */
function quickToSeeDeadlocks(url: string): string {
  return url.startsWith('postgres:') ? `${url}?options=${encodeURIComponent('-c deadlock_timeout=50ms')}` : url
}

async function createTables(driver: Driver, { name }: EngineUnderTest): Promise<void> {
  const { sqlType, tableOptions } = engineFacts[name]
  const id = `id ${sqlType({ kind: 'uuid' })} not null`
  const counters = [
    `create table counters (${id}, label ${sqlType({ kind: 'text', maxLength: 40 })} not null, hits integer not null`,
    'primary key (id)',
    'constraint uq_counters_label unique (label)',
    `constraint ck_counters_hits_range check (hits >= 0 and hits <= 1000000))${tableOptions}`,
  ]
  const parts = [
    `create table parts (${id}, counter_id ${sqlType({ kind: 'uuid' })} not null`,
    'primary key (id)',
    `constraint fk_parts_counter_id_counters foreign key (counter_id) references counters (id))${tableOptions}`,
  ]
  const connection = await driver.acquire({ access: 'write', timeoutMs: 2_000 })
  for (const clauses of [counters, parts])
    await connection.execute({ sql: clauses.join(', '), parameters: [], returnsRows: false })
  await driver.release(connection)
}

/** Hand-written queries in a session. */
export function sql(session: Session): Kysely<Tables> {
  return executorOf(session).queryBuilder() as unknown as Kysely<Tables>
}

export async function insert(session: Session, label: string, hits = 0): Promise<string> {
  const id = executorOf(session).newId()
  await sql(session).insertInto('counters').values({ id, label, hits }).execute()
  return id
}

export async function labels(session: Session): Promise<readonly string[]> {
  const rows = await sql(session).selectFrom('counters').select('label').orderBy('label').execute()
  return rows.map(({ label }) => label)
}

/** Labels of the rows that are committed, seen by a session of their own. */
export function committed({ db }: Pick<SessionBench, 'db'>): Promise<readonly string[]> {
  return db.session(device, labels)
}

/** Adds to a counter in the database itself. */
export async function hit(session: Session, id: string, by = 1): Promise<void> {
  await sql(session)
    .updateTable('counters')
    .set((row) => ({ hits: row('hits', '+', by) }))
    .where('id', '=', id)
    .execute()
}

export async function hitsOf({ db }: Pick<SessionBench, 'db'>, id: string): Promise<number | undefined> {
  const query = (session: Session) => sql(session).selectFrom('counters').select('hits').where('id', '=', id)
  const row = await db.session(device, (session) => query(session).executeTakeFirst())
  return row?.hits
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It was expected to reject')
}
