import { expect, test } from 'vitest'
import { mysqlDialect } from '../../src/dialects/mysql/index.ts'
import { postgresDialect } from '../../src/dialects/postgres/index.ts'
import { sqliteDialect } from '../../src/dialects/sqlite/index.ts'
import { decimal, graph, identity, model, native, softDelete, text, uuid, type Columns } from '../../src/model/index.ts'

const id = uuid().primaryKey()
const dialects = [sqliteDialect, postgresDialect, mysqlDialect]

/** What each engine cannot hold: `mysql Thing.it: reason`. */
function refused(columns: Columns, options: object = {}): readonly string[] {
  const { graph: facts } = graph({ Thing: model('things', columns, options) }).Thing
  return dialects.flatMap((dialect) =>
    dialect
      .unsupported(facts)
      .map(({ model: name, column, reason }) => `${dialect.name} ${[name, column ?? []].flat().join('.')}: ${reason}`),
  )
}

test('A native type is held by the engines whose type stored names', () => {
  const it = native('tsvector').nullable()
  expect(refused({ id, it })).toEqual([
    'sqlite Thing.it: SQLite has no type tsvector',
    'mysql Thing.it: it has no type tsvector',
  ])
  expect(refused({ id, it: it.stored({ sqlite: { type: 'TEXT' } }) })).toEqual([
    'mysql Thing.it: it has no type tsvector',
  ])
  expect(refused({ id, it: it.stored({ sqlite: { type: '' }, mysql: { type: 'longtext' } }) })).toEqual([])
})

test('A column that an engine computes has a type there', () => {
  const generated = { expression: '1 + 1', stored: true }
  const it = native('int').stored({ sqlite: { generated }, postgres: { generated }, mysql: { generated } })
  expect(refused({ id, it: it.nullable() })).toEqual([])
})

test('Options of tables are those that an engine has', () => {
  const options = { strikt: 'no', rowid: 'never', engine: 'MyISAM' }
  const stored = {
    sqlite: { options },
    postgres: { options: { engine: 'heap' } },
    mysql: { options: { motor: 'x', engine: 'MyISAM' } },
  }
  expect(refused({ id }, { stored })).toEqual([
    'sqlite Thing: tables have no option strikt here',
    "sqlite Thing: the option rowid is never 'never'",
    'sqlite Thing: tables have no option engine here',
    'postgres Thing: tables have no option engine here',
    'mysql Thing: tables have no option motor here',
  ])
})

test('Text without a bound is a key where the engine keeps it in a type that can be one', () => {
  const key = text()
    .primaryKey()
    .stored({ postgres: { type: 'text' } })
  expect(refused({ key })).toEqual(['mysql Thing.key: pk_things is over text without a bound'])
  const long = text().primaryKey()
  expect(refused({ key: long.stored({ mysql: { type: 'longtext' } }) })).toHaveLength(1)
  expect(refused({ key: long.stored({ mysql: { type: 'varchar(255)' } }) })).toEqual([])
  const beginning = { stored: { mysql: { indexes: [{ name: 'ix', columns: [{ name: 'it', suffix: '(20)' }] }] } } }
  const it = text()
    .index()
    .stored({ mysql: { type: 'text' } })
  expect(refused({ id, it })).toEqual(['mysql Thing.it: ix_things_it is over text without a bound'])
  expect(refused({ id, it }, beginning)).toEqual([])
})

test('Sizes are asked of what an engine derives, and not of what it keeps', () => {
  const wide = text().length(0, 1_000)
  const indexes = [{ name: 'ix_it', columns: ['it'] }]
  expect(refused({ id, it: wide.index() })).toHaveLength(2)
  const kept = { postgres: { type: 'text' }, mysql: { type: 'varchar(1000)', collation: 'latin1_swedish_ci' } }
  expect(refused({ id, it: wide.index().stored(kept) })).toEqual([])
  expect(refused({ id, it: wide.index() }, { stored: { postgres: { indexes }, mysql: { indexes } } })).toEqual([])
  const exact = decimal(2_000, 30)
  expect(refused({ id, it: exact })).toHaveLength(3)
  const digits = { postgres: { type: 'numeric' }, mysql: { type: 'varchar(2001)' }, sqlite: { type: 'NUMERIC' } }
  expect(refused({ id, it: exact.stored(digits) })).toEqual([
    'sqlite Thing.it: decimal(2000, 30) has more than the 18 digits of a 64-bit integer',
  ])
})

test('A table with unique rules of its own needs no column for those of the model', () => {
  const columns = { id, alive: text().length(0, 5).unique(), ...softDelete() }
  expect(refused(columns)).toEqual([expect.stringContaining('mysql Thing.alive: a unique rule over the rows')])
  expect(refused(columns, { stored: { mysql: { uniques: [{ name: 'uq', columns: ['alive'] }] } } })).toEqual([])
})

test('A key that Terrace lets the database number stays numbered', () => {
  const none = { identity: null }
  const key = identity()
  expect(refused({ key: key.stored({ sqlite: none }) })).toEqual([])
  expect(refused({ key: key.stored({ sqlite: { type: 'INT' }, postgres: none, mysql: none }) })).toEqual([
    'sqlite Thing.key: SQLite numbers only an INTEGER PRIMARY KEY of a table with rowids',
    'postgres Thing.key: it is an identity, and stored takes its numbering away',
    'mysql Thing.key: it is an identity, and stored takes its numbering away',
  ])
  expect(refused({ key }, { stored: { sqlite: { options: { rowid: 'no' } } } })).toHaveLength(1)
  expect(refused({ key: key.stored({ postgres: { identity: null, default: "nextval('numbers')" } }) })).toEqual([])
})
