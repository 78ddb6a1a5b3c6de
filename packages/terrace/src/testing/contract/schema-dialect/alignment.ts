import { describe, expect, test } from 'vitest'
import {
  graph,
  graphOf,
  integer,
  model,
  reference,
  softDelete,
  text,
  timestamp,
  uuid,
  type Columns,
  type Model,
  type ModelFact,
  type ModelGraph,
  type ModelOptions,
} from '../../../model/index.ts'
import type { SyncOptions } from '../../../sync/index.ts'
import { key, maintained, proven, Town, type Alignment, type Declared, type Row } from './alignments.ts'
import { changingStatements, testedStructure, type SchemaUnderContract, type TestedStructure } from './subject.ts'

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function modelOf(name: string, [columns, options = {}]: Declared): Model {
  return model(snakeCase(name), { id: uuid().primaryKey(), ...columns }, options as ModelOptions<never> as never)
}

function graphOfCases(cases: Readonly<Record<string, Alignment>>, side: 'before' | 'after'): ModelGraph {
  const models = Object.entries(cases).map(([name, one]) => [name, modelOf(name, one[side])] as const)
  return graphOf(graph({ ...Object.fromEntries(models), Town }))
}

async function withRows(structure: TestedStructure, cases: Readonly<Record<string, Alignment>>): Promise<void> {
  const before = graphOfCases(cases, 'before')
  await structure.sync(before)
  await structure.insert(before, 'Town', { id: key })
  for (const [name, { row }] of Object.entries(cases)) await structure.insert(before, name, { id: key, ...row })
}

/** At rest: nothing to do, also when everything is compared anew. */
async function expectRest(structure: TestedStructure, wanted: ModelGraph): Promise<void> {
  expect(await structure.sync(wanted)).toMatchObject({ steps: [], frozen: [] })
  await structure.forget()
  expect(await structure.sync(wanted)).toMatchObject({ steps: [], frozen: [], leftAlone: [] })
}

/** Name by name, and nothing is changed. */
async function expectRefused(structure: TestedStructure, cases: Readonly<Record<string, Alignment>>): Promise<void> {
  structure.sent.length = 0
  const refusal = await structure.sync(graphOfCases(cases, 'after')).then(
    () => '',
    ({ message }: Error) => message,
  )
  for (const name of Object.keys(cases)) expect(refusal).toContain(snakeCase(name))
  const changing = structure.sent.filter((sql) => changingStatements.test(sql) && !/_?terrace_/.test(sql))
  expect(changing).toEqual([])
}

