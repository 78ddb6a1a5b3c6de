import { expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { ModelDao } from '../../src/dao/index.ts'
import { unscoped, type Database, type Session } from '../../src/database/index.ts'
import type { BoundModel, ModelFact, ModelGraph } from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { depotGraph, depotModels } from './depot/depot.ts'
import { depotRow, withRows } from './depot/depot-rows.ts'
import { depotState } from './starts/depot-state.ts'
import { startDepot } from './starts/start-depot.ts'

describeEngines(
  'release 1 beside what release 2 has added',
  (engine) => {
    test('[edge 69] goes on creating, reading, changing and deleting rows of every table', async () => {
      const { url } = await engine.fresh()
      const filled = await withRows(depotGraph(1))
      await startDepot({ url, release: 1, graph: filled })
      const models = depotModels(1) as Readonly<Record<string, BoundModel>>
      const db = await openDatabase(url, { models, structure: 'off' })
      // Statements that are prepared before the change are used after it.
      const before = await usedTables(db, { models, filled, n: 4 })

      const { steps } = await startDepot({ url, release: 'additive' })
      expect(steps.length).toBeGreaterThan(15)
      const after = await usedTables(db, { models, filled, n: 5 })

      expect(before).toEqual(
        Object.values(filled.models)
          .filter((fact) => !isLinkOnly(fact))
          .map(({ table }) => table)
          .toSorted(),
      )
      expect(after).toEqual(before)
      await db.close()
    })

    test('[edge 69] may start again on tables, columns, indexes and seeds that it does not know, and changes nothing', async () => {
      const { url } = await engine.fresh()
      await startDepot({ url, release: 1, graph: await withRows(depotGraph(1)) })
      await startDepot({ url, release: 'added' })
      const { structure, rows } = await depotState(url)
      expect(await startDepot({ url, release: 1 })).toMatchObject({ steps: [], seeded: [], frozen: [] })
      expect(await startDepot({ url, release: 'added' })).toMatchObject({ steps: [], seeded: [], frozen: [] })
      const end = await depotState(url)
      expect(end.structure).toEqual(structure)
      expect(end.rows).toEqual(rows)
    })

    test('[edge 69] is refused where release 2 has rules that it does not know, and nothing is changed', async () => {
      const { url } = await engine.fresh()
      await startDepot({ url, release: 1, graph: await withRows(depotGraph(1)) })
      await startDepot({ url, release: 'additive' })
      const state = await depotState(url)
      await expect(startDepot({ url, release: 1 })).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
      expect(await depotState(url)).toEqual(state)
      expect(await startDepot({ url, release: 'additive' })).toMatchObject({ steps: [], seeded: [], frozen: [] })
    })
  },
  // Longer than the others on MariaDB: `npm run test:starters`.
  process.env['TERRACE_STARTER_ROUNDS'] === undefined
    ? ['sqliteFile', 'postgres']
    : ['sqliteFile', 'postgres', 'mysql'],
)

interface Use {
  readonly models: Readonly<Record<string, BoundModel>>
  readonly filled: ModelGraph
  /** The number of the row to make. */
  readonly n: number
}

/** Makes, reads, changes and erases a row of each model; gives the tables of which all went well. */
async function usedTables(db: Database, use: Use): Promise<readonly string[]> {
  // PostgreSQL gives up a prepared statement whose columns have another type now, and with it the transaction: repeated, it goes on.
  return db.session(unscoped('test'), (session) => usedTablesOf(session, use), { repeatable: true })
}

async function usedTablesOf(session: Session, { models, filled, n }: Use): Promise<readonly string[]> {
  const made: { readonly dao: ModelDao<BoundModel>; readonly key: never; readonly fact: ModelFact }[] = []
  for (const name of filled.referenceOrder) {
    const model = models[name] as BoundModel
    if (isLinkOnly(model.fact)) continue
    const dao = new ModelDao(session, model)
    const row = await dao.create((await depotRow(model.fact, filled, n)) as never)
    made.push({ dao, key: keyOf(model.fact, row as Readonly<Record<string, unknown>>), fact: model.fact })
  }
  const used: string[] = []
  for (const { dao, key, fact } of made.toReversed()) {
    const patch = patchOf(fact, await depotRow(fact, filled, n + 2))
    const isRead = (await dao.get(key)) !== null
    const isChanged = Object.keys(patch).length === 0 || (await dao.update(key, patch as never)) !== null
    const isGone = (await dao.delete(key)) !== null
    if (isRead && isChanged && isGone) used.push(fact.table)
  }
  return used.toSorted()
}

/** Keys of other tables and nothing else: of these the first rows are there already. */
function isLinkOnly({ primaryKey, column }: ModelFact): boolean {
  return primaryKey.columns.every((name) => column[name]?.reference)
}

function keyOf({ primaryKey }: ModelFact, row: Readonly<Record<string, unknown>>): never {
  const [only = '', ...more] = primaryKey.columns
  if (more.length === 0) return row[only] as never
  return Object.fromEntries(primaryKey.columns.map((name) => [name, row[name]])) as never
}

/** The row's own values: no keys, nothing that only the database or the session writes. */
function patchOf(fact: ModelFact, row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const inRules = new Set(fact.rowRules.flatMap(({ columns }) => columns))
  const plain = fact.columns.filter(
    ({ name, stamp, immutable, reference }) => stamp === null && !immutable && reference === null && !inRules.has(name),
  )
  const held = new Set([...fact.primaryKey.columns, ...fact.references.flatMap(({ columns }) => columns)])
  return Object.fromEntries(plain.filter(({ name }) => !held.has(name)).map(({ name }) => [name, row[name]]))
}
