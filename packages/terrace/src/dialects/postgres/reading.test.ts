import { afterAll, expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import { structureBench } from '../../../test/support/postgres-structures.ts'
import { structureOf } from '../../sync/index.ts'
import type { Driver } from '../../database/index.ts'
import { createSchemaDialect, postgresDialect } from './index.ts'

describeEngines(
  'what is read of PostgreSQL',
  (engine) => {
    const bench = structureBench(engine)

    test('are tables with all that models may ask for, and more', async () => {
      await bench.begin(
        'create table a (id integer generated always as identity primary key)',
        `create table t (id bigserial, name varchar(20) collate "C" not null default 'x', price numeric(7,3), a_id integer,
          up text generated always as (upper(name)) stored, constraint t_pk primary key (id, name),
          constraint uq unique (price) include (a_id) deferrable initially deferred,
          constraint fk foreign key (a_id) references a (id) on update cascade on delete set null deferrable,
          constraint ck check (price > 0))`,
        'create index ix on t using btree (lower(name) desc nulls last, name text_pattern_ops, up collate "C", (price + 1)) include (id) where price > 1',
        'create index hx on t using hash (name) with (fillfactor = 50)',
        `comment on table t is 'what it is'`,
        `comment on column t.price is 'in "coins"'`,
      )
      const { t } = (await bench.read()).snapshot.tables
      expect(t).toMatchObject({
        comment: 'what it is',
        columns: [
          { name: 'id', type: 'bigint', identity: 'serial', default: null, nullable: false },
          { name: 'name', type: 'character varying(20)', collation: 'C', default: `'x'::character varying` },
          { name: 'price', type: 'numeric(7,3)', nullable: true, comment: 'in "coins"' },
          { name: 'a_id' },
          { name: 'up', collation: null, generated: { expression: 'upper((name)::text)', stored: true } },
        ],
        primaryKey: { name: 't_pk', columns: ['id', 'name'] },
        uniques: [
          { name: 'uq', columns: ['price'], include: ['a_id'], deferrable: 'initiallyDeferred', heldBy: 'constraint' },
        ],
        foreignKeys: [
          {
            name: 'fk',
            targetTable: 'a',
            targetColumns: ['id'],
            onUpdate: 'cascade',
            onDelete: 'setNull',
            deferrable: 'initiallyImmediate',
          },
        ],
        checks: [{ name: 'ck', expression: '(price > (0)::numeric)', enforced: true }],
      })
      expect(t?.indexes).toMatchObject([
        {
          name: 'hx',
          method: 'hash',
          columns: [{ name: 'name', nulls: null }],
          definition: expect.stringContaining('fillfactor'),
        },
        {
          name: 'ix',
          where: '(price > (1)::numeric)',
          include: ['id'],
          columns: [
            { name: '(lower((name)::text))', direction: 'desc', nulls: 'last', suffix: '' },
            { name: 'name', direction: 'asc', suffix: 'text_pattern_ops' },
            { name: 'up', suffix: 'collate "C"' },
            { name: '((price + (1)::numeric))' },
          ],
        },
      ])
    })

    test('can be made again from what was read', async () => {
      const ddl = [
        `create table t (id bigserial primary key, name varchar(20) collate "C" not null default 'x', price numeric(7,3),
          up text generated always as (upper(name)) stored, constraint uq unique (price) include (up) deferrable, constraint ck check (price > 0))`,
        'create index ix on t (lower(name) desc nulls last, name text_pattern_ops, (price + 1)) include (id) where price > 1',
        `comment on column t.price is 'in "coins"'`,
      ]
      await bench.follow({ from: [], to: ddl })
      const { plan } = await bench.followAndReturn({ from: ddl, to: [] })
      expect(plan.steps.map(({ change }) => change)).toEqual(['dropTable'])
    })

    test('[edge 37] are partitioned tables, their partitions and heirs only by name', async () => {
      await bench.empty()
      await bench.run(
        'create table p (id integer, at date) partition by range (at)',
        `create table p_2024 partition of p for values from ('2024-01-01') to ('2025-01-01')`,
        'create table base (id integer)',
        'create table heir (extra integer) inherits (base)',
      )
      const { snapshot, opaque, otherObjects } = await bench.read()
      expect(Object.keys(snapshot.tables)).toEqual(['base'])
      expect(opaque).toMatchObject([
        { kind: 'partition', name: 'heir' },
        { kind: 'partition', name: 'p_2024', definition: `FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')` },
        { kind: 'partitionedTable', name: 'p', definition: 'RANGE (at)' },
      ])
      expect(otherObjects['p_2024']).toMatchObject({ reason: 'a partition of p' })
    })

    test('are triggers, policies, functions, domains, enums and exclusions, each with its text', async () => {
      await bench.empty()
      await bench.run(
        `create type mood as enum ('a', 'b''c')`,
        'create domain positive as integer not null default 3 check (value > 0)',
        'create sequence s',
        'create table t (a integer, r int4range, constraint ex exclude using gist (r with &&))',
        `create function f() returns trigger language plpgsql as 'begin return new; end'`,
        'create trigger tr before update of a on t for each row when (new.a > 1) execute function f()',
        'alter table t disable trigger tr',
        'create policy po on t for select using (a > 0)',
      )
      const { opaque } = await bench.read()
      expect(opaque.map(({ kind, name, table }) => [kind, name, table])).toEqual([
        ['constraint', 'ex', 't'],
        ['domain', 'positive', null],
        ['enum', 'mood', null],
        ['policy', 'po', 't'],
        ['routine', 'f()', null],
        ['sequence', 's', null],
        ['trigger', 'tr', 't'],
      ])
      expect(opaque.find(({ kind }) => kind === 'trigger')?.restore?.[1]).toBe('alter table "t" disable trigger "tr"')
      expect(opaque.find(({ kind }) => kind === 'domain')?.definition).toMatch(
        /^create domain positive as integer default 3 not null constraint \w+ CHECK/,
      )
    })

    test('takes six statements, however many tables there are', async () => {
      const { dialect } = await bench.structure()
      expect(dialect.catalogue.queries('live')).toHaveLength(6)
      expect(dialect.catalogue.queries('scratch').length).toBeLessThanOrEqual(6)
    })
  },
  // What is embedded is the same server, and slow to start: `TERRACE_TEST_ALL=1`.
  process.env['TERRACE_TEST_ALL'] === undefined ? ['postgres'] : ['pglite', 'postgres'],
)

describeEngines(
  'what belongs to others on PostgreSQL',
  (engine) => {
    const bench = structureBench(engine)
    const drivers: Driver[] = []
    afterAll(() => Promise.all(drivers.map((driver) => driver.close())))

    test('[edge 38] objects of extensions are no tables of ours, and their names are taken', async () => {
      await bench.empty()
      await bench.run('create extension pg_stat_statements')
      const { snapshot, opaque, otherObjects } = await bench.read()
      expect(snapshot.tables).toEqual({})
      expect(opaque.map(({ kind, name }) => [kind, name])).toEqual([
        ['extensionObject', 'pg_stat_statements'],
        ['extensionObject', 'pg_stat_statements_info'],
      ])
      expect(otherObjects['pg_stat_statements']).toMatchObject({ reason: 'a view of the extension pg_stat_statements' })
    })

    test('[edge 40] reads and changes the schema that search_path names first, under that very path', async () => {
      const { url } = await engine.fresh()
      const open = async (options: string): Promise<Driver> => {
        const driver = await postgresDialect.open({ url: `${url}${options}`, pool: {} })
        drivers.push(driver)
        return driver
      }
      const plain = await open('')
      const connection = await plain.acquire({ access: 'write', timeoutMs: 2_000 })
      const ddl = [
        'create schema app',
        'create schema lib',
        `create function lib.one() returns integer immutable language sql as 'select 1'`,
        'create table public.t (id integer primary key)',
      ]
      for (const sql of ddl) await connection.execute({ sql, parameters: [] })
      await plain.release(connection)
      const driver = await open('?options=-c%20search_path%3Dapp')
      const structure = structureOf({ driver, schema: createSchemaDialect })
      const before = await structure.introspect()
      expect(before.snapshot.tables).toEqual({})
      const wanted = structureOf({ driver: plain, schema: createSchemaDialect })
      const table = (await wanted.introspect()).snapshot.tables['t']
      if (table === undefined) throw new Error('t was not read')
      const check = { name: 'ck', expression: 'id > lib.one()', enforced: true, source: null }
      await structure.apply({ tables: { t: { ...table, checks: [check] } } })
      expect((await structure.introspect()).snapshot.tables['t']?.checks).toMatchObject([
        { expression: '(id > lib.one())' },
      ])
      expect((await structure.plan({ tables: { t: { ...table, checks: [check] } } })).steps).toEqual([])
      expect((await wanted.introspect()).snapshot.tables['t']?.checks).toEqual([])
    })
  },
  ['postgres'],
)
