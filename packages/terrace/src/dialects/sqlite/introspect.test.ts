import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { TableShape } from '../../schema/index.ts'
import { catalogue } from './introspect.ts'

function read(...statements: readonly string[]) {
  const database = new Database(':memory:')
  for (const sql of statements) database.exec(sql)
  const rows = catalogue.queries('live').map(({ sql }) => database.prepare(sql).all() as Record<string, unknown>[])
  return { database, ...catalogue.read(rows, 'live') }
}

function table(...statements: readonly string[]): TableShape {
  const [only] = Object.values(read(...statements).snapshot.tables)
  if (only === undefined) throw new Error('no table was read')
  return only
}

const parents = 'create table parents (id integer primary key, code text unique)'

/** Tables written in every way that SQLite takes. */
const odd: readonly string[] = [
  'create table t (a, b, c)',
  "create table t (a INT PRIMARY KEY, b VARCHAR(10) NOT NULL DEFAULT 'x, (y)', c DECIMAL(10, 2))",
  'CREATE TABLE IF NOT EXISTS "t" ("a b" TEXT NOT NULL, [c] TEXT, `d` TEXT, PRIMARY KEY ("a b", c) ON CONFLICT REPLACE)',
  "create table t (a integer primary key autoincrement not null, b text collate nocase default (lower('X')))",
  'create table t (a integer constraint k primary key desc, b text constraint u unique constraint n not null) strict',
  'create table t (a text, b text, unique (a, b) check (a <> b) constraint c check (length(a) > 1), primary key (b)) without rowid',
  'create table t (a int default -1, b int default +2, c real default 1.5e3, d text default current_timestamp, e default null)',
  'create table t (a int, b int generated always as (a * 2) stored, c int as (a + b) virtual)',
  'create table t (a int references parents, b int references parents (id) on delete cascade on update set null deferrable initially deferred)',
  'create table t (a int, b int, foreign key (a) references parents (id) match full on delete set default not deferrable, constraint f foreign key (b) references parents (id))',
  "create table t (a double precision, b unsigned big int, c \"quoted type\", d text check (d in ('(', ')', '--')) /* , e */) -- , f",
  'create table t (a text not null on conflict ignore, b blob default x\'00ff\', "check" text, "references" int)',
]

