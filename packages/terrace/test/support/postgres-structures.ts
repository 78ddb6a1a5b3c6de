import { afterAll, expect } from 'vitest'
import { createSchemaDialect, postgresDialect } from '../../src/dialects/postgres/index.ts'
import type { Connection, Driver } from '../../src/database/index.ts'
import type { LiveStructure, Plan, Snapshot, TableShape } from '../../src/schema/index.ts'
import { structureOf, type PlanOptions, type Structure } from '../../src/sync/index.ts'
import type { EngineUnderTest } from './describe-engines.ts'

export { plainColumn } from '../../src/testing/structures/draft.ts'

/** State → SQL → state: what a table is made of, what it shall be, and rows in between. */
export interface Scenario {
  readonly from: readonly string[]
  readonly rows?: readonly string[]
  /** Made in an empty schema of its own, and read: that is what is wanted. */
  readonly to: readonly string[]
  readonly options?: PlanOptions
}

export interface Followed {
  readonly plan: Plan
  /** The statements of all steps. */
  readonly sql: readonly string[]
}

/** One database, emptied for each state. */
export interface StructureBench {
  run(...statements: readonly string[]): Promise<void>
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  empty(): Promise<void>
  structure(): Promise<Structure>
  read(): Promise<LiveStructure>
  /** What these statements make of an empty schema; it is empty again afterwards. */
  shapeOf(...statements: readonly string[]): Promise<Snapshot>
  /** An empty schema with these, taken for the engine's own. */
  begin(...statements: readonly string[]): Promise<void>
  /** Goes from the one to the other, finds it done and nothing more to do. */
  follow(scenario: Scenario): Promise<Followed>
  /** The same, and then back again. */
  followAndReturn(scenario: Scenario): Promise<Followed>
}

export function structureBench(engine: EngineUnderTest): StructureBench {
  let opened: Promise<Driver> | null = null
  afterAll(async () => (await opened)?.close())
  const driver = (): Promise<Driver> =>
    (opened ??= engine.fresh().then(({ url }) => postgresDialect.open({ url, pool: {} })))
  const withConnection = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const pool = await driver()
    const connection = await pool.acquire({ access: 'write', timeoutMs: 5_000 })
    try {
      return await work(connection)
    } finally {
      await pool.release(connection)
    }
  }
  const run = (...statements: readonly string[]): Promise<void> =>
    withConnection(async (connection) => {
      for (const sql of statements) await connection.execute({ sql, parameters: [], returnsRows: false })
    })
  const empty = (): Promise<void> => run('drop schema public cascade', 'create schema public')
  const structure = async (): Promise<Structure> =>
    structureOf({ driver: await driver(), schema: createSchemaDialect, lockTimeoutMs: 5_000 })
  const read = async (): Promise<LiveStructure> => (await structure()).introspect()
  const shapeOf = async (...statements: readonly string[]): Promise<Snapshot> => {
    await empty()
    await run(...statements)
    const { snapshot } = await read()
    await empty()
    return snapshot
  }
  const begin = async (...statements: readonly string[]): Promise<void> => {
    await empty()
    await run(...statements)
    await (await structure()).adopt((await read()).snapshot)
  }
  const go = async ({
    from,
    rows = [],
    to,
    options = {},
  }: Scenario): Promise<Followed & { readonly before: Snapshot }> => {
    const wanted = await shapeOf(...to)
    await begin(...from)
    const before = (await read()).snapshot
    await run(...rows)
    const engineStructure = await structure()
    const plan = await engineStructure.apply(wanted, options)
    expect(plain((await read()).snapshot)).toEqual(plain(wanted))
    expect((await engineStructure.plan(wanted)).steps).toEqual([])
    return { plan, before, sql: plan.steps.flatMap(({ statements }) => statements) }
  }
  return {
    run,
    rows: (sql) => withConnection(async (connection) => (await connection.execute({ sql, parameters: [] })).rows),
    empty,
    structure,
    read,
    shapeOf,
    begin,
    follow: go,
    followAndReturn: async (scenario) => {
      const followed = await go(scenario)
      const engineStructure = await structure()
      await engineStructure.undo(followed.plan)
      // By the database's own judgement: an expression that was made again may be printed otherwise.
      expect((await engineStructure.plan(followed.before)).steps).toEqual([])
      return followed
    },
  }
}

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
