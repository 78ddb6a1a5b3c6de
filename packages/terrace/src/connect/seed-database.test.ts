import { expect, test } from 'vitest'
import { runOn } from '../../test/structure/starts/depot-state.ts'
import { describeEngines } from '../../test/support/describe-engines.ts'
import { graph, identity, model, reference, text } from '../model/index.ts'
import { filledObjects, openDatabase, openStructure, seedDatabase, tablesWithRows, withSeeds } from './index.ts'

const Brand = model('brands', { id: identity().primaryKey(), name: text() }, { seeds: [{ name: 'Mill' }] })
const Product = model(
  'products',
  { id: identity().primaryKey(), name: text(), label: text().nullable(), brandId: reference(Brand) },
  { seeds: [{ name: 'Bread', brandId: 1 }] },
)
const models = graph({ Product, Brand })

describeEngines(
  'seedDatabase',
  (engine) => {
    test('fills empty tables in the order of their references, with other rows where they are given, and makes none', async () => {
      const { url } = await engine.fresh()
      await expect(seedDatabase(url, { models })).rejects.toMatchObject({
        code: 'SEED_TABLE_MISSING',
        values: { tables: 'brands, products' },
      })
      const structure = await openStructure(url, { models })
      await structure.apply()
      await structure.close()
      expect(await tablesWithRows(url)).toEqual([])
      const seeds = {
        Product: () => [
          { name: 'Butter', brandId: 1 },
          { name: 'Salt', brandId: 1 },
        ],
      }
      expect(await seedDatabase(url, { models, seeds })).toEqual([
        { table: 'brands', rows: 1 },
        { table: 'products', rows: 2 },
      ])
      expect(await seedDatabase(url, { models, seeds })).toEqual([])
      expect(await tablesWithRows(url)).toEqual(['brands', 'products'])
    })

    test('says which tables and columns have something to lose', async () => {
      const { url } = await engine.fresh()
      await (await openDatabase(url, { models })).close()
      const asked = ['name', 'label', 'nothing'].map((column) => ({ table: 'products', column }))
      const places = [...asked, { table: 'brands', column: null }, { table: 'shoes', column: null }]
      expect(await filledObjects(url, places)).toEqual([
        { table: 'products', column: 'name' },
        { table: 'brands', column: null },
      ])
    })

    test.runIf(engine.name === 'postgres')('tells of tables that no model can hold, and of other schemas', async () => {
      const { url } = await engine.fresh()
      await runOn(url, 'create table parted (id integer) partition by range (id)')
      await runOn(url, 'create table parted_1 partition of parted for values from (0) to (9)')
      await runOn(url, 'create table empty (id integer) partition by range (id)')
      await runOn(url, 'insert into parted values (1)')
      expect(await tablesWithRows(url)).toEqual(['parted'])
      await runOn(url, 'create schema audit')
      await runOn(url, 'create table audit.parted (id integer)')
      await runOn(url, 'create table audit.log (id integer)')
      expect(await tablesWithRows(url)).toEqual(['log', 'parted'])
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

test('withSeeds changes the rows of the models named, and nothing of the models given', () => {
  const seeds = { Brand: [{ name: 'Dairy' }] }
  const changed = withSeeds(models, seeds)
  expect(changed['Brand']?.graph.models['Brand']?.seeds).toEqual(seeds.Brand)
  expect(changed['Brand']?.graph.tables['brands']?.seeds).toEqual(seeds.Brand)
  expect(changed['Product']?.fact.seeds).toEqual(models.Product.fact.seeds)
  expect(models.Brand.fact.seeds).toEqual([{ name: 'Mill' }])
})
