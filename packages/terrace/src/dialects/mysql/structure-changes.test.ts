import { describe, expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import { mysqlStructures } from '../../../test/support/mysql-structures.ts'
import type { Snapshot, Source } from '../../schema/index.ts'

describeEngines(
  'a structure of MariaDB',
  (engine) => {
    const bench = mysqlStructures(engine)

    test('[edge 52] keys are retyped on both sides between the foreign keys, those of tables that stay among them', async () => {
      const tables = (type: string, length: number): readonly string[] => [
        `create table p (id ${type} not null primary key, code varchar(${length}) unique)`,
        `create table c (id ${type} not null primary key, p_id ${type}, up ${type},
          constraint fk_p foreign key (p_id) references p (id) on delete cascade, constraint fk_up foreign key (up) references c (id))`,
        'create table d (code varchar(10), constraint fk_code foreign key (code) references p (code))',
      ]
      const { sql } = await bench.follow({
        from: tables('int', 10),
        rows: ["insert into p values (1, 'x')", 'insert into c values (1, 1, 1)', "insert into d values ('x')"],
        to: tables('bigint', 20),
      })
      expect(sql).toHaveLength(7)
    })

    test('[edge 43] of every statement that has committed, a new start knows it and goes on', async () => {
      const tables = (type: string): readonly string[] => [
        `create table p (id ${type} primary key)`,
        `create table c (p_id ${type}, constraint fk_p foreign key (p_id) references p (id))`,
      ]
      const rows = ['insert into p values (1)', 'insert into c values (1)']
      expect(await bench.followKilled({ from: tables('int'), rows, to: tables('bigint') })).toBe(4)
    })

    test('[edge 47] a column keeps what a change of it does not speak of', async () => {
      const column = (type: string): string =>
        `a ${type} invisible default current_timestamp(3) on update current_timestamp(3) comment 'it''s'`
      const { sql } = await bench.follow({
        from: [
          `create table t (id int primary key, ${column('timestamp(3) not null')}, b int check (b > 0) default 4)`.replace(
            'check (b > 0) default 4',
            'default 4 check (b > 0)',
          ),
        ],
        to: [`create table t (id int primary key, ${column('timestamp(3) null')}, b bigint default 4 check (b > 0))`],
      })
      expect(sql).toEqual([
        "alter table `t` modify column `a` timestamp(3) null invisible default current_timestamp(3) on update current_timestamp(3) comment 'it''s', " +
          'modify column `b` bigint null default 4 check (`b` > 0)',
      ])
    })

    test('[edge 49] an index that a foreign key needs is replaced in one statement, and the last one by one of the key', async () => {
      const parent = 'create table p (id int primary key)'
      const key = 'constraint fk foreign key (a) references p (id)'
      const replaced = await bench.follow({
        from: [parent, `create table t (a int, b int, key ix (a, b), ${key})`],
        to: [parent, `create table t (a int, b int, key iy (a, b desc), ${key})`],
      })
      expect(replaced.sql).toEqual([
        'alter table `t` drop key `ix`, add key `iy` (`a`, `b` desc), algorithm = inplace, lock = none',
      ])
      await bench.follow({
        from: [parent, `create table t (a int, b int, key ix (a, b), ${key})`],
        to: [parent, `create table t (a int, b int, ${key})`],
      })
      const dropped = await bench.follow({
        from: [parent, `create table t (a int, b int, ${key})`],
        to: [parent, 'create table t (a int, b int)'],
      })
      expect(dropped.sql).toEqual([
        'alter table `t` drop foreign key `fk`, drop key `fk`, algorithm = inplace, lock = none',
      ])
    })

    test('[edge 51] a numbered column comes, changes and goes together with its key', async () => {
      const { sql } = await bench.follow({
        from: ['create table t (a int not null primary key)'],
        rows: ['insert into t values (7), (9)'],
        to: ['create table t (a int not null primary key, n bigint not null auto_increment, unique key uq (n))'],
      })
      expect(sql).toEqual(['alter table `t` add column `n` bigint not null auto_increment, add unique key `uq` (`n`)'])
      await bench.follow({
        from: ['create table t (n bigint not null auto_increment primary key, a int not null)'],
        rows: ['insert into t values (1, 7), (2, 9)'],
        to: ['create table t (a int not null primary key)'],
      })
      await bench.follow({
        from: ['create table t (n int not null primary key)'],
        rows: ['insert into t values (0), (3)'],
        to: ['create table t (n bigint not null auto_increment primary key)'],
      })
      expect(await bench.rows('select n from t order by n')).toEqual([{ n: 0 }, { n: 3 }])
      await bench.follow({
        from: ['create table t (a int not null primary key)'],
        rows: ['insert into t values (7), (9)'],
        to: ['create table t (a int not null, n bigint not null auto_increment primary key)'],
      })
    })

    test('[edge 54] a collation of the table leaves those of its columns, and theirs leave it', async () => {
      const { sql } = await bench.follow({
        from: [
          'create table t (a varchar(9) collate ascii_bin, b varchar(9) collate utf8mb4_general_ci) collate utf8mb4_bin',
        ],
        rows: ["insert into t values ('x', 'größer')"],
        to: [
          'create table t (a varchar(9) collate ascii_bin, b varchar(9) collate utf8mb4_bin) collate utf8mb4_nopad_bin',
        ],
      })
      expect(sql).toEqual([
        'alter table `t` modify column `b` varchar(9) collate utf8mb4_bin null, default character set utf8mb4 collate utf8mb4_nopad_bin',
      ])
    })

    test('[edge 56] what is calculated is stored, calculated again, or kept as it was last, with the keys and checks on it', async () => {
      const table = (way: string, tail = ''): string =>
        `create table t (id int primary key, a int, g int ${way}, key ix (g), constraint ck check (g < 100)${tail})`
      const calculated = (way: string): string => table(`generated always as (a + 1) ${way}`)
      const { sql } = await bench.follow({
        from: [calculated('virtual')],
        rows: ['insert into t (id, a) values (1, 41)'],
        to: [calculated('stored')],
      })
      expect(sql).toHaveLength(1)
      const plain = await bench.shapeOf(table('null'))
      await bench.begin(calculated('virtual'))
      await bench.run('insert into t (id, a) values (1, 41)')
      await (await bench.structure()).apply(plain)
      await bench.run('update t set a = 0')
      expect(await bench.rows('select g from t')).toEqual([{ g: 42 }])
    })

    test('[edge 58] a check of a column goes and comes with its column, one of the table by itself', async () => {
      const { sql } = await bench.follow({
        from: ['create table t (a int check (a > 0), b int, constraint ck check (a < b))'],
        rows: ['insert into t values (1, 20)'],
        to: ['create table t (a int, b int check (b > 10), constraint ck check (a <= b))'],
      })
      expect(sql).toHaveLength(1)
    })

    test('[edge 59] a foreign key is dropped and added by two statements, also where two change their names', async () => {
      const tables = (actions: readonly [string, string]): readonly string[] => [
        'create table p (id int primary key)',
        `create table t (a int, b int, constraint ${actions[0]} foreign key (a) references p (id),
          constraint ${actions[1]} foreign key (b) references p (id) on delete cascade)`,
      ]
      const { sql } = await bench.follow({ from: tables(['fk1', 'fk2']), to: tables(['fk2', 'fk1']) })
      expect(sql).toHaveLength(3)
      const [table = '', child = ''] = tables(['fk1', 'fk2'])
      const same = await bench.follow({ from: [table, child], to: [table, child.replace('on delete cascade', '')] })
      expect(same.sql).toEqual([
        'alter table `t` drop foreign key `fk2`, algorithm = instant',
        'alter table `t` add constraint `fk2` foreign key (`b`) references `p` (`id`) on delete no action',
      ])
    })

    test('[edge 60] what is asserted is done so, and what could be refused is not asserted', async () => {
      const { plan } = await bench.follow({
        from: ['create table t (id int primary key, a int, v int as (a + 1) virtual)'],
        rows: ['insert into t (id, a) values (1, 1)'],
        to: [
          `create table t (id int primary key, a int, v int as (a + 1) virtual, n int, w int as (a + 2) virtual, s int as (a + 3) stored,
            key ix (a), unique key uq (v), constraint ck check (a > 0))`,
        ],
      })
      const told = plan.steps.map(({ statements, lock }) => [
        /add (\w+)/.exec(statements[0] ?? '')?.[1],
        /algorithm = \w+(?:, lock = none)?/.exec(statements[0] ?? '')?.[0] ?? '',
        lock.blocks,
        lock.work,
      ])
      expect(told).toEqual([
        ['column', 'algorithm = instant', 'nothing', 'none'],
        ['column', 'algorithm = instant', 'nothing', 'none'],
        ['column', '', 'writes', 'rewrite'],
        ['unique', 'algorithm = inplace, lock = none', 'nothing', 'scan'],
        ['constraint', '', 'writes', 'rewrite'],
        ['key', 'algorithm = inplace, lock = none', 'nothing', 'scan'],
      ])
      const compressed = await bench.follow({
        from: ['create table t (id int primary key) row_format = compressed'],
        to: ['create table t (id int primary key, n int, key ix (n)) row_format = compressed'],
      })
      expect(compressed.sql.join()).not.toContain('algorithm')
    })

    describe('names', () => {
      const swapped = (snapshot: Snapshot, from: (name: string) => string | undefined): Snapshot => ({
        tables: Object.fromEntries(
          Object.values(snapshot.tables).map((table) => {
            const source = (fact: Source['fact'], name: string): Source | null => {
              const former = from(fact === 'column' ? `${table.name}.${name}` : name)
              if (former === undefined) return null
              return { model: table.name, fact, name, columns: [], properties: [], renamedFrom: former }
            }
            const columns = table.columns.map((column) => ({ ...column, source: source('column', column.name) }))
            return [table.name, { ...table, columns, source: source('model', table.name) }]
          }),
        ),
      })

      test('[edge 64] of tables are swapped in one statement, of which a mark tells that it was done', async () => {
        const tables = ['create table a (id int primary key)', 'create table b (id int primary key)']
        const names: Readonly<Record<string, string>> = { a: 'b', b: 'a' }
        const scenario = {
          from: [...tables],
          to: tables,
          declared: (wanted: Snapshot) => swapped(wanted, (name) => names[name]),
        }
        expect(await bench.followKilled({ ...scenario, rows: ['insert into a values (1)'] })).toBe(3)
        const { sql } = await bench.follow(scenario)
        expect(sql[1]).toBe('rename table `b` to `_terrace_r_0`, `a` to `b`, `_terrace_r_0` to `a`')
        expect((await bench.read()).snapshot.tables['b']?.comment).toBe('')
      })

      test('[edge 64] of columns are swapped in one statement, of which their places tell that it was done', async () => {
        const names: Readonly<Record<string, string>> = { 't.a': 'b', 't.b': 'a' }
        const declared = (wanted: Snapshot): Snapshot => swapped(wanted, (name) => names[name])
        const from = [
          'create table t (a int, b int check (b > 0), g int as (a + 1) virtual, constraint ck check (a < b), key ix (a))',
        ]
        const to = [
          'create table t (b int, a int check (a > 0), g int as (b + 1) virtual, constraint ck check (b < a), key ix (b))',
        ]
        expect(await bench.followKilled({ from, to, declared })).toBe(1)
        const { sql } = await bench.follow({ from, to, declared })
        expect(sql).toEqual(['alter table `t` rename column `a` to `b`, rename column `b` to `a`'])
      })

      test('[edge 66] change their case alone', async () => {
        const declared = (wanted: Snapshot): Snapshot => swapped(wanted, (name) => (name === 't.A' ? 'a' : undefined))
        const scenario = { from: ['create table t (a int)'], to: ['create table t (A int)'], declared }
        expect(await bench.followKilled(scenario)).toBe(1)
        expect((await bench.follow(scenario)).sql).toEqual(['alter table `t` rename column `a` to `A`'])
      })
    })

    test('[edge 53] [edge 61] what does not fit is told before anything is changed, with the words of the limit', async () => {
      const { tables } = await bench.shapeOf('create table t (id int primary key, a varchar(700), b varchar(700))')
      const t = tables['t']
      if (t === undefined) throw new Error('t was not read')
      await bench.begin()
      const live = await bench.structure()
      const index = { where: null, include: [], method: 'btree', valid: true, source: null }
      const columns = ['a', 'b'].map((name) => ({ name, suffix: '', direction: 'asc', nulls: null }) as const)
      const prefixed = columns.map((column) => ({ ...column, suffix: '(100)' }))
      const reasonOf = async (change: Partial<typeof t>): Promise<string | undefined> =>
        (await live.plan({ tables: { t: { ...t, ...change } } })).drift[0]?.reason
      expect(await reasonOf({ indexes: [{ ...index, name: 'ix', columns }] })).toBe(
        'an entry of ix can have 5600 bytes, and at most 3072 fit',
      )
      expect(await reasonOf({ indexes: [{ ...index, name: 'ix', columns: prefixed }] })).toBeUndefined()
      expect(await reasonOf({ indexes: [{ ...index, name: 'x'.repeat(65), columns: prefixed }] })).toContain(
        'has 65 characters, and at most 64 fit',
      )
      const wide = t.columns.map((column) => (column.name === 'a' ? { ...column, type: 'varchar(16000)' } : column))
      expect(await reasonOf({ columns: wide })).toContain('at most 65535 fit')
    })

    test('keeps a name that a view or a trigger asks for, which the server would let go from under them', async () => {
      await bench.begin(
        'create table t (id int primary key, w int, other int)',
        'create table log (x int)',
        'create view vi as select w from t',
        'create trigger tr after insert on t for each row insert into log values (new.other)',
      )
      const live = await bench.structure()
      const { tables } = (await live.introspect()).snapshot
      const without = (name: string): Snapshot => {
        const { t } = tables
        if (t === undefined) throw new Error('there is no t')
        return { tables: { ...tables, t: { ...t, columns: t.columns.filter((column) => column.name !== name) } } }
      }
      const { log: _, ...others } = tables
      for (const [wanted, reason] of [
        [without('w'), 'the view vi asks for it by its name, and would fail'],
        [without('other'), 'the trigger tr on t asks for it by its name, and would fail'],
        [{ tables: others }, 'the trigger tr on t asks for it by its name, and would fail'],
      ] as const) {
        expect(await live.plan(wanted)).toMatchObject({ steps: [], drift: [{ reason }] })
      }
    })

    test('[edge 62] is changed in strict mode, which refuses what does not fit, whatever the connection was opened with', async () => {
      const { lock } = (await bench.structure()).dialect
      expect(lock.prepare.join()).toContain('STRICT_ALL_TABLES')
      await bench.begin('create table t (id int primary key, a varchar(20))')
      await bench.run("insert into t values (1, 'much too long')")
      await expect(
        bench.run("set session sql_mode = ''", ...lock.prepare, 'alter table t modify a varchar(4)'),
      ).rejects.toThrow('1265')
    })
  },
  ['mysql'],
)
