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

describe('what is read of a database', () => {
  test('[edge 12] has the indexes of constraints as the constraints, and unique indexes with their own text', () => {
    const shape = table(
      'create table t (a int primary key, b int unique, c int, constraint u unique (b, c))',
      'create unique index i on t (c desc)',
    )
    expect(shape.indexes).toEqual([])
    expect(shape.uniques.map(({ name, columns, definition }) => [name, columns, definition])).toEqual([
      ['i', ['c'], 'CREATE UNIQUE INDEX i on t (c desc)'],
      ['u', ['b', 'c'], undefined],
      [null, ['b'], undefined],
    ])
  })

  test('[edge 13] has generated columns, stored or not, with their collations', () => {
    const shape = table(
      'create table t (a text, b text collate nocase as (upper(a)) stored, c text generated always as (b || a))',
    )
    expect(shape.columns).toMatchObject([
      { generated: null, collation: null },
      { generated: { expression: 'upper ( a )', stored: true, invisible: false }, collation: 'NOCASE' },
      { generated: { expression: 'b || a', stored: false, invisible: false }, collation: null },
    ])
  })

  test('[edge 10] has a number only where AUTOINCREMENT gives it, and NOT NULL where the engine holds it unasked', () => {
    const { snapshot } = read(
      'create table alias (id integer primary key)',
      'create table numbered (id integer primary key autoincrement)',
      'create table no_alias (id int primary key)',
      'create table descending (id integer primary key desc)',
      'create table without (id text, n int, primary key (id)) without rowid',
      'create table strict (id text, n int, primary key (id, n)) strict',
    )
    const first = (name: string) => snapshot.tables[name]?.columns[0]
    expect(first('alias')).toMatchObject({ identity: null, nullable: false })
    expect(first('numbered')).toMatchObject({ identity: 'byDefault', nullable: false })
    expect(first('no_alias')).toMatchObject({ identity: null, nullable: true })
    expect(first('descending')).toMatchObject({ identity: null, nullable: true })
    expect(first('without')).toMatchObject({ nullable: false })
    expect(snapshot.tables['strict']?.columns).toMatchObject([{ nullable: false }, { nullable: false }])
  })

  test.each([
    ['create table t (id integer primary key)', 'insert into t values (null)', true],
    ['create table t (id int primary key)', 'insert into t values (null)', true],
    ['create table t (id integer primary key desc)', 'insert into t values (null)', true],
    ['create table t (id text primary key) without rowid', 'insert into t values (null)', false],
    ['create table t (id text, n int, primary key (id, n)) strict', 'insert into t values (null, 1)', false],
  ])('[edge 10] is what the engine does: %s', (sql, insert, isTaken) => {
    const { database } = read(sql)
    const isInserted = (): boolean => {
      try {
        database.exec(insert)
        return true
      } catch {
        return false
      }
    }
    expect(isInserted()).toBe(isTaken)
  })

  test('[edge 14] has references to tables that are not there, as they are written', () => {
    const shape = table('create table t (a int references nowhere, b int references Elsewhere (Id))')
    expect(shape.foreignKeys).toMatchObject([
      { columns: ['a'], targetTable: 'nowhere', targetColumns: [] },
      { columns: ['b'], targetTable: 'Elsewhere', targetColumns: ['Id'] },
    ])
  })

  test('[edge 15] has one name for what is written in several letter cases', () => {
    const { snapshot } = read(
      'create table Parents (Id integer primary key, Name text)',
      'create table t (A int, "B" int references PARENTS (ID), c int references parents, unique (a, b), check (a > B))',
      'create index i on T (a, B)',
    )
    expect(snapshot.tables['t']).toMatchObject({
      uniques: [{ columns: ['A', 'B'] }],
      indexes: [{ columns: [{ name: 'A' }, { name: 'B' }] }],
      foreignKeys: [
        { columns: ['B'], targetTable: 'Parents', targetColumns: ['Id'] },
        { columns: ['c'], targetTable: 'Parents', targetColumns: ['Id'] },
      ],
      checks: [{ expression: 'a > b' }],
    })
  })

  test('has when keys are looked at', () => {
    const shape = table(
      `create table t (
        a int references t (d) deferrable initially deferred, b int references t (d) deferrable,
        c int references t (d) not deferrable initially deferred, d int unique)`,
    )
    expect(shape.foreignKeys.map(({ deferrable }) => deferrable)).toEqual([
      'initiallyDeferred',
      'initiallyImmediate',
      'no',
    ])
  })

  test('has a bare word or name as default for the text that SQLite takes it for', () => {
    const shape = table(
      'create table t (a text default Word, b text default "Two Words", c int default true, d text default current_date)',
    )
    expect(shape.columns.map((column) => column.default)).toEqual(["'Word'", "'Two Words'", 'true', 'current_date'])
  })

  test('has what stands in double quotes and is no column as the text that it is in old files', () => {
    const sql = `create table t (a text check (a in ("one", "A""b", "two") or "t"."a" = "A"), "two" int, b int references p ("id"))`
    const { snapshot } = catalogue.read([[{ type: 'table', name: 't', tbl_name: 't', sql }]], 'live')
    expect(snapshot.tables['t']).toMatchObject({
      checks: [{ expression: `a in ( 'one' , 'A"b' , two ) or t . a = a` }],
      foreignKeys: [{ targetColumns: ['id'] }],
    })
  })

  test('[edge 18] has views, triggers, virtual tables and their own tables apart, with what they mention', () => {
    const { snapshot, opaque, otherObjects } = read(
      'create table notes (body text)',
      'create table log (entry text)',
      'create view first_notes as select body from notes',
      "create view entries as select entry from log where entry <> 'notes'",
      'create trigger noted after insert on notes begin insert into log values (new.body); end',
      "create virtual table search using fts5 (body, content = 'notes')",
      'create virtual table place using rtree (id, x1, x2)',
    )
    expect(Object.keys(snapshot.tables)).toEqual(['log', 'notes'])
    expect(opaque.filter(({ kind }) => kind !== 'shadowTable')).toMatchObject([
      { kind: 'virtualTable', name: 'place', table: null, uses: [] },
      { kind: 'virtualTable', name: 'search', table: null, uses: ['notes'] },
      { kind: 'view', name: 'entries', table: null, uses: ['log', 'notes'] },
      { kind: 'view', name: 'first_notes', table: null, uses: ['notes'] },
      { kind: 'trigger', name: 'noted', table: 'notes', uses: ['log'] },
    ])
    const shadows = opaque.filter(({ kind }) => kind === 'shadowTable').map(({ name }) => name)
    expect(shadows).toEqual([
      'place_node',
      'place_parent',
      'place_rowid',
      'search_config',
      'search_data',
      'search_docsize',
      'search_idx',
    ])
    expect(Object.keys(otherObjects)).toEqual(
      expect.arrayContaining(['search', 'search_data', 'place_node', 'entries']),
    )
  })

  test("[edge 18] knows a virtual table's own tables by their names where its module is not there", () => {
    const texts = [
      ['search', 'CREATE VIRTUAL TABLE search USING fts5(body)'],
      ['search_data', "CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB)"],
      ['search_notes', 'CREATE TABLE search_notes (body)'],
    ] as const
    const rows = texts.map(([name, sql]) => ({ type: 'table', name, tbl_name: name, sql }))
    const { snapshot, opaque } = catalogue.read([rows, []], 'live')
    expect(Object.keys(snapshot.tables)).toEqual(['search_notes'])
    expect(opaque).toMatchObject([{ kind: 'virtualTable' }, { kind: 'shadowTable', name: 'search_data' }])
  })
})
