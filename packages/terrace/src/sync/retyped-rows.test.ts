import { afterEach, expect, test } from 'vitest'
import { describeEngines, type EngineUnderTest } from '../../test/support/describe-engines.ts'
import { followedDatabase, type FollowedDatabase } from '../../test/support/followed-database.ts'
import {
  graph,
  integer,
  model,
  oneOf,
  reference,
  text,
  timestamp,
  uuid,
  type BoundModel,
  type Columns,
} from '../model/index.ts'

const opened: FollowedDatabase[] = []
afterEach(async () => {
  for (const { driver } of opened.splice(0)) await driver.close()
})

type Models = Readonly<Record<string, BoundModel>>

const marks = (columns: Columns): Models => graph({ Mark: model('marks', { id: integer().primaryKey(), ...columns }) })

/** A database with marks of these values, which are SQL. */
async function marked(engine: EngineUnderTest, models: Models, values: readonly string[]): Promise<FollowedDatabase> {
  const database = await followedDatabase(engine)
  opened.push(database)
  await database.sync(models)
  for (const [at, value] of values.entries()) {
    await database.byHand(`insert into marks (id, value) values (${at + 1}, ${value})`)
  }
  return database
}

describeEngines(
  'what is declared for another type of a column is asked of the values as they become',
  (engine) => {
    test('the length of whole numbers that become texts, and which texts they may be', async () => {
      const { sync, byHand } = await marked(engine, marks({ value: integer() }), ['5', '123'])
      await expect(sync(marks({ value: text().length(1, 2) }))).rejects.toThrow(/stand against it: 1 rows/)
      await expect(sync(marks({ value: oneOf('5', '12') }))).rejects.toThrow(/stand against it: 1 rows/)
      await sync(marks({ value: text().length(1, 3).unique() }))
      expect(await byHand('select value from marks order by id')).toEqual([{ value: '5' }, { value: '123' }])
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

// The MySQL family cuts texts that begin with a number, and so converts them only where a person allows it.
describeEngines(
  'what is declared for a number is asked of the texts that become numbers',
  (engine) => {
    const before = marks({ value: text().length(0, 20) })

    test('their range, also under another name', async () => {
      const { sync, byHand } = await marked(engine, before, [`'5'`, `'-40'`, `'100'`])
      const named = (most: number): Models => marks({ size: integer().range(-50, most).unique().renamedFrom('value') })
      await expect(sync(marks({ value: integer().range(-50, 50) }))).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
      await expect(sync(named(50), { maintenance: true })).rejects.toThrow(/stand against it: 1 rows/)
      await sync(named(100), { maintenance: true })
      expect(await byHand('select size from marks order by id')).toEqual([{ size: 5 }, { size: -40 }, { size: 100 }])
    })

    test('and those that become none are counted as such, and raise no error elsewhere', async () => {
      const { sync } = await marked(engine, before, [`'5'`, `'five'`])
      await expect(sync(marks({ value: integer().range(0, 50).unique() }))).rejects.toThrow(
        /column marks\.value .*stand against it: 1 /,
      )
    })
  },
  ['sqliteFile', 'postgres'],
)

describeEngines(
  'the keys that texts become are looked for as such',
  (engine) => {
    test('by a reference that comes with them', async () => {
      const key = '01900000-0000-7000-8000-000000000001'
      const Town = model('towns', { id: uuid().primaryKey() })
      const texts = { Town, Mark: model('marks', { id: integer().primaryKey(), value: text() }) }
      const { sync, byHand } = await marked(engine, graph(texts), [`'${key}'`])
      const keys = graph({ Town, Mark: model('marks', { id: integer().primaryKey(), value: reference(Town) }) })
      await expect(sync(keys)).rejects.toThrow(/foreign key .*stand against it: 1 rows/)
      await byHand(`insert into towns (id) values ('${key}')`)
      expect((await sync(keys)).frozen).toEqual([])
    })
  },
  ['sqliteFile', 'postgres'],
)

describeEngines(
  'what the engine cannot read as another type, where a person has allowed to try,',
  (engine) => {
    test('is told with the statement, and the table stays as it was', async () => {
      const { sync, byHand } = await marked(engine, marks({ value: text() }), [`'never'`])
      const allow = ['alter-column marks.value']
      await expect(sync(marks({ value: timestamp().unique() }), { allow })).rejects.toMatchObject({
        code: 'STRUCTURE_STEP_FAILED',
        cause: { kind: 'invalidValue' },
      })
      expect(await byHand('select value from marks')).toEqual([{ value: 'never' }])
    })
  },
  ['postgres', 'mysql'],
)
