import { expect, test } from 'vitest'
import {
  bigint,
  graph,
  graphOf,
  model,
  type Model,
  text,
  uuid,
  type Columns,
  type ModelGraph,
  type ModelOptions,
} from '../../../model/index.ts'
import { testedStructure, type SchemaUnderContract } from './subject.ts'

const Town = model('towns', { id: uuid().primaryKey() })

function shop(columns: Columns, options: object = {}): ModelGraph {
  return graphOf(graph({ Shop: shopModel('shops', columns, options), Town }))
}

function shopModel(table: string, columns: Columns, options: object = {}): Model {
  return model(table, { id: uuid().primaryKey(), ...columns }, options as ModelOptions<never> as never)
}

async function messageOf(start: Promise<unknown>): Promise<string> {
  return start.then(
    () => '',
    ({ message }: Error) => message,
  )
}

/** What is left alone, and what is refused; the words of each refusal are in `test/golden/refusals`. */
export function refusalsContract(subject: SchemaUnderContract): void {
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
      /table stores.*missing, while shops .*no longer declared.*model\('stores', …, \{ renamedFrom: 'shops' \}\)/s,
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
    for (const { statements } of steps) for (const sql of statements) await other.rows(sql)
    const report = await other.sync(wanted)
    expect(report).toMatchObject({ steps: [], leftAlone: [] })
    expect(report.notOwned.toSorted()).toEqual(['shops', 'towns'])
    expect(await other.rows('select * from terrace_object')).toEqual([])

    const grown = shop({ name: text().length(1, 30).unique(), floor: bigint().nullable() })
    expect(await messageOf(other.sync(grown))).toMatch(/column shops\.floor .*not made by Terrace/)
    await other.rows('alter table shops add column floor int')
    expect(await messageOf(other.sync(grown))).not.toMatch(/column shops\.floor .*is missing/)
  })

  test('a suspected rename is one line, whatever rules and companions the column has', async () => {
    const structure = await testedStructure(subject)
    const named = (name: string) =>
      shop({ [name]: text().length(1, 9).ignoreCase().unique() }, { indexes: [[name, '-id']] } as ModelOptions<never>)
    await structure.sync(named('title'))
    const refusal = await messageOf(structure.sync(named('name')))
    expect(refusal).toMatch(/Differences: 1\n.*column shops\.name .*while title .*name: ….renamedFrom\('title'\)/)
  })

  test('the policy check refuses what safe would do, and says how to have it done', async () => {
    const structure = await testedStructure(subject)
    const refusal = structure.sync(shop({}), { policy: 'check' })
    await expect(refusal).rejects.toThrow(
      /table shops \[Shop\]: .*changes nothing\. Apply the revision that does it \(terrace db upgrade\), or start once with the policy safe\.$/s,
    )
  })
}
