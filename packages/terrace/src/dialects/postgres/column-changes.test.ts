/* oxlint-disable vitest/expect-expect -- the bench expects the wanted structure, and nothing left to do, in each test */
import { expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import { structureBench } from '../../../test/support/postgres-structures.ts'

describeEngines(
  'a column of PostgreSQL',
  (engine) => {
    const bench = structureBench(engine)

    test('[edge 27] changes its type between its default and the default of the new type', async () => {
      const { sql } = await bench.followAndReturn({
        from: [`create table t (a varchar(5) not null default '7')`],
        rows: [`insert into t values ('12'), (default)`],
        to: ['create table t (a integer not null default 7)'],
      })
      expect(sql).toEqual([
        `alter table "t" alter column "a" drop default, alter column "a" type integer using "a"::integer, alter column "a" set default 7`,
      ])
      expect(await bench.rows('select a from t order by a')).toEqual([{ a: '12' }, { a: '7' }])
    })

    test('[edge 28] is converted by an expression where an assignment would not do it', async () => {
      const { sql } = await bench.followAndReturn({
        from: ['create table t (id text, flag boolean, price numeric(10,2), at date)'],
        rows: [`insert into t values ('5b3e5ad0-9d3c-4b6e-8c7e-0f2f3f4f5f6f', true, 3, '2024-02-29')`],
        to: ['create table t (id uuid, flag integer, price integer, at timestamp)'],
      })
      expect(sql).toContain('alter table "t" alter column "id" type uuid using "id"::uuid')
      expect(sql).toContain('alter table "t" alter column "price" type integer')
      expect(await bench.rows('select id, flag, price from t')).toEqual([
        { id: '5b3e5ad0-9d3c-4b6e-8c7e-0f2f3f4f5f6f', flag: true, price: '3.00' },
      ])
    })

    test('[edge 29] changes under what is calculated from it, checked and indexed by it', async () => {
      const { plan } = await bench.followAndReturn({
        from: [
          `create table t (id integer primary key, a varchar(10) not null, b text generated always as (upper(a)) stored,
            constraint ck check (a in ('x', 'y', 'zz')), constraint uq unique (b))`,
          `create index ix on t (lower(a)) where a > 'b'`,
          'create unique index ux on t (b, id)',
        ],
        rows: [`insert into t (id, a) values (1, 'x'), (2, 'zz')`],
        to: [
          `create table t (id integer primary key, a text not null, b text generated always as (upper(a)) stored,
            constraint ck check (a in ('x', 'y', 'zz')), constraint uq unique (b))`,
          `create index ix on t (lower(a)) where a > 'b'`,
          'create unique index ux on t (b, id)',
        ],
      })
      expect(plan.hazards.filter((hazard) => hazard.class === 'lossy')).toEqual([])
      expect(await bench.rows('select a, b from t order by id')).toEqual([
        { a: 'x', b: 'X' },
        { a: 'zz', b: 'ZZ' },
      ])
    })

    test('[edge 29] changes under views, which come back with all that is on them', async () => {
      const views = [
        'create table t (id integer primary key, a varchar(10))',
        'create view v with (security_barrier=true) as select id, a from t',
        'create view w as select a from v',
        'create materialized view m as select a from w',
        'create index on m (a)',
        `comment on view v is 'what it says'`,
        'grant select on v to public',
        'create rule r as on insert to v do instead nothing',
      ]
      await bench.begin(...views)
      const before = await bench.read()
      const wanted = await bench.shapeOf('create table t (id integer primary key, a text)')
      await bench.begin(...views)
      await bench.run(`insert into t values (1, 'x')`)
      const structure = await bench.structure()
      const plan = await structure.apply(wanted)
      const after = await bench.read()
      expect(after.opaque).toEqual(before.opaque)
      expect(after.snapshot.tables['t']?.columns[1]?.type).toBe('text')
      expect(await bench.rows('select a from m')).toEqual([{ a: 'x' }])
      await structure.undo(plan)
      expect((await bench.read()).opaque).toEqual(before.opaque)
    })

    test('[edge 29] stays under what cannot be made again, and that is named', async () => {
      await bench.begin(
        'create table t (id integer primary key, a varchar(10))',
        'create function f() returns bigint begin atomic select count(a) from t; end',
      )
      const snapshot = await bench.read()
      const table = snapshot.snapshot.tables['t']
      if (table === undefined) throw new Error('t was not read')
      const columns = table.columns.map((column) => (column.name === 'a' ? { ...column, type: 'text' } : column))
      const plan = await (await bench.structure()).plan({ tables: { t: { ...table, columns } } })
      expect(plan).toMatchObject({
        steps: [],
        drift: [
          { object: 'column t.a', reason: 'the function f() needs it and cannot be made again exactly from here' },
        ],
      })
    })

    test('[edge 29] goes only where nothing else needs it', async () => {
      await bench.begin(
        'create table t (id integer primary key, a integer, b integer)',
        'create view v as select a from t',
      )
      const { snapshot } = await bench.read()
      const table = snapshot.tables['t']
      if (table === undefined) throw new Error('t was not read')
      const plan = await (
        await bench.structure()
      ).plan({ tables: { t: { ...table, columns: table.columns.slice(0, 1) } } })
      expect(plan.drift).toMatchObject([{ object: 'column t.a', reason: 'the view v needs it' }])
      expect(plan.steps).toMatchObject([{ change: 'dropColumn', statements: ['alter table "t" drop column "b"'] }])
    })

    test('[edge 30] grows from integer to bigint as a key, with its sequence and the keys that lead to it', async () => {
      await bench.followAndReturn({
        from: [
          'create table a (id serial primary key)',
          'create table b (id integer generated by default as identity primary key, a_id integer constraint fk references a (id))',
        ],
        rows: ['insert into a default values', 'insert into b (a_id) values (1)'],
        to: [
          'create table a (id bigserial primary key)',
          'create table b (id bigint generated by default as identity primary key, a_id bigint constraint fk references a (id))',
        ],
      })
      await bench.follow({
        from: [
          'create table a (id serial primary key)',
          'create table b (id integer generated always as identity primary key)',
        ],
        to: [
          'create table a (id bigserial primary key)',
          'create table b (id bigint generated always as identity primary key)',
        ],
      })
      const types = `select data_type::text from pg_sequences where schemaname = 'public'`
      expect(await bench.rows(types)).toEqual([{ data_type: 'bigint' }, { data_type: 'bigint' }])
    })

    test('as a key changes together with those that lead to it', async () => {
      const table = (type: string) => [
        `create table a (id ${type} constraint a_pk primary key)`,
        `create table b (id ${type} constraint b_pk primary key, a_id ${type} constraint fk references a (id) on delete cascade,
          own ${type} constraint own references b (id))`,
      ]
      const id = '5b3e5ad0-9d3c-4b6e-8c7e-0f2f3f4f5f6f'
      await bench.followAndReturn({
        from: table('text'),
        rows: [`insert into a values ('${id}')`, `insert into b values ('${id}', '${id}', '${id}')`],
        to: table('uuid'),
      })
    })

    test('[edge 33] rewrites the table with a default that is volatile, and with no other', async () => {
      const { plan } = await bench.follow({
        from: ['create table t (id integer)'],
        rows: ['insert into t values (1), (2)'],
        to: [
          `create table t (id integer, a timestamptz default now(), b text default 'now(', c numeric(9,2) default 1.5::numeric(9,2),
            d double precision default random(), e uuid default gen_random_uuid())`,
        ],
      })
      const work = Object.fromEntries(plan.steps.map(({ makes, lock }) => [makes[0]?.path ?? '', lock.work]))
      expect(work).toEqual({ 't.a': 'none', 't.b': 'none', 't.c': 'none', 't.d': 'rewrite', 't.e': 'rewrite' })
    })

    test('is not rewritten when it only grows', async () => {
      const { plan } = await bench.followAndReturn({
        from: ['create table t (a varchar(5), b numeric(5,2), c timestamp(3), d varchar(9))'],
        to: ['create table t (a varchar(9), b numeric(9,2), c timestamp(6), d text)'],
      })
      expect(plan.steps.map(({ lock }) => lock.work)).toEqual(['none', 'none', 'none', 'none'])
      expect(plan.hazards).toEqual([])
    })

    test('[edge 34] is numbered by an identity instead of a sequence, and back, and goes on where that was', async () => {
      const { plan } = await bench.followAndReturn({
        from: ['create table t (id serial primary key, a integer)'],
        rows: ['insert into t (a) values (1), (2), (3)', 'delete from t where id > 1'],
        to: ['create table t (id integer generated always as identity primary key, a integer)'],
      })
      expect(plan.steps).toHaveLength(1)
      await bench.run('insert into t (a) values (4)')
      expect(await bench.rows('select id from t order by id')).toEqual([{ id: 1 }, { id: 4 }])
    })

    test('[edge 34] becomes numbered behind its highest number, and numbered no more', async () => {
      await bench.followAndReturn({
        from: ['create table t (id bigint primary key, a bigint generated by default as identity)'],
        rows: ['insert into t (id) values (41)'],
        to: ['create table t (id bigint generated by default as identity primary key, a bigint not null)'],
      })
      await bench.follow({
        from: ['create table t (id bigint primary key)'],
        rows: ['insert into t (id) values (41)'],
        to: ['create table t (id bigint generated by default as identity primary key)'],
      })
      await bench.run('insert into t default values')
      expect(await bench.rows('select id::int as id from t order by id')).toEqual([{ id: 41 }, { id: 42 }])
    })

    test('[edge 34] is serial only by a sequence of its own', async () => {
      await bench.begin(
        'create sequence s',
        `create table t (id integer primary key default nextval('s'), a serial, b integer default nextval('t_a_seq'))`,
      )
      const { snapshot, otherObjects } = await bench.read()
      expect(snapshot.tables['t']?.columns).toMatchObject([
        { name: 'id', identity: null, default: `nextval('s'::regclass)` },
        { name: 'a', identity: 'serial', default: null },
        { name: 'b', identity: null, default: `nextval('t_a_seq'::regclass)` },
      ])
      expect(otherObjects['s']).toMatchObject({ reason: 'a sequence' })
    })

    test('is calculated otherwise, no more, or from now on', async () => {
      await bench.followAndReturn({
        from: [
          'create table t (a integer, b integer generated always as (a + 1) stored, c integer generated always as (a * 2) stored, d integer)',
        ],
        rows: ['insert into t (a, d) values (1, 1)'],
        to: [
          'create table t (a integer, b integer generated always as (a + 2) stored, c integer, d integer generated always as (a + 5) stored)',
        ],
      })
      await bench.follow({
        from: ['create table t (a integer, c integer generated always as (a * 2) stored)'],
        rows: ['insert into t (a) values (1)'],
        to: ['create table t (a integer, c integer)'],
      })
      expect(await bench.rows('select a, c from t')).toEqual([{ a: 1, c: 2 }])
    })

    test('has a comment, another collation, and a value in every row', async () => {
      await bench.followAndReturn({
        from: [`create table t (a text default 'x', b text not null)`, `comment on column t.b is 'old'`],
        rows: [`insert into t values ('1', '2')`],
        to: [
          `create table t (a text collate "C" not null default 'x', b text)`,
          `comment on column t.a is 'it''s new'`,
          `comment on table t is 'too'`,
        ],
      })
    })

    test('[edge 41] and its table may have upper case letters in their names', async () => {
      await bench.followAndReturn({
        from: [
          'create table "Order" ("Id" serial primary key, "user" varchar(5), constraint "Ck" check ("user" <> \'Id\'))',
        ],
        to: [
          'create table "Order" ("Id" bigserial primary key, "user" text, constraint "Ck" check ("user" <> \'Id\'), "Up" text unique)',
          'create index "Ix" on "Order" ("user" desc, "Up")',
        ],
      })
    })
  },
  // What is embedded is the same server, and slow to start: `TERRACE_TEST_ALL=1`.
  process.env['TERRACE_TEST_ALL'] === undefined ? ['postgres'] : ['pglite', 'postgres'],
)
