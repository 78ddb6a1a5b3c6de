import { afterEach, describe, expect, test } from 'vitest'
import { edited, liveSqlite, plainColumn, withColumn, type LiveSqlite } from '../../../test/support/live-sqlite.ts'
import {
  boolean,
  decimal,
  graph,
  integer,
  model,
  smallint,
  text,
  timestamp,
  uuid,
  type Columns,
} from '../../model/index.ts'
import { snapshotOf, type CheckShape, type ColumnShape, type TableShape } from '../../schema/index.ts'
import { conversions } from './conversions.ts'
import { createSchemaDialect } from './schema-dialect.ts'

const open: LiveSqlite[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function live(...statements: readonly string[]): Promise<LiveSqlite> {
  const one = await liveSqlite(statements)
  open.push(one)
  return one
}

const table: TableShape = {
  name: 't',
  comment: null,
  options: { strict: 'yes', rowid: 'yes' },
  columns: [],
  primaryKey: null,
  uniques: [],
  indexes: [],
  foreignKeys: [],
  checks: [],
  source: null,
}

function kindOf(from: string, to: string, checks: readonly CheckShape[] = []): string {
  const [before, wanted] = [from, to].map((type): ColumnShape => plainColumn('c', type)) as [ColumnShape, ColumnShape]
  return conversions.column({ live: before, wanted, table: { live: { ...table, checks }, wanted: table } }, '"c"').kind
}

function check(expression: string): readonly CheckShape[] {
  return [{ name: null, expression, enforced: true, source: null }]
}

describe('what becomes of values of another type', () => {
  test.each([
    ['VARCHAR(10)', 'TEXT', 'lossless'],
    ['INT', 'INTEGER', 'lossless'],
    ['INTEGER', 'ANY', 'lossless'],
    ['TEXT', 'BLOB', 'lossless'],
    ['TEXT', 'INTEGER', 'checked'],
    ['TEXT', 'REAL', 'checked'],
    ['REAL', 'INTEGER', 'checked'],
    ['INTEGER', 'REAL', 'checked'],
    ['DECIMAL(10,2)', 'REAL', 'checked'],
    ['REAL', 'TEXT', 'checked'],
    ['INTEGER', 'TEXT', 'lossy'],
    ['BLOB', 'TEXT', 'lossy'],
    ['INTEGER', 'BLOB', 'lossy'],
  ])('%s → %s is %s', (from, to, kind) => {
    expect(kindOf(from, to)).toBe(kind)
  })

  test('[edge 17] depends on what the numbers mean, which a check says', () => {
    expect(kindOf('INTEGER', 'TEXT', check('c between -2147483648 and 2147483647'))).toBe('lossless')
    expect(kindOf('INTEGER', 'TEXT', check('c in (0, 1)'))).toBe('lossy')
    expect(kindOf('INTEGER', 'TEXT', check('c / 100 between -999 and 999'))).toBe('impossible')
    expect(kindOf('INTEGER', 'REAL', check('c / 100 between -999 and 999'))).toBe('impossible')
  })

  test.each<readonly [from: string, to: string, fitting: readonly string[], offending: readonly string[]]>([
    [
      'TEXT',
      'INTEGER',
      ["'12'", "'-7'", "'0'", 'null'],
      ["'12abc'", "'012'", "' 12'", "'1.0'", "''", "'99999999999999999999'"],
    ],
    ['REAL', 'INTEGER', ['1.0', '-2.0', 'null'], ['1.5', '1e300']],
    ['INTEGER', 'REAL', ['1', '9007199254740992', 'null'], ['9007199254740993']],
    ['TEXT', 'REAL', ["'1.5'", "'12'", 'null'], ["'1.50'", "'x'", "'1e400'"]],
    ['REAL', 'TEXT', ['1.5', '0.1', '(0.1 + 0.2)', 'null'], []],
  ])('[edge 11] of %s as %s is told by each value', async (from, to, fitting, offending) => {
    const values = [...fitting, ...offending]
    const one = await live(
      `create table t (id integer primary key, c ${from})`,
      ...values.map((value) => `insert into t (c) values (${value})`),
    )
    const sides = { live: plainColumn('c', from), wanted: plainColumn('c', to), table: { live: table, wanted: table } }
    const conversion = conversions.column(sides, '"c"')
    if (conversion.kind !== 'checked') throw new Error(conversion.kind)
    const found = await one.rows(`select id from t where ${conversion.offending}`)
    expect(found.map(({ id }) => values[Number(id) - 1])).toEqual(offending)
    await one.rows(`delete from t where ${conversion.offending}`)
    const before = await one.rows('select cast(c as real) as c from t')
    await one.change(edited('t', (shape) => withColumn(shape, 'c', { type: to })))
    const types = await one.rows('select distinct typeof(c) as type from t where c is not null')
    expect(types).toEqual([{ type: to.toLowerCase() }])
    expect(await one.rows('select cast(c as real) as c from t')).toEqual(before)
  })

  test('[edge 11] keeps what an affinity let through from becoming something else in a strict table', async () => {
    const { change, rows } = await live(
      'create table t (id int primary key, n integer, data blob)',
      "insert into t values (1, '12', x'00'), (2, '12abc', null)",
    )
    const strict = edited('t', ({ options }) => ({ options: { ...options, strict: 'yes' } }))
    await expect(change(strict)).rejects.toThrow(/1 rows? with a value that is not of its column's type/)
    await rows('update t set n = 13 where id = 2')
    await change(strict)
    expect(await rows('select n, typeof(n) as type from t')).toEqual([
      { n: 12, type: 'integer' },
      { n: 13, type: 'integer' },
    ])
  })

  test('[edge 10] keeps rows without a key from being numbered by an INTEGER PRIMARY KEY', async () => {
    const one = await live('create table t (id int primary key, n int)', 'insert into t values (1, 1), (null, 2)')
    const { snapshot } = await one.structure.introspect()
    expect(snapshot.tables['t']?.columns[0]).toMatchObject({ type: 'INT', nullable: true, identity: null })
    const alias = edited('t', (shape) => withColumn(shape, 'id', { type: 'INTEGER', nullable: false }))
    await expect(one.change(alias)).rejects.toThrow(/1 rows? without a value in id/)
    await one.rows('delete from t where id is null')
    await one.change(alias)
    await one.rows('insert into t (n) values (3)')
    expect(await one.rows('select rowid, id from t order by id')).toEqual([{ id: 1 }, { id: 2 }])
  })
})

describe('[edge 17] decimals, which are whole numbers with a check that says their unit,', () => {
  const dialect = createSchemaDialect({ product: 'SQLite', version: '3' })
  const things = (columns: Columns) =>
    snapshotOf(graph({ Thing: model('things', { id: uuid().primaryKey(), ...columns }) }).Thing.graph, dialect)

  async function withPrice(columns: Columns): Promise<LiveSqlite> {
    const one = await live()
    await one.structure.apply(things(columns))
    return one
  }

  test.each<readonly [what: string, before: Columns, after: Columns]>([
    ['get no other scale', { price: decimal(10, 2) }, { price: decimal(10, 3) }],
    ['are not what a whole number was', { price: integer() }, { price: decimal(10, 2) }],
    ['become no whole number', { price: decimal(10, 2) }, { price: integer() }],
    ['become no text', { price: decimal(10, 2) }, { price: text() }],
    ['are not what a text was', { price: text() }, { price: decimal(10, 2) }],
  ])('%s', async (_, before, after) => {
    const one = await withPrice(before)
    const { drift } = await one.structure.plan(things(after))
    expect(drift.map(({ reason }) => reason)).toContainEqual(expect.stringMatching(/smallest unit/))
    expect(drift.map(({ remedy }) => remedy)).toContainEqual(expect.stringMatching(/[Dd]eclare a new column/))
  })

  test.each<readonly [what: string, before: Columns, after: Columns]>([
    ['get more digits before the point', { price: decimal(6, 2) }, { price: decimal(10, 2) }],
    ['may be without digits behind it, as whole numbers are', { price: smallint() }, { price: decimal(10, 0) }],
    ['may go', { price: decimal(6, 2) }, {}],
  ])('%s', async (_, before, after) => {
    const one = await withPrice(before)
    expect((await one.structure.plan(things(after))).drift).toEqual([])
  })

  test('leave truth values and instants to be told by their own checks', async () => {
    const one = await withPrice({ price: boolean() })
    expect((await one.structure.plan(things({ price: timestamp() }))).drift).toEqual([])
  })
})