/** What the database has and the models want otherwise is changed, and the rows that are there stay what they are. */
export function alignmentContract(subject: SchemaUnderContract): void {
  /** The values of the only row, decoded, as texts. */
  async function rowOf(
    { rows, dialect }: TestedStructure,
    fact: ModelFact | undefined,
    columns: readonly string[],
  ): Promise<Row> {
    const [row, ...more] = await rows(`select * from ${dialect.quoteName(fact?.table ?? '')}`)
    expect(more).toEqual([])
    const valueOf = (name: string): unknown => {
      const stored = row?.[name]
      const column = fact?.columns.find(({ sqlName }) => sqlName === name)
      if (stored === null || stored === undefined) return stored
      const decode = column === undefined ? null : subject.runtime.codec(column).decode
      return String(decode === null ? stored : (decode as (value: unknown) => unknown)(stored))
    }
    return Object.fromEntries(columns.map((name) => [name, valueOf(name)]))
  }

  async function aligned(
    cases: Readonly<Record<string, Alignment>>,
    options: Partial<SyncOptions> = {},
  ): Promise<TestedStructure> {
    const structure = await testedStructure(subject)
    await withRows(structure, cases)
    const after = graphOfCases(cases, 'after')
    if (options.maintenance === true) await expectRefused(structure, cases)
    const { steps } = await structure.sync(after, options)
    const untouched = Object.keys(cases).filter((name) => !steps.some(({ table }) => table === snakeCase(name)))
    expect(untouched).toEqual([])
    for (const [name, { becomes }] of Object.entries(cases))
      expect({ name, ...(await rowOf(structure, after.models[name], Object.keys(becomes))) }).toEqual({
        name,
        ...becomes,
      })
    await expectRest(structure, after)
    return structure
  }

  test(
    'A8: what the rows prove to lose nothing is done at the next start, and the one after has nothing to do',
    { timeout: 30_000 },
    async () => {
      const { insert, rows } = await aligned(proven)
      const after = graphOfCases(proven, 'after')
      const other = { id: key.replace(/1$/, '2') }
      const refused = async (name: string, row: Row): Promise<string> =>
        insert(after, name, { ...other, ...row }).then(
          () => `${name} inserted`,
          ({ kind }: { kind: string }) => kind,
        )
      expect(await refused('newRange', { floor: 10n })).toBe('check')
      expect(await refused('anotherChoice', { kind: 'a' })).toBe('check')
      expect(await refused('newRowRule', { one: 1n, two: 2n })).toBe('check')
      expect(await refused('newUnique', { name: 'Corner' })).toBe('unique')
      expect(await refused('shorterText', { name: 'thirteen char' })).toMatch(/^(?:check|tooLong)$/)
      expect(await refused('smallerNumber', { floor: 32_768n })).toMatch(/^(?:check|outOfRange)$/)
      expect(await refused('newReference', { townId: other.id })).toBe('foreignKey')
      await insert(after, 'softDeleted', { ...other, name: 'Corner', deletedAt: new Date() })
      await insert(after, 'optional', { ...other, floor: null })
      await insert(after, 'limitedUnique', { ...other, name: 'Corner', isMain: false })
      await insert(after, 'anotherChoice', { ...other, kind: 'longer than before' })
      await insert(after, 'numbered', { note: null })
      const numbers = await rows('select id from numbered order by id')
      expect(numbers.map(({ id }) => Number(id))).toEqual([7, 8])
    },
  )

  test('A8: what other releases would mind is done where nobody else is at work, and refused otherwise', async () => {
    await aligned(maintained, { maintenance: true })
  })

  describe('a declared rename', () => {
    const named = (name: string, former?: string): ModelGraph =>
      graphOf(
        graph({
          Shop: model('shops', {
            id: uuid().primaryKey(),
            [name]: former === undefined ? text().length(1, 9) : text().length(1, 9).renamedFrom(former),
          } as Columns),
        }),
      )

    test('is done where a person allows it by name, once, and is not undone by itself', async () => {
      const structure = await testedStructure(subject)
      await structure.sync(named('title'))
      await structure.insert(named('title'), 'Shop', { id: key, title: 'Corner' })
      await expect(structure.sync(named('name', 'title'))).rejects.toThrow(
        /column shops\.name.*is title, wanted name.*previous release.*allow: \['rename-column shops\.name'\]/,
      )
      const { steps } = await structure.sync(named('name', 'title'), { allow: ['rename-column shops.name'] })
      expect(steps.map(({ phase }) => phase)).toContain('rename')
      expect(await structure.rows('select name from shops')).toEqual([{ name: 'Corner' }])
      await expectRest(structure, named('name', 'title'))
      await expectRest(structure, named('name'))
    })

    test('is nothing to do in a database that never had the former name', async () => {
      const structure = await testedStructure(subject)
      await structure.sync(named('name', 'title'))
      await expectRest(structure, named('name', 'title'))
    })

    test('is refused where both names are there', async () => {
      const structure = await testedStructure(subject)
      await structure.sync(named('title'))
      await structure.rows('alter table shops add column name text')
      const refusal = structure.sync(named('name', 'title'), { maintenance: true })
      await expect(refusal).rejects.toThrow(/column shops\.name.*there beside title/)
    })
  })

  describe('of tables a declared rename', () => {
    function release(table: string, options: { readonly former?: string; readonly column?: string } = {}): ModelGraph {
      const { former, column = 'title' } = options
      const name = text().length(1, 9)
      const Item = model(
        table,
        {
          id: uuid().primaryKey(),
          [column]: column === 'title' ? name : name.renamedFrom('title'),
          partOfId: reference(table, { key: uuid() }).nullable(),
        } as Columns,
        {
          indexes: [[column, 'id']],
          uniques: [[column]],
          ...(former === undefined ? {} : { renamedFrom: former }),
        } as never,
      )
      const Line = model('lines', {
        id: uuid().primaryKey(),
        itemId: reference(Item as never, { onDelete: 'cascade' }),
      })
      return graphOf(graph({ Item, Line: Line as never }))
    }

    test('[edge 65] takes rows, keys and what refers to it along, with a column and an index in one step', async () => {
      const structure = await testedStructure(subject)
      const before = release('items')
      await structure.sync(before)
      await structure.insert(before, 'Item', { id: key, title: 'Corner', partOfId: key })
      await structure.insert(before, 'Line', { id: key, itemId: key })
      const after = release('goods', { former: 'items', column: 'name' })
      await structure.sync(after, { maintenance: true })
      expect(await structure.rows('select name, part_of_id from goods')).toEqual([{ name: 'Corner', part_of_id: key }])
      await expectRest(structure, after)
      await expect(
        structure.insert(after, 'Line', { id: key.replace(/1$/, '2'), itemId: key.replace(/1$/, '9') }),
      ).rejects.toMatchObject({ kind: 'foreignKey' })
      // One engine refuses to delete a row that refers to itself.
      await structure.rows('update goods set part_of_id = null')
      await structure.rows('delete from goods')
      expect(
        await structure.rows('select * from lines'.replace('lines', structure.dialect.quoteName('lines'))),
      ).toEqual([])
    })

    test('[edge 64] lets two tables change their names', async () => {
      const structure = await testedStructure(subject)
      const shape = { id: uuid().primaryKey(), name: text().length(1, 9).unique() }
      const swapped = (isSwapped: boolean): ModelGraph =>
        graphOf(
          graph({
            One: model('one', shape, isSwapped ? { renamedFrom: 'two' } : {}),
            Two: model('two', shape, isSwapped ? { renamedFrom: 'one' } : {}),
          }),
        )
      await structure.sync(swapped(false))
      for (const name of ['One', 'Two']) await structure.insert(swapped(false), name, { id: key, name })
      await structure.sync(swapped(true), { maintenance: true })
      expect(await structure.rows('select name from one')).toEqual([{ name: 'Two' }])
      expect(await structure.rows('select name from two')).toEqual([{ name: 'One' }])
      await expectRest(structure, swapped(true))
    })

    test('[edge 66] changes only the case of its letters', async () => {
      const structure = await testedStructure(subject)
      const shape = { id: uuid().primaryKey() }
      const before = graphOf(graph({ Good: model('goods', shape) }))
      const after = graphOf(graph({ Good: model('Goods', shape, { renamedFrom: 'goods' }) }))
      await structure.sync(before)
      await structure.insert(before, 'Good', { id: key })
      await structure.sync(after, { maintenance: true })
      expect(await structure.rows(`select * from ${structure.dialect.quoteName('Goods')}`)).toHaveLength(1)
      await expectRest(structure, after)
    })
  })

  test('what a person allows by name is dropped, with what goes along; what nobody needs to allow is told', async () => {
    const structure = await testedStructure(subject)
    const before = graphOf(
      graph({
        Town,
        Shop: model('shops', {
          id: uuid().primaryKey(),
          name: text().length(1, 9).unique(),
          title: text().length(1, 9).unique(),
          floor: integer().range(0, 9),
          area: integer().index(),
          townId: reference(Town),
          ...softDelete(),
        }),
        Gone: model('gone', { id: uuid().primaryKey(), name: text() }),
      }),
    )
    const after = graphOf(
      graph({
        Shop: model('shops', { id: uuid().primaryKey(), name: text().length(1, 9), floor: integer(), area: integer() }),
      }),
    )
    await structure.sync(before)
    await structure.insert(before, 'Town', { id: key })
    const row = { id: key, name: 'Corner', title: 'x', floor: 3, area: 4, townId: key }
    await structure.insert(before, 'Shop', row)
    await expect(structure.sync(after)).rejects.toThrow(/Differences: [45]\n/)
    const allow = [
      'drop-column shops.title',
      'drop-column shops.town_id',
      'drop-column shops.deleted_at',
      'drop-column shops.deletion_id',
      'drop-unique shops.uq_shops_name',
      'drop-check shops.ck_shops_floor_range',
      'drop-index shops.ix_shops_area',
      'drop-table gone',
      'drop-table towns',
    ]
    await structure.sync(after, { allow })
    const [found] = await structure.rows('select * from shops')
    expect(Object.keys(found ?? {}).toSorted()).toEqual(['area', 'floor', 'id', 'name'])
    expect(found).toMatchObject({ name: 'Corner', floor: 3, area: 4 })
    await expect(structure.rows('select * from towns')).rejects.toMatchObject({ kind: 'missingObject' })
    await expectRest(structure, after)
  })

  test('a column that was given up once is no half of a later rename', async () => {
    const structure = await testedStructure(subject)
    const shop = (columns: Columns): ModelGraph =>
      graphOf(graph({ Shop: model('shops', { id: uuid().primaryKey(), ...columns }) }))
    const at = timestamp().nullable()
    await structure.sync(shop({ seenAt: at }))
    expect((await structure.sync(shop({}))).leftAlone).toMatchObject([{ object: 'column shops.seen_at' }])
    const { steps, leftAlone } = await structure.sync(shop({ paidAt: at }))
    expect(steps).toMatchObject([{ change: 'addColumn' }])
    expect(leftAlone).toMatchObject([{ object: 'column shops.seen_at' }])
  })
}
