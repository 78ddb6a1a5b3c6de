import { expect, test } from 'vitest'
import type { TerraceError } from '../../../errors/index.ts'
import {
  bigint,
  graph,
  graphOf,
  identity,
  integer,
  model,
  type Model,
  oneOf,
  reference,
  softDelete,
  text,
  uuid,
  type Columns,
  type ModelGraph,
  type ModelOptions,
} from '../../../model/index.ts'
import { byHand, changingStatements, testedStructure, type SchemaUnderContract } from './subject.ts'

const Town = model('towns', { id: uuid().primaryKey() })

function shop(columns: Columns, options: object = {}): ModelGraph {
  return graphOf(graph({ Shop: shopModel('shops', columns, options), Town }))
}

function shopModel(table: string, columns: Columns, options: object = {}): Model {
  return model(table, { id: uuid().primaryKey(), ...columns }, options as ModelOptions<never> as never)
}

type Declared = readonly [columns: Columns, options?: object]

/** What a model was and became; no engine of this release follows, and each says so in its own words. */
const cases: Readonly<Record<string, readonly [before: Declared, after: Declared]>> = {
  anotherType: [[{ floor: integer() }], [{ floor: text().length(1, 9) }]],
  longerText: [[{ name: text().length(1, 10) }], [{ name: text().length(1, 20) }]],
  notNull: [[{ floor: bigint().nullable() }], [{ floor: bigint() }]],
  nullable: [[{ floor: bigint() }], [{ floor: bigint().nullable() }]],
  anotherDefault: [[{ floor: bigint().default(1n) }], [{ floor: bigint().default(2n) }]],
  noDefault: [[{ floor: bigint().default(1n) }], [{ floor: bigint() }]],
  anotherRange: [[{ floor: bigint().range(0n, 9n) }], [{ floor: bigint().range(0n, 10n) }]],
  noRange: [[{ floor: bigint().range(0n, 9n) }], [{ floor: bigint() }]],
  anotherChoice: [[{ kind: oneOf('a', 'b') }], [{ kind: oneOf('a', 'b', 'c') }]],
  needsValue: [[{}], [{ floor: bigint() }]],
  mayBeRenamed: [[{ title: text().length(1, 9).nullable() }], [{ name: text().length(1, 9).nullable() }]],
  anotherDirection: [
    [{ floor: bigint() }, { indexes: [['floor']] }],
    [{ floor: bigint() }, { indexes: [['-floor']] }],
  ],
  noUnique: [[{ floor: bigint().unique() }], [{ floor: bigint() }]],
  anotherAction: [
    [{ townId: reference(Town, { onDelete: 'cascade' }) }],
    [{ townId: reference(Town, { onDelete: 'restrict' }) }],
  ],
  numbered: [[{ id: integer().primaryKey() }], [{ id: identity() }]],
  anotherKey: [[{ floor: bigint() }], [{ id: uuid(), floor: bigint().primaryKey() }]],
}

