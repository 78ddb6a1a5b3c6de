import { afterAll, expect, test, vi } from 'vitest'
import { introspectDatabase, openDatabase, unscoped } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { pullModels } from '../../src/generate/index.ts'
import { differencesOf } from '../laws/comparable-snapshot.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { declaredPart } from './declared-part.ts'
import { exoticStructures } from './exotic-structures.ts'
import { planOf, withStructureOf } from './plan-of.ts'
import { PulledFolder } from './pulled-folder.ts'
import { runScript } from './run-script.ts'

// Databases are made and dropped, and a compiler is started, beside other tests.
vi.setConfig({ testTimeout: 60_000 })

const folder = await PulledFolder.make()
afterAll(() => folder.remove())

const left = {
  // A key that is no alias of the rowid only because of a direction, and one to a table that is not there.
  sqliteFile: ['table desc_key', 'foreign key orphan.gone_id'],
  postgres: [
    'constraint excluded.excluded_during_excl',
    'domain email',
    'domain score',
    'enum Odd Type',
    'enum mood',
    'materialized view child_counts',
    'partition inherited',
    'partition parts_2026',
    'partitioned table parts',
    'policy excluded.own',
    'routine twice(n integer)',
    'rule excluded.quiet',
    'sequence tickets',
    'view child_names',
  ],
  mysql: [
    'partitioned table parts',
    'view child_names',
    'partition parts.p0',
    'partition parts.p1',
    'index ordered.hidden',
  ],
} as const

/** Adopted and made again by `npm run test:pull`. */
const isWhole = process.env['TERRACE_TEST_CORPORA'] === 'all'

/** A row of a key alone, as any other program puts it in: everything else is what the database says by itself. */
const rowOfKey = {
  sqliteFile: [`insert into typed (id) values (1)`],
  postgres: [`insert into typed (id) values ('00000000-0000-7000-8000-000000000001')`],
  mysql: [`insert into typed (id, k) values ('abcd', 1)`],
} as const

/** What has to be given besides: of a column whose default no model can say, and of a domain that has one. */
const givenToDao = {
  sqliteFile: { id: 2, c: '2026-01-02' },
  postgres: { id: '00000000-0000-7000-8000-000000000002', d: 3 },
  mysql: { id: new Uint8Array([97, 98, 99, 100]), k: 2 },
} as const

/** Columns with a default that models say. */
const declaredDefaults = {
  sqliteFile: ['l', 'm', 'n', 'o'],
  postgres: ['a', 'an', 'ao'],
  mysql: ['a', 'd', 'f', 'j', 'p', 't', 'w', 'ae', 'ag', 'aj'],
} as const

describeEngines(
  'the defaults of a database',
  (engine) => {
    test('that models can say are theirs: a row that Terrace makes is as one that others make', async () => {
      const name = engine.name as keyof typeof rowOfKey
      const { url } = await engine.fresh()
      await runScript(url, exoticStructures[name])
      await runScript(url, rowOfKey[name])
      const { Typed } = await folder.write(`${name}-rows`, await pullModels(url))
      if (Typed === undefined) throw new Error('there is no model Typed')
      const db = await openDatabase(url, { models: { Typed }, structure: 'off' })
      const rows = await db.session(unscoped('tests write'), async (session) => {
        const dao = session.use(Dao(Typed))
        const [theirs] = await dao.select((query) => query)
        return [theirs, await dao.create(givenToDao[name] as never)] as readonly unknown[]
      })
      await db.close()
      const said = Typed.fact.columns.filter((column) => column.default?.kind === 'value').map((column) => column.name)
      const [theirs, ours] = rows.map((row) =>
        said.map((column) => [column, (row as Readonly<Record<string, unknown>>)[column]]),
      )
      expect(ours).toEqual(theirs)
      expect(ours?.every(([, value]) => value !== null)).toBe(true)
      expect(said).toEqual(declaredDefaults[name])
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

describeEngines(
  'what an engine has beyond all models',
  (engine) => {
    test('is in the models as it is there, or left with its reason', { timeout: 60_000 }, async () => {
      const { url } = await engine.fresh()
      await runScript(url, exoticStructures[engine.name as keyof typeof exoticStructures])
      const pulled = await pullModels(url)
      expect(pulled.left.map(({ object }) => object)).toEqual(left[engine.name as keyof typeof left])
      const models = await folder.write(engine.name, pulled)
      expect(await planOf(url, models)).toEqual([])
      if (!isWhole) return
      const before = await introspectDatabase(url)
      await withStructureOf(url, models, (structure) => structure.adopt())
      expect(await planOf(url, models)).toEqual([])
      const { url: fresh } = await engine.fresh()
      await runScript(fresh, pulled.needs)
      await withStructureOf(fresh, models, (structure) => structure.apply())
      const made = await introspectDatabase(fresh)
      expect(differencesOf(declaredPart(made.live, pulled.tables), declaredPart(before.live, pulled.tables))).toEqual(
        [],
      )
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

test('the files type-check', async () => {
  expect(await folder.typeErrors()).toBe('')
})

test('the files are formatted', async () => {
  expect(await folder.misformatted()).toBe('')
})
