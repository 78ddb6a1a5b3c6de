import {
  DummyDriver,
  type ExpressionBuilder,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { createStatementCompiler } from '../../src/database/compile/create-statement-compiler.ts'
import {
  createDatabase,
  executorOf,
  unscoped,
  type Database,
  type Scope,
  type Session,
  type SessionExecutor,
} from '../../src/database/index.ts'
import type { ModelFact, ModelGraph } from '../../src/model/index.ts'
import { synchronize } from '../../src/sync/index.ts'
import type { EngineUnderTest } from '../support/describe-engines.ts'
import { shopGraph } from './shop-models.ts'
import { annUser, ann, type Row, type Rows } from './shop-rows.ts'

/** Tables by name, columns by property: these tests are about what happens at run time. */
// oxlint-disable-next-line typescript/no-explicit-any -- any statement that can be written
export type AnyDb = Kysely<any>
// oxlint-disable-next-line typescript/no-explicit-any -- the same
export type AnyEb = ExpressionBuilder<any, any>

/** Builds trees and runs nothing. */
export const treeBuilder: AnyDb = new Kysely({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** The one instant of every session of these tests. */
export const now = new Date(Date.UTC(2026, 5, 7, 8, 9, 10, 111))

export const asAnn: Scope = { kind: 'actor', actor: { Device: ann, User: annUser }, roles: [] }

export interface Shop {
  /** As an app has it. */
  readonly db: Database
  /** The same tables for a graph in which nothing is owned and nothing can be deleted: its queries see every row there is. */
  readonly unguarded: Database
}

/** A database with the shop's tables, empty. Without foreign keys: an erased copy refers to rows that it never had. */
export async function openShop(engine: EngineUnderTest): Promise<Shop> {
  const { url } = await engine.fresh()
  const { runtime: dialect, schema } = await dialectOf(url)
  const driver = await dialect.open({ url, pool: { size: 2 } })
  await synchronize({ driver, dialect, schema, graph: without(shopGraph, { references: [], inverses: [] }) })
  return {
    db: createDatabase({ graph: shopGraph, dialect, driver, clock: () => now.getTime() }),
    unguarded: createDatabase({ graph: unguardedGraph, dialect, driver }),
  }
}

/** These rows and no others. */
export function fill({ unguarded }: Shop, rows: Rows): Promise<void> {
  return unguarded.session(unscoped('test rows'), (session) =>
    fillTables(executorOf(session), Object.keys(shopGraph.tables), rows),
  )
}

/** These rows and no others of these tables. */
export async function fillTables(executor: SessionExecutor, tables: readonly string[], rows: Rows): Promise<void> {
  const everything = executor.queryBuilder({ allowUnbounded: true }) as unknown as AnyDb
  for (const table of tables) await everything.deleteFrom(table).execute()
  await insertAll(executor, rows)
}

/** By the compiler itself, the way the DAO writes: as they are, owners and deletion too. */
async function insertAll(executor: SessionExecutor, rows: Rows): Promise<void> {
  for (const [table, list] of Object.entries(rows)) {
    if (list.length === 0) continue
    const node = treeBuilder
      .insertInto(table)
      .values(list as Row[])
      .toOperationNode()
    const options = { scope: executor.scope, deleted: 'without', byRule: true, named: false } as const
    await executor.run(executor.compiler.compile(node, options))
  }
}

export function without(graph: ModelGraph, facts: Partial<ModelFact>): ModelGraph {
  const changed = (all: ModelGraph['models']): ModelGraph['models'] =>
    Object.fromEntries(Object.entries(all).map(([name, fact]) => [name, { ...fact, ...facts }]))
  return { ...graph, models: changed(graph.models), tables: changed(graph.tables) }
}

export const unguardedGraph = without(shopGraph, { references: [], access: { kind: 'open' }, softDelete: null })

/** Every row of every table, deleted or not, as the session sees them now. */
export async function everyRow(session: Session): Promise<Rows> {
  const executor = executorOf(session)
  const { dialect, capabilities, scope } = executor
  const compiler = createStatementCompiler({ graph: unguardedGraph, dialect, capabilities })
  const tables: Record<string, readonly Row[]> = {}
  for (const table of Object.keys(shopGraph.tables)) {
    const node = treeBuilder.selectFrom(table).selectAll().orderBy('id').toOperationNode()
    tables[table] = (await executor.run(compiler.compile(node, { scope, deleted: 'with', byRule: false }))).rows
  }
  return tables
}

export const queries = (session: Session): AnyDb => executorOf(session).queryBuilder() as unknown as AnyDb
