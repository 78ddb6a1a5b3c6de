import { expect, test } from 'vitest'
import { actor, graph, graphOf, identity, model, owner, reference, text, uuid } from '../../../model/index.ts'
import { seededModels } from './graphs.ts'
import { changingStatements, testedStructure, type SchemaUnderContract } from './subject.ts'

/** Default rows: into empty tables only. */
export function seedsContract(subject: SchemaUnderContract): void {
  test('A7: are inserted in reference order, once, with folded companions and stamps', async () => {
    const structure = await testedStructure(subject)
    const seeded = await structure.sync(seededModels())
    expect(seeded.seeded).toEqual([
      { table: 'foods', rows: 2 },
      { table: 'portions', rows: 1 },
    ])
    const foods = await structure.rows(
      'select id, name, name_folded, kcal, created_at, deleted_at from foods order by id',
    )
    expect(foods).toMatchObject([
      { id: 1, name: 'Apple', name_folded: 'apple', kcal: 50, deleted_at: null },
      { id: 7, name: 'Pear', name_folded: 'pear', kcal: 57 },
    ])
    expect(await structure.rows('select food_id, label from portions')).toEqual([{ food_id: 1, label: 'made' }])
    structure.sent.length = 0
    expect(await structure.sync(seededModels())).toMatchObject({ seeded: [], steps: [] })
    expect(structure.sent.filter((sql) => changingStatements.test(sql))).toEqual([])
  })

  test('A6: the numbering goes on behind the seeds', async () => {
    const structure = await testedStructure(subject)
    const models = seededModels()
    await structure.sync(models)
    await structure.rows(`insert into foods (name, name_folded) values ('Plum', 'plum')`)
    const [row] = await structure.rows(`select id from foods where name = 'Plum'`)
    expect(Number(row?.['id'])).toBe(8)
  })

  test('rows without a number are numbered as they stand, whatever the database has numbered before', async () => {
    const structure = await testedStructure(subject)
    const Note = (seeds: readonly object[]) =>
      graphOf(graph({ Note: model('notes', { id: identity(), text: text() }, { seeds } as never) }))
    await structure.sync(Note([]))
    for (const words of ['a', 'b']) await structure.insert(Note([]), 'Note', { text: words })
    await structure.rows('delete from notes')
    await structure.sync(Note([{ text: 'first' }, { id: 7, text: 'seventh' }, { text: 'eighth' }]))
    expect(await structure.rows('select id from notes order by id')).toEqual([{ id: 1 }, { id: 7 }, { id: 8 }])
    await structure.insert(Note([]), 'Note', { text: 'next' })
    const [last] = await structure.rows('select max(id) as id from notes')
    expect(Number(last?.['id'])).toBe(9)
  })

  test('A7: a table with rows is not touched, and soft-deleted rows are rows', async () => {
    const structure = await testedStructure(subject)
    const models = seededModels()
    await structure.sync(models)
    await structure.rows('delete from portions')
    await structure.rows('delete from foods where id = 7')
    await structure.insert(models, 'Food', { id: 20, name: 'Own', deletedAt: new Date(), deletionId: null })
    await structure.rows('delete from foods where id = 1')
    await expect(structure.sync(models)).rejects.toMatchObject({ code: 'SEED_FAILED', values: { model: 'Portion' } })
    expect(await structure.rows('select id from foods')).toEqual([{ id: 20 }])
  })

  test('a table that was emptied is seeded again at the next start', async () => {
    const structure = await testedStructure(subject)
    const models = seededModels()
    await structure.sync(models)
    await structure.rows('delete from portions')
    expect((await structure.sync(models)).seeded).toEqual([{ table: 'portions', rows: 1 }])
  })

  test('rows that break a rule are refused by row and column, and none of that table is inserted', async () => {
    const structure = await testedStructure(subject)
    const wrong = seededModels({ secondName: '' })
    await expect(structure.sync(wrong)).rejects.toMatchObject({
      code: 'SEED_INVALID',
      values: { model: 'Food', list: expect.stringMatching(/^row 2, name: /) },
    })
    expect(await structure.rows('select * from foods')).toEqual([])
    expect((await structure.sync(seededModels())).seeded).toHaveLength(2)
  })

  test('rows that the database refuses roll back their table and keep those before', async () => {
    const structure = await testedStructure(subject)
    const wrong = seededModels({ portionOf: 99 })
    await expect(structure.sync(wrong)).rejects.toMatchObject({
      code: 'SEED_FAILED',
      values: { model: 'Portion', reason: 'foreignKey' },
    })
    expect(await structure.rows('select * from portions')).toEqual([])
    expect(await structure.rows('select id from foods order by id')).toEqual([{ id: 1 }, { id: 7 }])
    expect((await structure.sync(seededModels())).seeded).toEqual([{ table: 'portions', rows: 1 }])
  })

  test('rows may refer to rows of their own table that stand behind them', async () => {
    const structure = await testedStructure(subject)
    const seeds = Array.from({ length: 600 }, (_, at) => ({ id: at + 1, ...(at === 599 ? {} : { overId: at + 2 }) }))
    const Box = model(
      'boxes',
      { id: identity(), overId: reference('boxes', { key: identity() }).nullable() },
      { seeds },
    )
    const { seeded } = await structure.sync(graphOf(graph({ Box })))
    expect(seeded).toEqual([{ table: 'boxes', rows: 600 }])
    const [row] = await structure.rows('select count(*) as n, sum(over_id - id) as distance from boxes')
    expect([Number(row?.['n']), Number(row?.['distance'])]).toEqual([600, 599])
  })

  test.each([
    ['no list', null, /it is no list of rows/],
    ['a row that is none', [null], /row 1, .*no object/],
  ])('what a function gives is checked: %s', async (_, given, words) => {
    const structure = await testedStructure(subject)
    const Box = model('boxes', { id: identity() }, { seeds: (() => given) as never })
    const refusal = structure.sync(graphOf(graph({ Box })))
    await expect(refusal).rejects.toMatchObject({ code: 'SEED_INVALID' })
    await expect(refusal).rejects.toThrow(words)
  })

  test('rows of an owned model name their owner', async () => {
    const structure = await testedStructure(subject)
    const key = '00000000-0000-7000-8000-000000000001'
    const Device = model('devices', { id: uuid().primaryKey() }, { access: actor(), seeds: [{ id: key }] })
    const owned = (seeds: readonly never[]) =>
      graphOf(
        graph({
          Device,
          Note: model('notes', { id: uuid().primaryKey(), deviceId: owner(Device), text: text() }, { seeds }),
        }),
      )
    await expect(structure.sync(owned([{ text: 'hello' }] as never))).rejects.toThrow(/row 1, deviceId: is required/)
    expect((await structure.sync(owned([{ text: 'hello', deviceId: key }] as never))).seeded).toEqual([
      { table: 'notes', rows: 1 },
    ])
  })
}
