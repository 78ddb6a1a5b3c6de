import { expect, test } from 'vitest'
import {
  boolean,
  date,
  graph,
  graphOf,
  integer,
  json,
  model,
  oneOf,
  reference,
  softDelete,
  text,
  timestamps,
  uuid,
  type Columns,
  type ModelGraph,
  type ModelOptions,
} from '../../../model/index.ts'
import { testedStructure, type SchemaUnderContract } from './subject.ts'

const kept = { id: uuid().primaryKey(), name: text().length(1, 30) }
const key = '00000000-0000-7000-8000-000000000001'
const otherKey = '00000000-0000-7000-8000-000000000002'
const thirdKey = '00000000-0000-7000-8000-000000000003'

function shop(columns: Columns = {}, options: ModelOptions<never> = {}): ModelGraph {
  const Shop = model('shops', { ...kept, ...columns }, options as never)
  return graphOf(graph({ Shop }))
}

/** Additions: to tables that have rows, which keep them. */
export function growthContract(subject: SchemaUnderContract): void {
  async function grown(
    before: ModelGraph,
    after: ModelGraph,
    row: Readonly<Record<string, unknown>> = { id: key, name: 'Corner' },
  ) {
    const structure = await testedStructure(subject)
    await structure.sync(before)
    await structure.insert(before, 'Shop', row)
    const { steps } = await structure.sync(after)
    await structure.forget()
    expect(await structure.sync(after)).toMatchObject({ steps: [], leftAlone: [] })
    const [found] = await structure.rows(`select * from ${structure.dialect.quoteName('shops')}`)
    expect(found).toMatchObject({ name: 'Corner' })
    return { structure, steps, row: found }
  }

  test('A8: a nullable column, and those that have a default, are added; rows keep what they had', async () => {
    const after = shop({
      floor: integer().range(-3, 200).nullable(),
      isOpen: boolean().default(true),
      kind: oneOf('food', 'books').default('food'),
      since: date().nullable(),
      notes: json().nullable(),
      code: text().length(2, 8).default('none').ignoreCase(),
    })
    const { steps, row } = await grown(shop(), after)
    expect(steps.map(({ change }) => change)).toEqual(Array.from({ length: 7 }, () => 'addColumn'))
    expect(row).toMatchObject({ floor: null, kind: 'food', code: 'none', code_folded: 'none', since: null })
  })

  test('A8: the previous release starts on what the next one has added, and the next one again', async () => {
    const Town = model('towns', { id: uuid().primaryKey() })
    const Shop = model('shops', {
      ...kept,
      ...softDelete(),
      kind: oneOf('food', 'books').default('food'),
      floor: integer().range(-3, 200).nullable().unique(),
      townId: reference(Town, { onDelete: 'setNull' }).nullable(),
    })
    const next = graphOf(graph({ Shop, Town }))
    const { structure } = await grown(shop(), next)
    for (const [release, id] of [
      [shop(), otherKey],
      [shop(), thirdKey],
      [next, null],
    ] as const) {
      await structure.forget()
      const { steps, leftAlone } = await structure.sync(release)
      expect(steps).toEqual([])
      const left = leftAlone.map(({ object }) => object).join('\n')
      expect(left).toMatch(id === null ? /^$/ : /column shops\.kind.*check shops\.ck_shops_floor_range/s)
      if (id !== null) await structure.insert(release, 'Shop', { id, name: 'Corner' })
    }
    expect(await structure.rows(`select * from ${structure.dialect.quoteName('shops')}`)).toHaveLength(3)
  })

  test('a rule on columns that the models have kept still refuses the start, and so does one that all rows would break', async () => {
    const structure = await testedStructure(subject)
    await structure.sync(shop({ floor: integer().range(0, 9).nullable() }))
    await expect(structure.sync(shop({ floor: integer().nullable() }))).rejects.toThrow(/ck_shops_floor_range/)
    const other = await testedStructure(subject)
    await other.sync(shop({ floor: integer().default(4).unique() }))
    await expect(other.sync(shop())).rejects.toThrow(/unique shops\.uq_shops_floor/)
  })

  test('A8: the rules of a new column come with it', async () => {
    const after = shop({ floor: integer().range(-3, 200).nullable(), kind: oneOf('food', 'books').default('food') })
    const { structure } = await grown(shop(), after)
    await expect(structure.insert(after, 'Shop', { id: otherKey, name: 'x', floor: 201 })).rejects.toMatchObject({
      kind: 'check',
    })
    await expect(structure.insert(after, 'Shop', { id: otherKey, name: 'x', kind: 'cars' })).rejects.toMatchObject({
      kind: expect.stringMatching(/^(?:check|tooLong)$/),
    })
    await structure.insert(after, 'Shop', { id: otherKey, name: 'x', floor: 200, kind: 'books' })
  })

  test('A8: a new table and a reference to it from an old one', async () => {
    const Town = model('towns', { id: uuid().primaryKey() })
    const Shop = model('shops', { ...kept, townId: reference(Town, { onDelete: 'setNull' }).nullable() })
    const after = graphOf(graph({ Shop, Town }))
    const { structure, steps } = await grown(shop(), after)
    expect(steps.map(({ change, table }) => `${change} ${table}`)).toEqual(
      expect.arrayContaining(['createTable towns', 'addColumn shops', 'addIndex shops']),
    )
    await expect(structure.insert(after, 'Shop', { id: otherKey, name: 'x', townId: key })).rejects.toMatchObject({
      kind: 'foreignKey',
    })
  })

  test('A8: an index and a unique rule, where the rows allow it', async () => {
    const before = shop({ ...softDelete() })
    const after = shop({ ...softDelete() }, { indexes: [['-name', 'id']], uniques: [['name']] } as never)
    const { structure, steps } = await grown(before, after)
    expect(steps.map(({ change }) => change)).toEqual(expect.arrayContaining(['addUnique', 'addIndex']))
    await expect(structure.insert(after, 'Shop', { id: otherKey, name: 'Corner' })).rejects.toMatchObject({
      kind: 'unique',
    })
  })

  test('a unique rule that rows stand against is refused with their number, and nothing is changed', async () => {
    const structure = await testedStructure(subject)
    const before = shop({ ...softDelete() })
    await structure.sync(before)
    for (const id of [key, otherKey]) await structure.insert(before, 'Shop', { id, name: 'Corner' })
    const after = shop({ ...softDelete(), floor: integer().nullable() }, { uniques: [['name']] } as never)
    const refusal = structure.sync(after)
    await expect(refusal).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT', values: { count: 1 } })
    await expect(refusal).rejects.toThrow(/uq_shops_name.*1 groups of rows with equal \(name/s)
    expect(await structure.sync(before)).toMatchObject({ steps: [], leftAlone: [] })
    const stored = subject.runtime.codec
    const deletedAt = before.models['Shop']?.column['deletedAt']
    const when =
      deletedAt === undefined ? null : (stored(deletedAt).encode as ((value: unknown) => unknown) | null)?.(new Date())
    const q = structure.dialect.quoteName.bind(structure.dialect)
    const [first, second] = [structure.dialect.placeholder(1), structure.dialect.placeholder(2)]
    await structure.rows(`update ${q('shops')} set ${q('deleted_at')} = ${first} where ${q('id')} = ${second}`, [
      when,
      otherKey,
    ])
    expect((await structure.sync(after)).steps.map(({ change }) => change)).toContain('addUnique')
  })

  test.each([
    ['soft deletion', softDelete(), ['name']],
    ['a flag with a default', { isOpen: boolean().default(true) }, { columns: ['name'], where: { isOpen: true } }],
    ['a flag', { isOpen: boolean().nullable() }, { columns: ['name'], where: { isOpen: true } }],
  ] as const)('a unique rule comes together with the column that limits it: %s', async (title, columns, unique) => {
    const after = shop({ ...columns }, { uniques: [unique] } as never)
    const { steps } = await grown(shop(), after)
    expect(steps.map(({ change }) => change)).toContain('addUnique')
    const duplicates = await testedStructure(subject)
    await duplicates.sync(shop())
    for (const id of [key, otherKey]) await duplicates.insert(shop(), 'Shop', { id, name: 'Corner' })
    const outcome = await duplicates.sync(after).then(
      () => 'done',
      (error: Error) => error.message,
    )
    expect(outcome).toMatch(title === 'a flag' ? /^done$/ : /uq_shops_name.*1 groups of rows with equal \(name/s)
  })

  test('a unique rule on a new column whose default all rows would share is refused', async () => {
    const structure = await testedStructure(subject)
    await structure.sync(shop())
    const after = shop({ floor: integer().default(4).unique() })
    await structure.insert(shop(), 'Shop', { id: key, name: 'Corner' })
    await structure.insert(shop(), 'Shop', { id: otherKey, name: 'Market' })
    await expect(structure.sync(after)).rejects.toThrow(/uq_shops_floor.*1 groups of rows with equal \(floor/s)
    await structure.rows(`delete from ${structure.dialect.quoteName('shops')} where name = 'Market'`)
    expect((await structure.sync(after)).steps.map(({ change }) => change)).toEqual(['addColumn', 'addUnique'])
  })

  test('a rule on a column that has rows is added once none of them stands against it', async () => {
    const structure = await testedStructure(subject)
    const before = shop({ floor: integer().nullable() })
    const after = shop({ floor: integer().range(0, 9).nullable() })
    await structure.sync(before)
    await structure.insert(before, 'Shop', { id: key, name: 'Corner', floor: 12 })
    const refusal = structure.sync(after)
    await expect(refusal).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
    await expect(refusal).rejects.toThrow(/ck_shops_floor_range.*1 rows? that break/s)
    const q = structure.dialect.quoteName.bind(structure.dialect)
    await structure.rows(`update ${q('shops')} set ${q('floor')} = 3`)
    const { steps } = await structure.sync(after)
    expect(steps.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toEqual(['addCheck'])
  })

  test('a column whose default is the present time is added where there are no rows', async () => {
    const structure = await testedStructure(subject)
    await structure.sync(shop())
    const { steps } = await structure.sync(shop({ ...timestamps() }))
    expect(steps.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toEqual(['addColumn', 'addColumn'])
    await structure.forget()
    expect((await structure.sync(shop({ ...timestamps() }))).steps).toEqual([])
  })

  test('a column whose default is the present time is added to rows, which get it', async () => {
    const structure = await testedStructure(subject)
    const before = shop({}, { indexes: [['name']], uniques: [['name']] } as never)
    const after = shop({ ...timestamps() }, { indexes: [['name']], uniques: [['name']] } as never)
    await structure.sync(before)
    await structure.insert(before, 'Shop', { id: key, name: 'Corner' })
    await structure.sync(after)
    expect(await structure.sync(after)).toMatchObject({ steps: [], leftAlone: [] })
    const [row] = await structure.rows(`select * from ${structure.dialect.quoteName('shops')}`)
    expect(row).toMatchObject({ name: 'Corner', created_at: expect.anything(), updated_at: expect.anything() })
  })
}