function graphOfCases(side: 0 | 1): ModelGraph {
  const models = Object.entries(cases).map(
    ([name, sides]) => [name, shopModel(snakeCase(name), ...sides[side])] as const,
  )
  return graphOf(graph({ ...Object.fromEntries(models), Town }))
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

async function messageOf(start: Promise<unknown>): Promise<string> {
  return start.then(
    () => '',
    ({ message }: Error) => message,
  )
}

/** Every difference that is not resolved is named with both sides, the reason and the way on; nothing is guessed or dropped. */
export function refusalsContract(subject: SchemaUnderContract): void {
  test('A8: each difference that is not resolved is refused in exact words, before anything is changed', async () => {
    const structure = await testedStructure(subject)
    await structure.sync(graphOfCases(0))
    structure.sent.length = 0
    const error = await structure.sync(graphOfCases(1)).then(
      () => null,
      (refusal: TerraceError) => refusal,
    )
    const changing = structure.sent.filter((sql) => changingStatements.test(sql) && !/_?terrace_/.test(sql))
    expect(changing).toEqual([])
    for (const name of Object.keys(cases)) expect(error?.message).toContain(snakeCase(name))
    await expect(`${error?.code}: ${error?.message}\n`).toMatchFileSnapshot(`${subject.golden}/refusals.txt`)
    expect(await structure.sync(graphOfCases(0))).toMatchObject({ steps: [] })
  })

  test('the statements that a refusal gives make the next start succeed; where there are none, it says what to do', async () => {
    const structure = await testedStructure(subject)
    const before = shop({
      name: text().length(1, 10),
      kind: oneOf('a', 'b'),
      floor: bigint(),
      area: bigint().range(0n, 9n),
    })
    const after = shop({
      name: text().length(1, 20),
      kind: oneOf('a', 'b', 'c'),
      floor: bigint().nullable(),
      area: bigint(),
    })
    await structure.sync(before)
    const id = '00000000-0000-7000-8000-000000000001'
    await structure.insert(before, 'Shop', { id, name: 'Corner', kind: 'a', floor: 1n, area: 2n })
    const refusal = await messageOf(structure.sync(after))
    const statements = byHand(refusal)
    expect(refusal).toMatch(/ck_shops_kind_one_of/)
    if (!subject.altersInPlace) {
      expect(statements).toEqual([])
      expect(refusal).toMatch(/Rebuild the table by hand .*section 7/)
      return
    }
    for (const sql of statements) await structure.rows(sql)
    expect(await structure.sync(after)).toMatchObject({ steps: [], leftAlone: [] })
    await structure.insert(after, 'Shop', {
      id: id.replace(/1$/, '2'),
      name: 'x'.repeat(20),
      kind: 'c',
      floor: null,
      area: 90n,
    })
    expect(await structure.rows(`select * from ${structure.dialect.quoteName('shops')}`)).toHaveLength(2)
  })

  test('what the models do not know is left alone and reported', async () => {
    const structure = await testedStructure(subject)
    const wanted = shop({ name: text().length(1, 30) })
    await structure.sync(wanted)
    await structure.rows('create table visitors (id integer not null primary key, name varchar(10))')
    await structure.rows('alter table shops add column colour integer')
    await structure.rows('create unique index by_colour on shops (colour)')
    await structure.rows('create index by_name on shops (name)')
    const report = await structure.sync(wanted)
    expect(report.steps).toEqual([])
    expect(report.leftAlone.map(({ object }) => object).toSorted()).toEqual([
      'column shops.colour',
      'index shops.by_name',
      'table visitors',
      'unique shops.by_colour',
    ])
    const [row] = await structure.rows('select count(*) as n from visitors')
    expect(Number(row?.['n'])).toBe(0)
  })

  test('a column of somebody else that no insert could fill is refused', async () => {
    const structure = await testedStructure(subject)
    const wanted = shop({ name: text().length(1, 30) })
    await structure.sync(wanted)
    await structure.rows('alter table shops add column colour integer')
    expect((await structure.sync(wanted)).steps).toEqual([])
    const other = await testedStructure(subject)
    await other.rows('create table shops (id integer not null primary key, colour integer not null)')
    await expect(other.sync(shop({}))).rejects.toThrow(/column shops\.colour: .*no row could be inserted/)
  })

  test('a view in the place of a table is refused', async () => {
    const structure = await testedStructure(subject)
    await structure.rows('create view shops as select 1 as id')
    await expect(structure.sync(shop({}))).rejects.toThrow(/table shops.*is a view, wanted/)
    await structure.rows('drop view shops')
  })

  test('a table of a model that is gone is kept and reported', async () => {
    const structure = await testedStructure(subject)
    await structure.sync(shop({}))
    const onlyTowns = graphOf(graph({ Town }))
    expect(await structure.sync(onlyTowns)).toMatchObject({ orphaned: ['shops'], steps: [] })
    await structure.rows('select * from shops')
  })

  test('a model whose table has another name is refused, for an empty table would take the place of its rows', async () => {
    const structure = await testedStructure(subject)
    const named = (table: string) =>
      graphOf(graph({ Shop: model(table, { id: uuid().primaryKey(), name: text().length(1, 30) }) }))
    await structure.sync(named('shops'))
    const refusal = structure.sync(named('stores'))
    await expect(refusal).rejects.toThrow(
      /table stores.*missing, while shops .*no longer declared.*model\('shops', …\)/s,
    )
    await expect(structure.rows('select * from stores')).rejects.toMatchObject({ kind: 'missingObject' })
    await structure.rows('alter table shops rename to former_shops')
    expect((await structure.sync(named('stores'))).created.tables).toEqual(['stores'])
    await structure.rows('select * from former_shops')
  })

  test('a table that somebody else made is used as it is where it matches, and is not ours', async () => {
    const structure = await testedStructure(subject)
    const wanted = shop({ name: text().length(1, 30).unique() })
    const { steps } = await structure.sync(wanted)
    const other = await testedStructure(subject)
    for (const { sql } of steps) await other.rows(sql)
    const report = await other.sync(wanted)
    expect(report).toMatchObject({ steps: [], leftAlone: [] })
    expect(report.notOwned.toSorted()).toEqual(['shops', 'towns'])
    expect(await other.rows('select * from terrace_object')).toEqual([])

    const grown = shop({ name: text().length(1, 30).unique(), floor: bigint().nullable() })
    const refusal = await other.sync(grown).catch((error: TerraceError) => error.message)
    expect(refusal).toMatch(/column shops\.floor .*not made by Terrace.*Run it by hand: alter table/)
    await other.rows(/Run it by hand: (.*)\.$/m.exec(String(refusal))?.[1] ?? '')
    expect(await other.sync(grown)).toMatchObject({ steps: [], notOwned: expect.arrayContaining(['shops']) })
  })

  test('a column that a person has renamed as a refusal said belongs to Terrace again', async () => {
    const structure = await testedStructure(subject)
    const q = structure.dialect.quoteName.bind(structure.dialect)
    await structure.sync(shop({ title: bigint().nullable() }))
    await expect(structure.sync(shop({ name: bigint().nullable() }))).rejects.toThrow(/rename column .title. to .name./)
    await structure.rows(`alter table ${q('shops')} rename column ${q('title')} to ${q('name')}`)
    expect((await structure.sync(shop({ name: bigint().nullable() }))).leftAlone).toEqual([])
    await expect(structure.sync(shop({ label: bigint().nullable() }))).rejects.toThrow(
      /rename column .name. to .label./,
    )
  })

  test('a suspected rename is one line, whatever rules the column has', async () => {
    const structure = await testedStructure(subject)
    const named = (name: string) =>
      shop({ [name]: text().length(1, 9).unique() }, { indexes: [[name, '-id']] } as ModelOptions<never>)
    await structure.sync(named('title'))
    const refusal = await messageOf(structure.sync(named('name')))
    expect(refusal).toMatch(/Differences: 1\n.*column shops\.name.*missing, while title .*If it is a rename/)
    await structure.rows(/by hand \((.*?)\)(?:;| and)/.exec(refusal)?.[1] ?? '')
    const names = await messageOf(structure.sync(named('name')))
    expect(names).toMatch(/check shops\.ck_shops_name_length \[Shop\.name\]: is ck_shops_title_length/)
    if (!subject.altersInPlace) return expect(names).toMatch(/section 7\), or keep the former name in the model/)
    for (const sql of byHand(names)) await structure.rows(sql)
    expect(await structure.sync(named('name'))).toMatchObject({ steps: [], leftAlone: [] })
  })

  test('no statements are given for a rule that waits for a column', async () => {
    const structure = await testedStructure(subject)
    await structure.sync(shop({ name: text().length(1, 9).unique() }))
    const refusal = await messageOf(structure.sync(shop({ name: text().length(1, 9).unique(), ...softDelete() })))
    expect(refusal).toMatch(/unique shops\.uq_shops_name/)
    expect(byHand(refusal)).toEqual([])
  })

  test('the policy check refuses what safe would do, and says how to have it done', async () => {
    const structure = await testedStructure(subject)
    const refusal = structure.sync(shop({}), { policy: 'check' })
    await expect(refusal).rejects.toThrow(
      /table shops \[Shop\]: .*changes nothing\. Start once with the policy safe\.$/s,
    )
  })
}
