/* oxlint-disable vitest/expect-expect -- the bench expects the wanted structure, and nothing left to do, in each test */
import { expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import { plainColumn as column, structureBench } from '../../../test/support/postgres-structures.ts'
import { graph, graphOf, identity, model, text, type ModelGraph } from '../../model/index.ts'
import { snapshotOf, type TableShape } from '../../schema/index.ts'

const bare: Omit<TableShape, 'name' | 'columns'> = {
  comment: null,
  options: {},
  primaryKey: null,
  uniques: [],
  indexes: [],
  foreignKeys: [],
  checks: [],
  source: null,
}

function check(name: string, expression: string): TableShape['checks'][number] {
  return { name, expression, enforced: true, source: null }
}

describeEngines(
  'what PostgreSQL prints otherwise than it was told',
  (engine) => {
    const bench = structureBench(engine)

    async function isSettled(table: Omit<TableShape, keyof typeof bare> & Partial<TableShape>): Promise<void> {
      const wanted = { tables: { [table.name]: { ...bare, ...table } } }
      await bench.empty()
      const structure = await bench.structure()
      expect((await structure.apply(wanted)).steps).not.toEqual([])
      expect((await structure.apply(wanted)).steps).toEqual([])
      const { snapshot } = await bench.read()
      expect((await structure.plan(snapshot)).steps).toEqual([])
      // Also without what the ledger has seen.
      await bench.run('delete from terrace_object')
      await structure.adopt(wanted)
      expect((await structure.plan(wanted)).steps).toEqual([])
    }

    test('[edge 19] defaults are what they were, with the casts they are printed with', () =>
      isSettled({
        name: 't',
        columns: [
          column('a', 'character varying(9)', { default: `'foo'` }),
          column('b', 'integer[]', { default: `'{1,2}'` }),
          column('c', 'jsonb', { default: `'{"b": 1, "a":  [2]}'` }),
          column('d', 'numeric(5,2)', { default: '1.5' }),
          column('e', 'timestamp(3) with time zone', { default: `'2020-01-01T00:00:00Z'` }),
          column('f', 'boolean', { default: `'t'` }),
          column('g', 'bigint', { default: '-5' }),
        ],
      }))

    test('[edge 20] DEFAULT NULL is no default', async () => {
      await bench.begin(
        `create table t (a varchar(9) default null, b integer default null, c numeric(4,2) default null)`,
      )
      const { snapshot } = await bench.read()
      expect(snapshot.tables['t']?.columns.map((each) => each.default)).toEqual([null, null, null])
      const plan = await (
        await bench.structure()
      ).plan(await bench.shapeOf('create table t (a varchar(9), b integer, c numeric(4,2))'))
      expect(plan.steps).toHaveLength(1)
    })

    test('[edge 21] now() stays now(), and CURRENT_TIMESTAMP stays itself', () =>
      isSettled({
        name: 't',
        columns: [
          column('a', 'timestamp with time zone', { default: 'now()' }),
          column('b', 'timestamp with time zone', { default: 'current_timestamp' }),
          column('c', 'date', { default: 'CURRENT_DATE' }),
        ],
      }))

    test('[edge 22] checks are what they were, however they are rewritten', () =>
      isSettled({
        name: 't',
        columns: [column('a', 'character varying(9)'), column('b', 'integer'), column('c', 'text', { collation: 'C' })],
        checks: [
          check('ck_in', `a in ('x', 'y')`),
          check('ck_between', 'b between 1 and 9 and not (b in (3, 4))'),
          check('ck_like', `c like 'a%' or c is null`),
          check('ck_precedence', `b > 1 and (b < 5 or a = 'x')`),
        ],
      }))

    test('[edge 22] a check that means something else is another one', async () => {
      const { plan } = await bench.followAndReturn({
        from: ['create table t (a integer, b integer, c integer, constraint ck check (a > 0 and (b > 0 or c > 0)))'],
        to: ['create table t (a integer, b integer, c integer, constraint ck check ((a > 0 and b > 0) or c > 0))'],
      })
      expect(plan.steps.map(({ change }) => change)).toEqual(['alterCheck', 'alterCheck'])
    })

    test('[edge 23] a name that would be cut is refused with its length', async () => {
      await bench.empty()
      const name = `ck_${'é'.repeat(31)}`
      const table = { ...bare, name: 't', columns: [column('a', 'integer')], checks: [check(name, 'a > 0')] }
      const { drift, steps } = await (await bench.structure()).plan({ tables: { t: table } })
      expect(steps).toEqual([])
      expect(drift).toMatchObject([{ reason: `the name ${name} has 65 bytes, and PostgreSQL cuts names after 63` }])
    })

    test('[edge 24] renames of tables and columns are followed by those of constraints, indexes and sequences', async () => {
      await bench.empty()
      const before = shop('shops', 'town')
      const after = shop('stores', 'city', { table: 'shops', column: 'town' })
      const structure = await bench.structure()
      await structure.apply(snapshotOf(before, structure.dialect))
      await bench.run(`insert into shops (town) values ('here')`)
      const plan = await structure.apply(snapshotOf(after, structure.dialect))
      expect((await structure.plan(snapshotOf(after, structure.dialect))).steps).toEqual([])
      const names = await bench.rows(
        `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relname not like 'terrace%' order by 1`,
      )
      expect(names.map(({ name }) => name)).toEqual([
        'ix_stores_city',
        'pk_stores',
        'stores',
        'stores_id_seq',
        'uq_stores_city_id',
      ])
      expect(await bench.rows('select city from stores')).toEqual([{ city: 'here' }])
      expect(plan.steps.flatMap(({ statements }) => statements).filter((sql) => /drop|add|create/.test(sql))).toEqual(
        [],
      )
      await structure.undo(plan)
      expect(await bench.rows('select town from shops')).toEqual([{ town: 'here' }])
    })

    test('[edge 26] a native enum becomes a text with a check, with its default, array, view and partial index', async () => {
      await bench.begin(
        `create type mood as enum ('sad', 'ok')`,
        `create table t (a mood not null default 'ok', b mood[], c text generated always as (case a when 'ok' then 'y' else 'n' end) stored)`,
        `create index ix on t (b) where a = 'ok'`,
        'create view v as select a from t',
      )
      await bench.run(`insert into t values ('sad', '{sad,ok}')`)
      const { snapshot } = await bench.read()
      const table = snapshot.tables['t']
      if (table === undefined) throw new Error('t was not read')
      const [a, b, c] = table.columns
      if (a === undefined || b === undefined || c === undefined) throw new Error('t has other columns')
      const wanted: TableShape = {
        ...table,
        columns: [
          { ...a, type: 'text', default: `'ok'` },
          { ...b, type: 'text[]' },
          { ...c, generated: { expression: `case a when 'ok' then 'y' else 'n' end`, stored: true, invisible: false } },
        ],
        indexes: table.indexes.map((index) => ({ ...index, where: `a = 'ok'` })),
        checks: [check('ck', `a in ('sad', 'ok')`)],
      }
      const structure = await bench.structure()
      await structure.apply({ tables: { t: wanted } })
      expect((await structure.plan({ tables: { t: wanted } })).steps).toEqual([])
      expect(await bench.rows('select a, b::text as b, c from t')).toEqual([{ a: 'sad', b: '{sad,ok}', c: 'n' }])
      expect(await bench.rows('select a from v')).toEqual([{ a: 'sad' }])
    })

    test('[edge 35] a constraint is no index, and either has its own terms', async () => {
      const nulls = (await bench.structure()).dialect.server.version >= '15' ? ' nulls not distinct' : ''
      await bench.followAndReturn({
        from: [
          'create table t (a integer, b integer, c integer, d integer, constraint u1 unique (a), constraint u2 unique (b), constraint u3 unique (c))',
          'create unique index u4 on t (d)',
        ],
        rows: ['insert into t values (1, 1, 1, 1)'],
        to: [
          `create table t (a integer, b integer, c integer, d integer, constraint u2 unique (b) deferrable initially deferred,
            constraint u3 unique${nulls} (c), constraint u4 unique (d) include (a))`,
          'create unique index u1 on t (a) where b > 0',
        ],
      })
    })

    test('[edge 35] keys to other tables have actions, can be put off, and can be held to their rows later', async () => {
      await bench.followAndReturn({
        from: [
          'create table a (id integer primary key, code integer unique)',
          'create table b (a1 integer, a2 integer, a3 integer, constraint k1 foreign key (a1) references a, constraint k2 foreign key (a2) references a)',
          'alter table b add constraint k3 foreign key (a3) references a not valid',
        ],
        rows: ['insert into a values (1, 5)', 'insert into b values (1, 1, 1)'],
        to: [
          'create table a (id integer primary key, code integer unique)',
          `create table b (a1 integer, a2 integer, a3 integer, constraint k1 foreign key (a1) references a on delete set null on update cascade,
            constraint k4 foreign key (a2) references a, constraint k3 foreign key (a3) references a)`,
        ],
      })
    })

    test('a key that others lead to moves to other columns and back', async () => {
      await bench.followAndReturn({
        from: [
          'create table a (id integer not null, code integer not null, constraint pk primary key (id), constraint uq unique (code))',
          'create table b (a integer, constraint fk foreign key (a) references a (code))',
        ],
        rows: ['insert into a values (1, 5)', 'insert into b values (5)'],
        to: [
          'create table a (id integer not null, code integer not null, constraint pk primary key (code), constraint uq unique (id, code))',
          'create table b (a integer, constraint fk foreign key (a) references a (code))',
        ],
      })
    })

    test('[edge 36] NOT NULL has no name of its own', async () => {
      await bench.follow({
        from: ['create table t (a integer constraint given not null, b integer not null, primary key (b))'],
        to: ['create table t (a integer not null, b integer, primary key (b))'],
      })
      const { snapshot } = await bench.read()
      expect(snapshot.tables['t']?.checks).toEqual([])
    })

    test('names of constraints and indexes change places, across tables too', async () => {
      const table = (a: string, b: string) => [
        `create table t (x integer, y integer, constraint ${a} unique (x), constraint ${b} unique (y), constraint c_${a} check (x > 0), constraint c_${b} check (y > 0))`,
      ]
      await bench.followAndReturn({
        from: [...table('one', 'two'), 'create table u (z integer)', 'create index three on u (z)'],
        to: [...table('two', 'three'), 'create table u (z integer)', 'create index one on u (z)'],
      })
    })
  },
  // What is embedded is the same server, and slow to start: `TERRACE_TEST_ALL=1`.
  process.env['TERRACE_TEST_ALL'] === undefined ? ['postgres'] : ['pglite', 'postgres'],
)

interface Former {
  readonly table: string
  readonly column: string
}

function shop(table: string, town: string, former?: Former): ModelGraph {
  const name = text().length(1, 40)
  const columns = { id: identity().primaryKey(), [town]: former === undefined ? name : name.renamedFrom(former.column) }
  const options = {
    indexes: [[town]],
    uniques: [[town, 'id']],
    ...(former === undefined ? {} : { renamedFrom: former.table }),
  }
  return graphOf(graph({ Shop: model(table, columns, options as never) }))
}
