import { afterAll, expect } from 'vitest'
import type { Connection, Driver } from '../../src/database/index.ts'
import { createSchemaDialect, mysqlDialect } from '../../src/dialects/mysql/index.ts'
import type { LiveStructure, Plan, Query, Snapshot, TableShape } from '../../src/schema/index.ts'
import { structureOf, type PlanOptions, type Structure } from '../../src/sync/index.ts'
import type { EngineUnderTest } from './describe-engines.ts'

/** State → SQL → state: what tables are made of, what they shall be, and rows in between. */
export interface Scenario {
  readonly from: readonly string[]
  readonly rows?: readonly string[]
  /** Made in the empty database and read: that is what is wanted. */
  readonly to: readonly string[]
  readonly options?: PlanOptions
  /** Changes what was read, as `renamedFrom` in a model does. */
  readonly declared?: (wanted: Snapshot) => Snapshot
}

export interface Followed {
  readonly plan: Plan
  /** The statements of all steps. */
  readonly sql: readonly string[]
}

/** One database of MySQL or MariaDB, emptied for each state. */
export interface MysqlStructures {
  run(...statements: readonly string[]): Promise<void>
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  read(): Promise<LiveStructure>
  structure(): Promise<Structure>
  shapeOf(...statements: readonly string[]): Promise<Snapshot>
  /** An empty database with these, taken for the engine's own. */
  begin(...statements: readonly string[]): Promise<void>
  /** Goes from the one to the other, finds nothing more to do, and goes back where that is possible. */
  follow(scenario: Scenario): Promise<Followed>
  /** Stops behind every step, as a process that is killed does, and starts anew: each probe must know whether its step was done. */
  followKilled(scenario: Scenario): Promise<number>
}

export function mysqlStructures(engine: EngineUnderTest): MysqlStructures {
  let opened: Promise<Driver> | null = null
  afterAll(async () => (await opened)?.close())
  const driver = (): Promise<Driver> =>
    (opened ??= engine.fresh().then(({ url }) => mysqlDialect.open({ url, pool: {} })))
  const withConnection = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const pool = await driver()
    const connection = await pool.acquire({ access: 'write', timeoutMs: 5_000 })
    try {
      return await work(connection)
    } finally {
      await pool.release(connection)
    }
  }
  const ask = (query: Query) => withConnection(async (connection) => (await connection.execute(query)).rows)
  const rows = (sql: string) => ask({ sql, parameters: [] })
  const run = (...statements: readonly string[]): Promise<void> =>
    withConnection(async (connection) => {
      for (const sql of statements) await connection.execute({ sql, parameters: [], returnsRows: false })
    })
  const empty = async (): Promise<void> => {
    const found = await rows(
      `select table_name as name, table_type as kind from information_schema.tables where table_schema = database()`,
    )
    const drops = found.map(({ name, kind }) => `drop ${kinds[String(kind)] ?? 'table'} \`${String(name)}\``)
    await run('set foreign_key_checks = 0', ...drops, 'set foreign_key_checks = 1')
  }
  const structure = async (): Promise<Structure> =>
    structureOf({ driver: await driver(), schema: createSchemaDialect, lockTimeoutMs: 5_000 })
  const read = async (): Promise<LiveStructure> => (await structure()).introspect()
  const shapeOf = async (...statements: readonly string[]): Promise<Snapshot> => {
    await empty()
    await run(...statements)
    return (await read()).snapshot
  }
  const begin = async (...statements: readonly string[]): Promise<void> => {
    await empty()
    await run(...statements)
    await (await structure()).adopt((await read()).snapshot)
  }
  const start = async ({ from, rows: given = [], to, declared = (wanted) => wanted }: Scenario): Promise<Snapshot> => {
    const wanted = declared(await shapeOf(...to))
    await begin(...from)
    await run(...given)
    return wanted
  }
  const follow = async (scenario: Scenario): Promise<Followed> => {
    const wanted = await start(scenario)
    const before = (await read()).snapshot
    const live = await structure()
    const plan = await live.apply(wanted, scenario.options)
    expect(plain((await read()).snapshot)).toEqual(plain(wanted))
    expect((await live.plan(wanted)).steps).toEqual([])
    if (plan.steps.every(({ inverse }) => inverse !== null)) {
      await live.undo(plan)
      expect(plain((await read()).snapshot)).toEqual(plain(before))
    }
    return { plan, sql: plan.steps.flatMap(({ statements }) => statements) }
  }
  const isApplied = async (probe: Query): Promise<boolean> => Number((await ask(probe))[0]?.['applied']) === 1
  const followKilled = async (scenario: Scenario): Promise<number> => {
    const wanted = await start(scenario)
    const { steps } = await (await structure()).plan(wanted, scenario.options)
    for (const [at, { statements, idempotenceProbe }] of steps.entries()) {
      await begin(...scenario.from)
      await run(...(scenario.rows ?? []))
      for (const earlier of steps.slice(0, at)) await run(...earlier.statements)
      expect(await isApplied(idempotenceProbe), `before ${statements.join()}`).toBe(false)
      await run(...statements)
      expect(await isApplied(idempotenceProbe), `after ${statements.join()}`).toBe(true)
      if (steps.some(({ phase }) => phase === 'rename')) continue
      await (await structure()).apply(wanted, scenario.options)
      expect(plain((await read()).snapshot), `killed behind ${statements.join()}`).toEqual(plain(wanted))
    }
    return steps.length
  }
  return { run, rows, read, structure, shapeOf, begin, follow, followKilled }
}

const kinds: Readonly<Record<string, string>> = { VIEW: 'view', SEQUENCE: 'sequence' }

/** What counts: the order of columns, and what an object was read from, do not. */
function plain({ tables }: Snapshot): unknown {
  const text = JSON.stringify(tables, (key, value: unknown) =>
    key === 'definition' || key === 'source' ? undefined : value,
  )
  return Object.values(JSON.parse(text) as Record<string, TableShape>).map((table) => ({
    ...table,
    columns: table.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }))
}
