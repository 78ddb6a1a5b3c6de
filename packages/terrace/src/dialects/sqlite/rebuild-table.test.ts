import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import {
  edited,
  liveSqlite,
  plainColumn,
  renamedFrom,
  withColumn,
  withoutColumn,
  type LiveSqlite,
} from '../../../test/support/live-sqlite.ts'
import type { Snapshot } from '../../schema/index.ts'

const open: LiveSqlite[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function live(...statements: readonly string[]): Promise<LiveSqlite> {
  const one = await liveSqlite(statements)
  open.push(one)
  return one
}

const shops = [
  'create table shops (id integer primary key autoincrement, name text not null, floor int)',
  "insert into shops (name, floor) values ('Corner', 1), ('Hill', 2), ('Lane', 3)",
]

/** What SQLite does by nothing but a rebuild: a value for every row becomes a must. */
const floorRequired = edited('shops', (table) => withColumn(table, 'floor', { nullable: false }))
const shopsAsTheyWere = [
  { id: 1, name: 'Corner', floor: 1 },
  { id: 2, name: 'Hill', floor: 2 },
  { id: 3, name: 'Lane', floor: 3 },
]

function both(...edits: readonly ((snapshot: Snapshot) => Snapshot)[]) {
  return (snapshot: Snapshot): Snapshot => edits.reduce((one, edit) => edit(one), snapshot)
}

describe("the SQLite rebuild's 12 properties", () => {
  test('1 [edge 1, 2] children keep their rows, whatever dropping their parent would cascade to', async () => {
    const { change, rows } = await live(
      ...shops,
      'create table desks (id integer primary key, shop_id int references shops (id) on delete cascade)',
      'create table chairs (id integer primary key, shop_id int references shops (id) on delete set null deferrable initially deferred)',
      'insert into desks (shop_id) values (1), (2), (2)',
      'insert into chairs (shop_id) values (3), (3)',
    )
    const { steps } = await change(floorRequired)
    expect(steps.map((step) => step.statements.some((sql) => sql.startsWith('drop table')))).toEqual([true])
    expect(await rows('select * from shops')).toEqual(shopsAsTheyWere)
    expect(await rows('select shop_id from desks order by id')).toEqual([
      { shop_id: 1 },
      { shop_id: 2 },
      { shop_id: 2 },
    ])
    expect(await rows('select shop_id from chairs')).toEqual([{ shop_id: 3 }, { shop_id: 3 }])
    expect(await rows('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
    expect(await rows('pragma legacy_alter_table')).toEqual([{ legacy_alter_table: 0 }])
    await rows('delete from shops where id = 2')
    expect(await rows('select shop_id from desks')).toEqual([{ shop_id: 1 }])
  })

  test('2 [edge 3] views on the table, and views on those, stay as they were written', async () => {
    const { change, rows, text } = await live(
      ...shops,
      'create view names(n) as select name from shops where floor > 1',
      'create view first_name as select min(n) as n from names',
      'create view astray as select * from nowhere',
    )
    const before = await text('names')
    await change(floorRequired)
    expect(await text('names')).toBe(before)
    expect(await rows('select n from first_name')).toEqual([{ n: 'Hill' }])
    expect(await text('astray')).toContain('nowhere')
  })

  test('3 [edge 4] references of children name the table, and never the one that was dropped', async () => {
    const { change, rows, text } = await live(
      ...shops,
      'create table desks (id integer primary key, shop_id int references shops (id))',
      'create table parts (id integer primary key, part_of int references parts (id), n int)',
      'insert into parts (id, part_of, n) values (1, null, 1), (2, 1, 2)',
    )
    await change(
      both(
        floorRequired,
        edited('parts', (table) => withColumn(table, 'n', { nullable: false })),
      ),
    )
    expect(await text('desks')).toContain('references shops (id)')
    expect(await rows(`select "table" from pragma_foreign_key_list('parts')`)).toEqual([{ table: 'parts' }])
    await expect(rows('insert into desks (shop_id) values (9)')).rejects.toMatchObject({ kind: 'foreignKey' })
    await expect(rows('insert into parts (id, part_of, n) values (3, 9, 1)')).rejects.toMatchObject({
      kind: 'foreignKey',
    })
  })

  test('4 [edge 5] triggers of the table are put back, and those of others that mention it stay', async () => {
    const { change, rows, text } = await live(
      ...shops,
      'create table log (entry text)',
      "create trigger opened after insert on shops begin insert into log values ('opened ' || new.name); end",
      'create trigger closed after delete on log begin delete from shops where name = old.entry; end',
      'create view names as select name from shops',
      'create trigger renamed instead of update on names begin update shops set name = new.name where name = old.name; end',
    )
    const written = await text('opened')
    await change(floorRequired)
    expect(await text('opened')).toBe(written)
    await rows("insert into shops (name, floor) values ('New', 4)")
    expect(await rows('select entry from log')).toEqual([{ entry: 'opened New' }])
    await rows("update names set name = 'Moved' where name = 'Lane'")
    await rows("insert into log values ('Moved')")
    await rows("delete from log where entry = 'Moved'")
    expect(await rows('select name from shops')).toEqual([{ name: 'Corner' }, { name: 'Hill' }, { name: 'New' }])
  })

  test('5 [edge 6] a number that was handed out is not handed out again', async () => {
    const { change, rows } = await live(...shops, 'delete from shops where id = 3')
    await change(floorRequired)
    await rows("insert into shops (name, floor) values ('New', 4)")
    expect(await rows("select id from shops where name = 'New'")).toEqual([{ id: 4 }])
    expect(await rows('select name, seq from sqlite_sequence')).toEqual([{ name: 'shops', seq: 4 }])
  })

  test('6 collations stay: of columns, of keys, of unique rules and of indexes', async () => {
    const { change, rows, text } = await live(
      `create table t (
        code text collate nocase, name text, label text, n int,
        primary key (code collate rtrim), unique (name collate nocase) on conflict ignore)`,
      'create index i on t (label collate nocase desc, name)',
      "insert into t values ('A', 'Corner', 'x', 1)",
    )
    await change(edited('t', (table) => withColumn(table, 'n', { nullable: false })))
    expect(await text('t')).toMatch(
      /text collate nocase,.*primary key \(code collate rtrim\).*unique \(name collate nocase\) on conflict ignore/s,
    )
    expect(await text('i')).toBe('CREATE INDEX i on t (label collate nocase desc, name)')
    await rows("insert into t values ('b', 'CORNER', 'y', 2)")
    expect(await rows("select code from t where code = 'a'")).toEqual([{ code: 'A' }])
    expect(await rows('select count(*) as n from t')).toEqual([{ n: 1 }])
  })

  test('7 constraints keep their names, those of NOT NULL too, and what they do on a conflict', async () => {
    const { change, text, structure } = await live(
      `create table t (
        a int constraint a_given not null on conflict replace default 7, b varchar(10) constraint b_positive check (b <> ''), c int,
        constraint k primary key (a), constraint u unique (b), constraint f foreign key (c) references t (a))`,
    )
    await change(edited('t', (table) => withColumn(table, 'c', { nullable: false })))
    expect(await text('t')).toContain('constraint a_given not null on conflict replace default 7')
    expect((await structure.introspect()).snapshot.tables['t']).toMatchObject({
      columns: [
        { name: 'a', type: 'INT' },
        { name: 'b', type: 'VARCHAR(10)' },
        { name: 'c', nullable: false },
      ],
      primaryKey: { name: 'k' },
      uniques: [{ name: 'u' }],
      foreignKeys: [{ name: 'f' }],
      checks: [{ name: 'b_positive' }],
    })
  })

  test.each([
    ['8 a strict table stays strict', 'strict', `insert into t values ('a', 'no number')`],
    ['9 a table without rowid stays one', 'without rowid', 'select rowid from t'],
    ['9 so does one that is both', 'without rowid, strict', 'select rowid from t'],
  ])('%s', async (_, options, refused) => {
    const { change, rows } = await live(
      `create table t (a text primary key, n int) ${options}`,
      "insert into t values ('one', 1)",
    )
    await change(edited('t', (table) => withColumn(table, 'n', { nullable: false })))
    expect(await rows('select * from t')).toEqual([{ a: 'one', n: 1 }])
    await expect(rows(refused)).rejects.toMatchObject({ name: 'DriverError' })
  })

  test('10 [edge 13] generated columns are calculated again, stored and virtual ones', async () => {
    const { change, rows } = await live(
      'create table t (a int, twice int as (a * 2) stored, "next one" int generated always as (twice + 1), b int)',
      'insert into t (a, b) values (1, 1), (2, 2)',
    )
    await change(edited('t', (table) => withColumn(table, 'b', { nullable: false })))
    await rows('insert into t (a, b) values (3, 3)')
    expect(await rows('select twice, "next one" from t')).toEqual([
      { twice: 2, 'next one': 3 },
      { twice: 4, 'next one': 5 },
      { twice: 6, 'next one': 7 },
    ])
  })

  test('11 indexes stay as they were written: with an order, a condition, an expression', async () => {
    const { change, rows, text } = await live(
      ...shops,
      'create index by_name on shops (lower(name), floor desc) where floor is not null',
      "create unique index one_ground on shops (floor) where name = 'Ground' -- there is one only",
    )
    const [before, unique] = [await text('by_name'), await text('one_ground')]
    await change(floorRequired)
    expect([await text('by_name'), await text('one_ground')]).toEqual([before, unique])
    await rows("insert into shops (name, floor) values ('Ground', 0)")
    await expect(rows("insert into shops (name, floor) values ('Ground', 0)")).rejects.toMatchObject({ kind: 'unique' })
  })

  test('12 keys that are looked at in the end stay so', async () => {
    const { change, run } = await live(
      ...shops,
      'create table desks (id integer primary key, shop_id int references shops (id) deferrable initially deferred, n int)',
    )
    await change(edited('desks', (table) => withColumn(table, 'n', { default: '1' })))
    await run(['begin', 'insert into desks (shop_id) values (9)', 'update desks set shop_id = 1', 'commit'])
    const astray = run(['begin', 'insert into desks (shop_id) values (9)', 'commit'])
    await expect(astray).rejects.toMatchObject({ kind: 'foreignKey' })
  })
})

describe('a rebuild', () => {
  test('that fails leaves everything as it was, and the connection too', async () => {
    const { change, rows, structure } = await live(
      ...shops,
      "create trigger opened after insert on shops begin select raise(abort, 'closed'); end",
    )
    const before = (await structure.introspect()).snapshot
    const column = { name: '(no_such_function(name))', suffix: '', direction: 'asc', nulls: null } as const
    const index = { name: 'i', columns: [column], where: null, include: [], method: 'btree', valid: true, source: null }
    const withIndex = edited('shops', ({ indexes }) => ({ indexes: [...indexes, index] }))
    await expect(change(both(floorRequired, withIndex))).rejects.toMatchObject({ code: 'STRUCTURE_STEP_FAILED' })
    expect((await structure.introspect()).snapshot).toEqual(before)
    expect(await rows('select * from shops')).toEqual(shopsAsTheyWere)
    expect(await rows('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
    expect(await rows('pragma legacy_alter_table')).toEqual([{ legacy_alter_table: 0 }])
  })

  test('leaves no row out, whatever the table does on a conflict', async () => {
    const { change, rows } = await live(
      'create table t (id integer primary key, code text, unique (code) on conflict replace)',
      "insert into t (code) values ('a'), ('A')",
    )
    const folded = edited('t', (table) => ({
      ...withColumn(table, 'code', { collation: 'NOCASE' }),
      checks: [{ name: null, expression: 'id > 0', enforced: true, source: null }],
    }))
    await expect(change(folded)).rejects.toMatchObject({ code: expect.stringMatching('STRUCTURE_') })
    const { steps } = await change(edited('t', (table) => withColumn(table, 'code', { default: "'c'" })))
    expect(steps[0]?.statements).toContainEqual(expect.stringMatching(/^insert or abort into/))
    expect(await rows('select code from t')).toEqual([{ code: 'a' }, { code: 'A' }])
  })

  test('is undone by its inverse: the same structure, the same rows', async () => {
    const { change, rows, structure } = await live(
      ...shops,
      'create index by_name on shops (name)',
      'create trigger opened after insert on shops begin select 1; end',
    )
    const before = await structure.introspect()
    const plan = await change(
      edited('shops', (table) => ({
        ...withColumn(table, 'floor', { type: 'TEXT', nullable: false }),
        checks: [{ name: 'named', expression: "name <> ''", enforced: true, source: null }],
        indexes: [],
      })),
    )
    await structure.undo(plan)
    const { snapshot, opaque } = await structure.introspect()
    expect(snapshot.tables['shops']).toMatchObject({
      ...before.snapshot.tables['shops'],
      definition: expect.any(String),
    })
    expect(opaque).toEqual(before.opaque)
    expect(await rows('select * from shops')).toEqual(shopsAsTheyWere)
  })

  test('in the plan of a rename keeps the values of the renamed column', async () => {
    const { change, rows } = await live(...shops)
    const columns = edited('shops', (table) =>
      withColumn(table, 'floor', { name: 'level', nullable: false, default: '0', source: renamedFrom('floor') }),
    )
    await change(columns)
    expect(await rows('select id, name, level from shops')).toEqual(
      shopsAsTheyWere.map(({ floor, ...row }) => ({ ...row, level: floor })),
    )
  })

  test('[edge 9] in the plan of renames has triggers and views with the new names', async () => {
    const { change, rows, text } = await live(
      ...shops,
      'create table log (name text, floor int)',
      'create view tops as select name from shops where floor > 2',
      'create trigger opened after insert on shops begin insert into log (name, floor) values (new.name, new.floor); end',
    )
    await change(
      both(
        edited('shops', (table) => ({
          name: 'stores',
          ...withColumn(table, 'floor', { name: 'level', nullable: false, source: renamedFrom('floor') }),
          source: { ...renamedFrom('shops'), fact: 'model' },
        })),
        edited('log', (table) =>
          withColumn(table, 'floor', { name: 'at', default: '0', source: renamedFrom('floor') }),
        ),
      ),
    )
    await rows("insert into stores (name, level) values ('New', 4)")
    expect(await rows('select name, at from log')).toEqual([{ name: 'New', at: 4 }])
    expect(await rows('select name from tops order by name')).toEqual([{ name: 'Lane' }, { name: 'New' }])
    expect(await text('opened')).toContain('on "stores"')
  })

  test('keeps the rowids by which a full-text index knows the rows', async () => {
    const { change, rows } = await live(
      'create table notes (body text, pinned int)',
      "insert into notes (rowid, body, pinned) values (7, 'seven words', 1), (3, 'three', 0)",
      "create virtual table search using fts5 (body, content = 'notes')",
      "insert into search (search) values ('rebuild')",
    )
    await change(edited('notes', (table) => withColumn(table, 'pinned', { nullable: false })))
    expect(await rows('select rowid, body from notes order by rowid')).toEqual([
      { rowid: 3, body: 'three' },
      { rowid: 7, body: 'seven words' },
    ])
    expect(await rows("select rowid, body from search where search match 'seven'")).toEqual([
      { rowid: 7, body: 'seven words' },
    ])
  })

  test('that drops a column which a view asks for is refused, and nothing is changed', async () => {
    const { change, rows } = await live(...shops, 'create view floors as select floor from shops')
    const dropped = edited('shops', (table) => ({
      ...withoutColumn(table, 'floor'),
      checks: [{ name: 'named', expression: "name <> ''", enforced: true, source: null }],
    }))
    await expect(change(dropped)).rejects.toMatchObject({ code: 'STRUCTURE_STEP_FAILED' })
    expect(await rows('select floor from floors')).toHaveLength(3)
  })

  test('gives rows the default of a new column, evaluated for each', async () => {
    const { change, rows } = await live(...shops)
    const token = plainColumn('token', 'BLOB', { nullable: false, default: '(randomblob(8))' })
    await change(edited('shops', (table) => ({ columns: [...table.columns, token] })))
    expect(await rows('select count(distinct token) as n from shops')).toEqual([{ n: 3 }])
  })

  test('leaves alone what is astray already, and lets no more rows go astray', async () => {
    const { change, rows } = await live(
      'pragma foreign_keys = off',
      ...shops,
      'create table desks (id integer primary key, shop_id int references shops (id))',
      'insert into desks (shop_id) values (1), (99)',
      'pragma foreign_keys = on',
    )
    await change(floorRequired)
    expect(await rows('select shop_id from desks')).toHaveLength(2)
    const gone = (snapshot: Snapshot): Snapshot => ({ tables: { desks: snapshot.tables['desks'] as never } })
    await expect(change(gone)).rejects.toMatchObject({ code: 'STRUCTURE_KEYS_BROKEN' })
    expect(await rows('select * from shops')).toEqual(shopsAsTheyWere)
  })
})

test('[edge 16] another process that writes is waited for, and what it wrote is kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'terrace-rebuild-'))
  try {
    const path = join(folder, 'shops.db')
    const one = await liveSqlite(shops, `sqlite:${path}`)
    open.push(one)
    const other = new Database(path)
    other.exec("begin immediate; insert into shops (name, floor) values ('New', 4)")
    const change = one.change(floorRequired)
    await new Promise((resolve) => setTimeout(resolve, 30))
    other.exec('commit')
    expect((await change).steps).toHaveLength(1)
    expect(other.prepare('select count(*) as n from shops').get()).toEqual({ n: 4 })
    expect(() => other.exec("insert into shops (name) values ('None')")).toThrow('NOT NULL')
    other.close()
  } finally {
    await rm(folder, { recursive: true })
  }
})
