import { describe, expect, test } from 'vitest'
import {
  bigint,
  boolean,
  decimal,
  graph,
  graphOf,
  identity,
  integer,
  model,
  oneOf,
  reference,
  smallint,
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
import { changingStatements, testedStructure, type SchemaUnderContract, type TestedStructure } from './subject.ts'

type Declared = readonly [columns: Columns, options?: object]
type Row = Readonly<Record<string, unknown>>

interface Alignment {
  readonly before: Declared
  readonly after: Declared
  /** By property, as before. */
  readonly row: Row
  /** By the names in the database, as texts. */
  readonly becomes: Readonly<Record<string, string | null>>
}

const key = '00000000-0000-7000-8000-000000000001'
const Town = model('towns', { id: uuid().primaryKey() })
const townId = reference(Town, { onDelete: 'cascade' })

/** What the rows that are there prove to lose nothing, and no other release minds. */
const proven: Readonly<Record<string, Alignment>> = {
  longerText: {
    before: [{ name: text().length(1, 10) }],
    after: [{ name: text().length(1, 20) }],
    row: { name: 'Corner' },
    becomes: { name: 'Corner' },
  },
  shorterText: {
    before: [{ name: text().length(0, 40) }],
    after: [{ name: text().length(0, 12) }],
    row: { name: 'twelve chars' },
    becomes: { name: 'twelve chars' },
  },
  boundedText: {
    before: [{ name: text() }],
    after: [{ name: text().length(1, 20) }],
    row: { name: 'größer' },
    becomes: { name: 'größer' },
  },
  largerNumber: {
    before: [{ floor: integer() }],
    after: [{ floor: bigint() }],
    row: { floor: -2_147_483_648 },
    becomes: { floor: '-2147483648' },
  },
  smallerNumber: {
    before: [{ floor: bigint() }],
    after: [{ floor: smallint() }],
    row: { floor: 32_767n },
    becomes: { floor: '32767' },
  },
  moreDigits: {
    before: [{ price: decimal(6, 2) }],
    after: [{ price: decimal(12, 2) }],
    row: { price: '1234.56' },
    becomes: { price: '1234.56' },
  },
  fewerDigits: {
    before: [{ price: decimal(12, 2) }],
    after: [{ price: decimal(6, 2) }],
    row: { price: '1234.56' },
    becomes: { price: '1234.56' },
  },
  required: {
    before: [{ floor: bigint().nullable() }],
    after: [{ floor: bigint() }],
    row: { floor: 3n },
    becomes: { floor: '3' },
  },
  optional: {
    before: [{ floor: bigint() }],
    after: [{ floor: bigint().nullable() }],
    row: { floor: 3n },
    becomes: { floor: '3' },
  },
  newDefault: {
    before: [{ floor: bigint() }],
    after: [{ floor: bigint().default(2n) }],
    row: { floor: 1n },
    becomes: { floor: '1' },
  },
  anotherDefault: {
    before: [{ name: text().length(0, 20).default('one') }],
    after: [{ name: text().length(0, 20).default("it's two") }],
    row: {},
    becomes: { name: 'one' },
  },
  noDefault: {
    before: [{ floor: bigint().default(1n) }],
    after: [{ floor: bigint() }],
    row: {},
    becomes: { floor: '1' },
  },
  anotherRange: {
    before: [{ floor: bigint().range(0n, 9n) }],
    after: [{ floor: bigint().range(5n, 100n) }],
    row: { floor: 9n },
    becomes: { floor: '9' },
  },
  newRange: {
    before: [{ floor: bigint() }],
    after: [{ floor: bigint().range(0n, 9n) }],
    row: { floor: 9n },
    becomes: { floor: '9' },
  },
  anotherChoice: {
    before: [{ kind: oneOf('a', 'b') }],
    after: [{ kind: oneOf('b', 'c', 'longer than before') }],
    row: { kind: 'b' },
    becomes: { kind: 'b' },
  },
  newRowRule: {
    before: [{ one: bigint().nullable(), two: bigint().nullable() }],
    after: [{ one: bigint().nullable(), two: bigint().nullable() }, { exactlyOne: [['one', 'two']] }],
    row: { one: 1n },
    becomes: { one: '1', two: null },
  },
  newUnique: {
    before: [{ name: text().length(1, 20) }],
    after: [{ name: text().length(1, 20).unique() }],
    row: { name: 'Corner' },
    becomes: { name: 'Corner' },
  },
  softDeleted: {
    before: [{ name: text().length(1, 20).unique() }],
    after: [{ name: text().length(1, 20).unique(), ...softDelete() }],
    row: { name: 'Corner' },
    becomes: { name: 'Corner', deleted_at: null },
  },
  limitedUnique: {
    before: [{ name: text().length(1, 20), isMain: boolean() }, { uniques: [['name']] }],
    after: [
      { name: text().length(1, 20), isMain: boolean() },
      { uniques: [{ columns: ['name'], where: { isMain: true } }] },
    ],
    row: { name: 'Corner', isMain: true },
    becomes: { name: 'Corner' },
  },
  anotherDirection: {
    before: [{ floor: bigint() }, { indexes: [['floor']] }],
    after: [{ floor: bigint() }, { indexes: [['-floor']] }],
    row: { floor: 1n },
    becomes: { floor: '1' },
  },
  anotherAction: {
    before: [{ townId }],
    after: [{ townId: reference(Town, { onDelete: 'restrict' }) }],
    row: { townId: key },
    becomes: { town_id: key },
  },
  newReference: {
    before: [{ townId: uuid() }],
    after: [{ townId }],
    row: { townId: key },
    becomes: { town_id: key },
  },
  numbered: {
    before: [{ id: integer().primaryKey(), note: text().nullable() }],
    after: [{ id: identity(), note: text().nullable() }],
    row: { id: 7 },
    becomes: { id: '7' },
  },
  manyAtOnce: {
    before: [{ name: text().length(1, 10).nullable(), floor: integer() }, { indexes: [['floor']] }],
    after: [
      {
        name: text().length(1, 20).default('none').unique(),
        floor: bigint().range(0n, 9n).nullable(),
        area: integer().nullable(),
      },
      { indexes: [['floor'], ['name', 'floor']] },
    ],
    row: { name: 'Corner', floor: 4 },
    becomes: { name: 'Corner', floor: '4', area: null },
  },
}

/** What other releases would mind, or what rows do not prove: done when a person says that nobody else is at work. */
const maintained: Readonly<Record<string, Alignment>> = {
  renamedColumn: {
    before: [{ title: text().length(1, 9).ignoreCase().unique() }, { indexes: [['title', '-id']] }],
    after: [{ name: text().length(1, 9).ignoreCase().unique().renamedFrom('title') }, { indexes: [['name', '-id']] }],
    row: { title: 'Corner' },
    becomes: { name: 'Corner', name_folded: 'corner' },
  },
  renamedAndMore: {
    before: [{ title: text().length(1, 9).nullable() }],
    after: [{ name: text().length(1, 30).default('none').renamedFrom('title') }],
    row: { title: 'Corner' },
    becomes: { name: 'Corner' },
  },
  swapped: {
    before: [
      { one: bigint().range(0n, 9n), two: bigint() },
      { uniques: [['one']], indexes: [['two']] },
    ],
    after: [
      { one: bigint().renamedFrom('two'), two: bigint().range(0n, 9n).renamedFrom('one') },
      { uniques: [['two']], indexes: [['one']] },
    ],
    row: { one: 1n, two: 22n },
    becomes: { one: '22', two: '1' },
  },
  chained: {
    before: [{ one: integer().range(0, 9), two: text().length(1, 9) }],
    after: [{ two: integer().range(0, 9).renamedFrom('one'), three: text().length(1, 9).renamedFrom('two') }],
    row: { one: 1, two: 'Corner' },
    becomes: { two: '1', three: 'Corner' },
  },
  anotherCase: {
    before: [{ size: integer().range(0, 9) }],
    after: [{ size: integer().range(0, 9).column('SIZE').renamedFrom('size') }],
    row: { size: 4 },
    becomes: { SIZE: '4' },
  },
  renamedMarker: {
    before: [
      { title: text().length(1, 9), isMain: boolean() },
      { uniques: [{ columns: ['title'], where: { isMain: true } }] },
    ],
    after: [
      { name: text().length(1, 9).renamedFrom('title'), isMain: boolean() },
      { uniques: [{ columns: ['name'], where: { isMain: true } }] },
    ],
    row: { title: 'Corner', isMain: true },
    becomes: { name: 'Corner' },
  },
  anotherKey: {
    before: [{ floor: bigint() }],
    after: [{ id: uuid(), floor: bigint().primaryKey() }],
    row: { floor: 1n },
    becomes: { id: key, floor: '1' },
  },
  renumbered: {
    before: [{ id: identity() }],
    after: [{ id: integer().primaryKey() }],
    row: { id: 4 },
    becomes: { id: '4' },
  },
}

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

  test('A8: what the rows prove to lose nothing is done at the next start, and the one after has nothing to do', async () => {
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
  })

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
