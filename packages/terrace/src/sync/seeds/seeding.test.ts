import { afterEach, expect, test } from 'vitest'
import { describeEngines, type EngineUnderTest } from '../../../test/support/describe-engines.ts'
import { followedDatabase, type FollowedDatabase } from '../../../test/support/followed-database.ts'
import { graph, identity, model, reference, text, type BoundModel, type SeedRow } from '../../model/index.ts'

type Models = Readonly<Record<string, BoundModel>>

const opened: FollowedDatabase[] = []
afterEach(async () => {
  for (const { driver } of opened.splice(0)) await driver.close()
})

async function open(engine: EngineUnderTest): Promise<FollowedDatabase> {
  const database = await followedDatabase(engine)
  opened.push(database)
  return database
}

/** A town has a capital shop, and each shop stands in a town. */
function towns(isCapitalOptional: boolean, hasSeeds = true): Models {
  const id = identity()
  const capital = reference('shops', { key: identity() })
  const Town = model(
    'towns',
    { id, capitalId: isCapitalOptional ? capital.nullable() : capital },
    { seeds: hasSeeds ? [{ id: 1, capitalId: 2 }, { id: 2 }] : [] },
  )
  const townId = reference('towns', { key: identity() })
  const seeds = hasSeeds
    ? [
        { id: 1, townId: 1 },
        { id: 2, townId: 2 },
      ]
    : []
  return graph({ Town, Shop: model('shops', { id, townId }, { seeds }) })
}

function boxes(seeds: readonly SeedRow[], isOptional = true): Models {
  const over = reference('boxes', { key: identity() })
  return graph({ Box: model('boxes', { id: identity(), overId: isOptional ? over.nullable() : over }, { seeds }) })
}

const circle = [
  { id: 1, overId: 2 },
  { id: 2, overId: 3 },
  { id: 3, overId: 1 },
] as const

type Titles = readonly { readonly title: string }[]

function notes(seeds: Titles | (() => Titles)): Models {
  return graph({ Note: model('notes', { id: identity(), title: text().length(1, 20) }, { seeds }) })
}

async function numbers({ byHand }: FollowedDatabase, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await byHand(sql)).map((row) => Object.values(row).map((value) => (value === null ? null : Number(value))))
}

describeEngines(
  'seeds',
  (engine) => {
    test('[edge 63] of models that refer to each other are inserted without the keys that lead ahead, which are set then', async () => {
      const database = await open(engine)
      expect((await database.sync(towns(true))).seeded.map(({ table, rows }) => `${table} ${rows}`).toSorted()).toEqual(
        ['shops 2', 'towns 2'],
      )
      expect(await numbers(database, 'select id, capital_id from towns order by id')).toEqual([
        [1, 2],
        [2, null],
      ])
      expect(await numbers(database, 'select id, town_id from shops order by id')).toEqual([
        [1, 1],
        [2, 2],
      ])
      expect((await database.sync(towns(true))).seeded).toEqual([])
    })

    test('[edge 63] that can only stand one before the other are refused with the key, and none is inserted', async () => {
      const database = await open(engine)
      await expect(database.sync(towns(false))).rejects.toMatchObject({
        code: 'SEED_INVALID',
        values: { list: expect.stringMatching(/refer to each other through .* which is not nullable/) },
      })
      expect(await numbers(database, 'select id from towns')).toEqual([])
      expect(await numbers(database, 'select id from shops')).toEqual([])
    })

    test('[edge 63] of one model may refer to each other in a circle, where the key can be empty at first', async () => {
      const database = await open(engine)
      await expect(database.sync(boxes(circle, false))).rejects.toThrow(/rows refer to each other through Box\.overId/)
      await database.byHand('drop table boxes')
      await database.byHand('delete from terrace_object')
      await database.sync(boxes(circle))
      expect(await numbers(database, 'select id, over_id from boxes order by id')).toEqual([
        [1, 2],
        [2, 3],
        [3, 1],
      ])
    })

    test('[edge 72] come at the next start where one ended between creating the tables and filling them', async () => {
      const database = await open(engine)
      const dying = notes(() => {
        throw new Error('the process ends here')
      })
      await expect(database.sync(dying)).rejects.toThrow('the process ends here')
      expect(await numbers(database, 'select id from notes')).toEqual([])
      const { seeded, steps } = await database.sync(notes([{ title: 'one' }]))
      expect([seeded, steps]).toEqual([[{ table: 'notes', rows: 1 }], []])
    })

    test('that are inserted once do not come again when the rows are gone', async () => {
      const database = await open(engine)
      const seeds = notes([{ title: 'one' }])
      expect((await database.sync(seeds, { seed: 'once' })).seeded).toHaveLength(1)
      await database.byHand('delete from notes')
      expect((await database.sync(seeds, { seed: 'once' })).seeded).toEqual([])
      expect((await database.sync(seeds)).seeded).toHaveLength(1)
    })

    test('that are inserted once are remembered in the tables of others, too', async () => {
      const database = await open(engine)
      await database.structure.apply(database.wanted(notes([])))
      for (const table of ['terrace_object', 'terrace_meta']) await database.byHand(`delete from ${table}`)
      const seeds = notes([{ title: 'one' }])
      const first = await database.sync(seeds, { seed: 'once' })
      expect([first.seeded.length, first.notOwned]).toEqual([1, ['notes']])
      await database.byHand('delete from notes')
      for (const _ of ['second', 'third']) expect((await database.sync(seeds, { seed: 'once' })).seeded).toEqual([])
    })

    test('and numberings that are behind their keys, as after restoring rows, are moved by a start that has something to do', async () => {
      const database = await open(engine)
      const more = graph({
        Note: model('notes', { id: identity(), title: text().length(1, 20), rank: text().length(0, 5).nullable() }),
      })
      await database.sync(notes([]))
      await database.byHand(`insert into notes (id, title) values (41, 'restored')`)
      await database.sync(more)
      await database.byHand(`insert into notes (title) values ('next')`)
      expect(await numbers(database, 'select id from notes order by id')).toEqual([[41], [42]])
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
