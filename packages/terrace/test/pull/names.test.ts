import { afterAll, expect, test, vi } from 'vitest'
import { openDatabase, unscoped } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { pullModels } from '../../src/generate/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { planOf, withStructureOf } from './plan-of.ts'
import { PulledFolder } from './pulled-folder.ts'
import { runScript } from './run-script.ts'

// Databases are made and dropped, and a compiler is started, beside other tests.
vi.setConfig({ testTimeout: 60_000 })

const folder = await PulledFolder.make()
afterAll(() => folder.remove())

/** Columns of one table each of which a property has to be found for. */
const columns = [
  'select',
  'class',
  'constructor',
  'toString',
  '__proto__',
  'prototype',
  'page',
  'fields',
  'a b',
  'a_b',
  'a-b',
  '2fa',
  'Größe',
  '名前',
  'straße',
  '$1',
  '?',
  '%s',
  '-desc',
  '${x}',
  'back\\slash',
  '// comment',
  '*/',
  'XMLDoc',
  'parentId',
  'parent',
  'new\tline',
]

const tables = ['order', 'Object', '名 前', 'table two', 'table_two', '2024', 'delete', 'models', 'Ünïcödé', '*/ x']

describeEngines(
  'names that nobody would choose',
  (engine) => {
    test('are properties and models of their own, under which rows are read and written', async () => {
      const { url } = await engine.fresh()
      const quote = (name: string): string => (engine.name === 'mysql' ? `\`${name}\`` : `"${name}"`)
      const list = columns.map((name) => `${quote(name)} ${name === 'parentId' ? 'integer' : 'varchar(20)'}`).join(', ')
      await runScript(url, [
        `create table ${quote('names')} (id integer not null primary key, ${list},
          foreign key (${quote('parentId')}) references ${quote('names')} (id))`,
        ...tables.map((name) => `create table ${quote(name)} (${quote('Key')} integer not null primary key)`),
      ])
      const pulled = await pullModels(url)
      expect(pulled.left).toEqual([])
      const models = await folder.write(engine.name, pulled)
      expect(await planOf(url, models)).toEqual([])
      await withStructureOf(url, models, (structure) => structure.adopt())
      expect(await planOf(url, models)).toEqual([])
      const { Names } = models
      if (Names === undefined) throw new Error('there is no model Names')
      const properties = Names.fact.columns.map(({ name }) => name)
      expect(new Set(properties).size).toBe(columns.length + 1)
      expect(Names.fact.columns.map(({ sqlName }) => sqlName)).toEqual(['id', ...columns])
      const values = Object.fromEntries(
        Names.fact.columns.map(({ name, type, reference }) => [
          name,
          type.kind === 'text' ? `is ${name}`.slice(0, 20) : reference === null ? 1 : null,
        ]),
      )
      // SQLite's whole numbers without a bound are bigints, but for the alias of a rowid.
      const db = await openDatabase(url, { models, structure: 'check' })
      const row = await db.session(unscoped('tests write'), (session) =>
        session.use(Dao(Names)).create(values as never),
      )
      await db.close()
      expect(row).toEqual(values)
    })

    test('that no model may have leave the table as it is, with the reason', async () => {
      const { url } = await engine.fresh()
      const quote = (name: string): string => (engine.name === 'mysql' ? `\`${name}\`` : `"${name}"`)
      await runScript(url, [
        `create table ${quote('fine')} (id integer not null primary key)`,
        `create table ${quote(`it's`)} (id integer not null primary key)`,
        `create table ${quote('odd')} (id integer not null primary key, ${quote('a.b')} integer, fine_id integer references ${quote('fine')} (id))`,
      ])
      const pulled = await pullModels(url)
      expect(pulled.tables).toEqual(['fine'])
      expect(pulled.left.map(({ object }) => object)).toEqual([`table it's`, 'table odd'])
      expect(pulled.left[0]?.reason).toContain('is no name for every database')
      const models = await folder.write(`${engine.name}-odd`, pulled)
      expect(await planOf(url, models)).toEqual([])
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

test('files with such names type-check', async () => {
  expect(await folder.typeErrors()).toBe('')
})

test('files with such names are formatted', async () => {
  expect(await folder.misformatted()).toBe('')
})
