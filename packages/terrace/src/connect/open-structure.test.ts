import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { describeEngines, type EngineUnderTest } from '../../test/support/describe-engines.ts'
import { followedDatabase, type FollowedDatabase } from '../../test/support/followed-database.ts'
import { graph, model, text, uuid } from '../model/index.ts'
import { openDatabase, openStructure, type Plan, type StructureOptions, type SyncReport } from './index.ts'

const id = uuid().primaryKey()
const small = graph({ Shop: model('shops', { id }) })
const models = graph({ Shop: model('shops', { id, name: text().length(1, 20).default('none') }) })

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

describeEngines(
  'openStructure',
  (engine) => {
    test('plans as plain data, applies, checks and takes back what models want of a database', async () => {
      const { url } = await engine.fresh()
      const structure = await openStructure(url, { models })
      closing.push(() => structure.close())
      const plan = await structure.plan()
      expect(JSON.parse(JSON.stringify(plan)) as Plan).toEqual(plan)
      expect(plan.steps[0]).toMatchObject({
        change: 'createTable',
        table: 'shops',
        statements: [expect.stringMatching(/^create table/)],
        inverse: [expect.stringMatching(/^drop table/)],
        source: { model: 'Shop' },
      })
      await expect(structure.check()).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
      const applied = await structure.apply()
      await structure.check()
      expect(Object.keys((await structure.introspect()).snapshot.tables)).toEqual(Object.keys(structure.wanted.tables))
      await structure.undo(applied)
      expect((await structure.introspect()).snapshot.tables).toEqual({})
    })

    test('adopts no table that no model declares', async () => {
      const { url } = await engine.fresh()
      const structure = await openStructure(url, { models })
      closing.push(() => structure.close())
      await expect(structure.adopt(['shoes'])).rejects.toMatchObject({ code: 'STRUCTURE_OPTION' })
    })
  },
  ['sqliteFile', 'sqliteMemory', 'postgres', 'mysql'],
)

describe('what is said of the structure', () => {
  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['an allowance for no object', { allow: ['drop-column'] }, /'drop-column' names no object/],
    ['an allowance of no kind', { allow: ['drop-everything shops'] }, /'drop-everything' is none of/],
    ['one allowance instead of a list', { allow: 'drop-column shops.name' }, /allow is no list/],
    ['an unknown policy', 'force', /policy is none of off, check, safe/],
    ['an unknown way to seed', { seed: 'always' }, /seed is none of empty, once/],
    ['a limit that is none', { blockingLimitRows: -1 }, /blockingLimitRows is no whole number/],
  ]
  test.each(wrong)('is refused before anything is opened: %s', async (_, structure, words) => {
    const refusal = openDatabase('sqlite:/no/such/folder/x.db', { models, structure: structure as StructureOptions })
    await expect(refusal).rejects.toMatchObject({ code: 'STRUCTURE_OPTION' })
    await expect(refusal).rejects.toThrow(words)
  })

  test('an allowance is used once, and told where it allowed nothing', async () => {
    const reports: SyncReport[] = []
    const allow = ['drop-table shoes']
    const structureObserver = { done: (report: SyncReport) => reports.push(report) }
    const db = await openDatabase('sqlite::memory:', { models, structure: { allow }, structureObserver })
    await db.close()
    expect(reports.map(({ unusedAllowances }) => unusedAllowances)).toEqual([allow])
  })
})

/** Gives a user who may only read; what is to be run to make and to remove it. */
const readers = {
  postgres: (user: string) => ({
    make: [`create role ${user} login`, `grant select on all tables in schema public to ${user}`],
    remove: [`drop owned by ${user}`, `drop role ${user}`],
    grant: /create table .*It lacks: .*create.*schema/is,
    alterGrant: /lock table "shops".*It lacks: grant update on "shops"/is,
  }),
  mysql: (user: string) => ({
    make: [`create user ${user}`, `grant select on *.* to ${user}`],
    remove: [`drop user ${user}`],
    grant: /create table .*It lacks: grant .*create/is,
    alterGrant: /It lacks: grant /is,
  }),
} as const

describeEngines(
  'a user who may not',
  (engine) => {
    test('make what is missing is told the statement and the grant', async () => {
      const { url, grant } = await reader(engine, null)
      await expect(openDatabase(url, { models })).rejects.toMatchObject({
        code: 'STRUCTURE_PERMISSION',
        kind: 'structure',
        message: expect.stringMatching(grant),
        cause: { name: 'DriverError' },
      })
    })

    test('alter what somebody else has made is told so too', async () => {
      const { url, alterGrant } = await reader(engine, 'small')
      await expect(openDatabase(url, { models })).rejects.toThrow(alterGrant)
    })
  },
  ['postgres', 'mysql'],
)

async function reader(engine: EngineUnderTest, made: 'small' | null) {
  const database: FollowedDatabase = await followedDatabase(engine)
  closing.push(() => database.driver.close())
  if (made !== null) await database.sync(small)
  const user = `terrace_reader_${randomBytes(4).toString('hex')}`
  const words = readers[engine.name as keyof typeof readers](user)
  for (const sql of words.make) await database.byHand(sql)
  closing.push(async () => {
    for (const sql of words.remove) await database.byHand(sql)
  })
  const url = new URL(database.url)
  url.username = user
  return { ...words, url: url.href }
}
