import { dialectOf } from '../../../src/connect/dialect-of.ts'
import { createDatabase, executorOf, unscoped } from '../../../src/database/index.ts'
import type { Database } from '../../../src/database/index.ts'
import type { ModelFact, ModelGraph } from '../../../src/model/index.ts'
import { synchronize } from '../../../src/sync/index.ts'
import type { EngineUnderTest } from '../../support/describe-engines.ts'
import { shopGraph } from '../shop-models.ts'
import type { Rows } from '../shop-rows.ts'
import { fillTables } from '../shop.ts'
import { trashTable } from './viewers.ts'

export const collations = { sqlite: 'nocase', postgres: 'C', mysql: 'utf8mb4_bin' } as const

/** A few queries multiply tables for seconds; on a busy machine the usual 30 s would be taken for a difference. */
const statementTimeoutMs = 300_000

/** The tables of the shop twice: with all rows and its guards, and the copy that never had others’. */
export interface GrammarShop {
  readonly guarded: Database
  /** The guarded tables for a graph in which nothing is owned and nothing can be deleted. */
  readonly open: Database
  readonly copy: Database
  /** The guarded tables, asked without the engine's making one join of several sub-queries; null where it has no switch for that. */
  readonly plain: Database | null
  readonly collation: string
  /** The guarded tables. */
  fillAll(rows: Rows): Promise<void>
  /** The copy’s. */
  copyHolds(rows: Rows): Promise<void>
  close(): Promise<void>
}

export async function openGrammarShop(engine: EngineUnderTest): Promise<GrammarShop> {
  const collation =
    engine.name === 'mysql'
      ? collations.mysql
      : engine.name.startsWith('sqlite')
        ? collations.sqlite
        : collations.postgres
  const { url, databaseOf: full } = await opened(engine, bare(shopGraph), collation)
  const { databaseOf: copy } = await opened(engine, copyGraph, collation)
  const plain = engine.name === 'mysql' ? await openedPlain(url) : null
  return {
    plain,
    guarded: full(shopGraph),
    open: full(unguarded(shopGraph)),
    copy: copy(copyGraph),
    collation,
    fillAll: (rows) => fillOne(full(unguarded(shopGraph)), shopGraph, rows),
    copyHolds: (rows) => fillOne(copy(copyGraph), copyGraph, rows),
    close: async () => {
      await plain?.close()
      await full(shopGraph).close()
      await copy(copyGraph).close()
    },
  }
}

/** Empty tables, without foreign keys: an erased copy refers to rows that it never had. */
async function opened(engine: EngineUnderTest, structure: ModelGraph, collation: string) {
  const { url: plain } = await engine.fresh()
  // Compiled to machine code a query of a millisecond takes seconds.
  const url = engine.name === 'postgres' ? `${plain}?options=-c%20jit%3Doff` : plain
  const { runtime: dialect, schema } = await dialectOf(url)
  const driver = await dialect.open({ url, pool: { size: 3 } })
  await synchronize({ driver, dialect, schema, graph: structure })
  const made = new Map<ModelGraph, Database>()
  const databaseOf = (graph: ModelGraph): Database => {
    const known =
      made.get(graph) ??
      createDatabase({ graph, dialect, driver, statementTimeoutMs, allow: { collations: [collation] } })
    made.set(graph, known)
    return known
  }
  return { url, databaseOf }
}

/** MariaDB 10.11 gives a row twice where it joins what two `exists` look for, and says so of no statement. */
async function openedPlain(url: string): Promise<Database> {
  const { runtime: dialect } = await dialectOf(url)
  const driver = await dialect.open({ url, pool: { size: 1, overflow: 0 } })
  const connection = await driver.acquire({ access: 'write', timeoutMs: 5_000 })
  await connection.execute({ sql: `set optimizer_switch = 'semijoin=off'`, parameters: [], returnsRows: false })
  await driver.release(connection)
  return createDatabase({ graph: shopGraph, dialect, driver, allow: { collations: [collations.mysql] } })
}

function fillOne(db: Database, { tables }: ModelGraph, rows: Rows): Promise<void> {
  return db.session(unscoped('test rows'), (session) => fillTables(executorOf(session), Object.keys(tables), rows))
}

function changed(graph: ModelGraph, change: (fact: ModelFact) => ModelFact): ModelGraph {
  const each = (facts: ModelGraph['models']): ModelGraph['models'] =>
    Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, change(fact)]))
  return { ...graph, models: each(graph.models), tables: each(graph.tables) }
}

const bare = (graph: ModelGraph): ModelGraph => changed(graph, (fact) => ({ ...fact, references: [], inverses: [] }))

const unguardedGraphs = new Map<ModelGraph, ModelGraph>()

function unguarded(graph: ModelGraph): ModelGraph {
  const known = unguardedGraphs.get(graph)
  if (known !== undefined) return known
  const made = changed(graph, (fact) => ({
    ...fact,
    references: [],
    inverses: [],
    access: { kind: 'open' },
    softDelete: null,
  }))
  unguardedGraphs.set(graph, made)
  return made
}

/** The unguarded tables, each once more for what it gives as the first of a query that asks for the trash. */
const copyGraph = withTrash(unguarded(shopGraph))

function withTrash(graph: ModelGraph): ModelGraph {
  const twins = Object.values(graph.models).flatMap((fact) =>
    (['with', 'only'] as const).map((deleted): ModelFact => {
      const table = trashTable(fact.table, deleted)
      const key = { ...fact.primaryKey, name: `pk_${table}` }
      const name = `${fact.name}_${deleted}`
      return { ...fact, name, table, primaryKey: key, uniques: [], indexes: [], checks: [], rowRules: [] }
    }),
  )
  const named = (key: 'name' | 'table') => Object.fromEntries(twins.map((fact) => [fact[key], fact]))
  return {
    ...graph,
    models: { ...graph.models, ...named('name') },
    tables: { ...graph.tables, ...named('table') },
    referenceOrder: [...graph.referenceOrder, ...twins.map(({ name }) => name)],
  }
}