describe('what is read from the text of a table', () => {
  test.each(odd)('agrees with the pragmas: %s', (sql) => {
    const { database, snapshot } = read(parents, sql)
    const shape = snapshot.tables['t'] as TableShape
    const columns = database.prepare(`select * from pragma_table_xinfo('t')`).all() as Record<string, unknown>[]
    expect(shape.columns.map(({ name, generated }) => [name, generated !== null])).toEqual(
      columns.map(({ name, hidden }) => [name, hidden === 2 || hidden === 3]),
    )
    const notNull = (row: Record<string, unknown>): boolean => row['notnull'] === 1
    const isInKey = (name: string): boolean => shape.primaryKey?.columns.includes(name) === true
    for (const [at, column] of shape.columns.entries()) {
      const row = columns[at] ?? {}
      // SQLite makes the key of a table without rowid, or a strict one, NOT NULL by itself.
      expect(column.nullable || isInKey(column.name)).toBe(!notNull(row) || isInKey(column.name))
      expect(column.type).toBe(
        String(row['type'])
          .replace(', ', ',')
          .replace(/ (?:GENERATED ALWAYS|generated always)$/, '')
          .toUpperCase(),
      )
      expect(column.default === null).toBe(
        row['dflt_value'] === null || String(row['dflt_value']).toLowerCase() === 'null',
      )
    }
    const keyed = columns.filter(({ pk }) => Number(pk) > 0).toSorted((a, b) => Number(a['pk']) - Number(b['pk']))
    expect(shape.primaryKey?.columns ?? []).toEqual(keyed.map(({ name }) => name))
    const keys = database.prepare(`select * from pragma_foreign_key_list('t')`).all() as Record<string, unknown>[]
    const actions: Record<string, string> = {
      noAction: 'NO ACTION',
      cascade: 'CASCADE',
      setNull: 'SET NULL',
      setDefault: 'SET DEFAULT',
    }
    expect(
      shape.foreignKeys.map((key) => [key.columns[0], actions[key.onDelete], actions[key.onUpdate]]).toSorted(),
    ).toEqual(keys.map((row) => [row['from'], row['on_delete'], row['on_update']]).toSorted())
    const unique = database.prepare(`select * from pragma_index_list('t') where origin = 'u'`).all()
    expect(shape.uniques).toHaveLength(unique.length)
  })

  test('names constraints, checks, collations and options, which no pragma knows', () => {
    const shape = table(
      `create table t (a text constraint "my check" check (length(a) > 1) collate NOCASE, constraint k primary key (a), constraint u unique (a)) strict`,
    )
    expect(shape).toMatchObject({
      options: { strict: 'yes', rowid: 'yes' },
      columns: [{ name: 'a', type: 'TEXT', collation: 'NOCASE' }],
      primaryKey: { name: 'k', columns: ['a'] },
      uniques: [{ name: 'u', columns: ['a'] }],
      checks: [{ name: 'my check', expression: 'length ( a ) > 1' }],
    })
  })

  test('follows ALTER TABLE', () => {
    const shape = table(
      'create table before (a text, b text)',
      `alter table before add column c integer not null default (1) constraint c_check check (c > 0) references before (a)`,
      'alter table before rename column b to "new name"',
      'alter table before rename to after_',
      'alter table after_ drop column a',
    )
    expect(shape).toMatchObject({
      name: 'after_',
      columns: [{ name: 'new name' }, { name: 'c', nullable: false, default: '1' }],
      checks: [{ name: 'c_check', expression: 'c > 0' }],
      foreignKeys: [{ columns: ['c'], targetTable: 'after_' }],
    })
  })

  test('has the indexes with their directions, conditions and expressions', () => {
    const shape = table(
      'create table t (a text, b text)',
      'create index i on t (a desc, "b" asc)',
      'create unique index if not exists u on t (a) where B is null',
      'create index e on t (lower(a), b collate nocase desc)',
    )
    expect(shape.indexes).toMatchObject([
      {
        name: 'e',
        columns: [
          { name: '(lower ( a ))', suffix: '' },
          { name: 'b', suffix: 'collate NOCASE', direction: 'desc' },
        ],
      },
      {
        name: 'i',
        columns: [
          { name: 'a', direction: 'desc' },
          { name: 'b', direction: 'asc' },
        ],
        where: null,
      },
    ])
    expect(shape.uniques).toMatchObject([{ name: 'u', columns: ['a'], where: 'b is null' }])
  })

  test("leaves out what is ours or the engine's, and names what is no table", () => {
    const { snapshot, otherObjects, hasJournal } = read(
      'create table t (a integer primary key autoincrement)',
      'create table terrace_meta (key text)',
      'create view v as select 1 as one',
      'create virtual table f using fts5 (words)',
    )
    expect(Object.keys(snapshot.tables).filter((name) => !name.startsWith('f_'))).toEqual(['t'])
    expect(otherObjects).toMatchObject({ v: { reason: 'a view' }, f: { kind: 'different', reason: 'a virtual table' } })
    expect(hasJournal).toBe(true)
  })

  test('of a text that cannot be read is an object of its own, and never guessed', () => {
    const rows = [{ type: 'table', name: 't', tbl_name: 't', sql: 'create table t (a text ^ b)' }]
    expect(catalogue.read([rows], 'live')).toMatchObject({
      snapshot: { tables: {} },
      otherObjects: { t: { kind: 'unknown', reason: expect.stringContaining('could not be read') } },
    })
  })
})
