import { expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import { mysqlStructures } from '../../../test/support/mysql-structures.ts'
import type { ColumnShape } from '../../schema/index.ts'
import { readColumn } from './catalogue/read-column.ts'
import { renameInExpression } from './rename-in-expression.ts'
import { schemaFlavour } from './schema-flavour.ts'

describeEngines(
  'a structure of MariaDB',
  (engine) => {
    const bench = mysqlStructures(engine)

    test('[edge 44] [edge 45] [edge 46] [edge 47] [edge 48] is read with everything that its columns say', async () => {
      const { tables } = await bench.shapeOf(`create table t (
        id bigint not null auto_increment primary key, flag tinyint(1) default true, doc json, n int(11) unsigned default 5,
        z int(6) zerofill, s varchar(10) default 'it''s' comment 'a ''note''', e longtext default (concat('a','b')),
        c datetime(3) default current_timestamp(3) on update current_timestamp(3), o timestamp not null, i int invisible default 3,
        g int as (n + 1) virtual invisible, p int as (n * 2) stored, k enum('a','it''s') default 'a', d decimal(10,2) default 1.5,
        x int default null
      ) comment 'all of it' collate utf8mb4_bin`)
      const t = tables['t']
      const columns = Object.fromEntries((t?.columns ?? []).map((column) => [column.name, column]))
      const told = (name: string): unknown => {
        const { type, nullable, default: fallback } = columns[name] as ColumnShape
        return [type, nullable, fallback]
      }
      expect(t).toMatchObject({ comment: 'all of it', options: { engine: 'InnoDB', collation: 'utf8mb4_bin' } })
      expect(columns['id']).toMatchObject({ type: 'bigint', identity: 'byDefault', nullable: false, comment: '' })
      expect(told('flag')).toEqual(['tinyint(1)', true, '1'])
      expect(columns['doc']).toMatchObject({ type: 'json', collation: null })
      expect(told('n')).toEqual(['int unsigned', true, '5'])
      expect(told('z')).toEqual(['int(6) unsigned zerofill', true, null])
      expect(told('s')).toEqual(['varchar(10)', true, `'it''s'`])
      expect(columns['s']).toMatchObject({ collation: 'utf8mb4_bin', comment: `a 'note'` })
      expect(told('e')).toEqual(['longtext', true, "concat('a','b')"])
      expect(told('c')).toEqual(['datetime(3)', true, 'current_timestamp(3) on update current_timestamp(3)'])
      expect(told('o')).toEqual(['timestamp', false, null])
      expect(told('i')).toEqual(['int invisible', true, '3'])
      expect(columns['g']?.generated).toEqual({ expression: '`n` + 1', stored: false, invisible: true })
      expect(columns['p']?.generated).toEqual({ expression: '`n` * 2', stored: true, invisible: false })
      expect(told('k')).toEqual([`enum('a','it''s')`, true, "'a'"])
      expect(told('d')).toEqual(['decimal(10,2)', true, '1.50'])
      expect(told('x')).toEqual(['int', true, null])
      expect(t?.checks).toEqual([])
    })

    test('[edge 49] [edge 50] [edge 58] is read with keys, foreign keys without the indexes made for them, and checks', async () => {
      const { tables } = await bench.shapeOf(
        'create table p (id int primary key, unique key uq (id))',
        `create table t (id int primary key, a int check (a > 0), b int, c varchar(30),
          constraint fk foreign key (a) references p (id) on delete restrict, foreign key (b) references p (id) on delete cascade,
          key ix (b desc, c(7)), unique key us (c), fulltext key ft (c), key seen (b) comment 'seen' ignored,
          constraint ck check (b <> 4))`,
      )
      const t = tables['t']
      expect(t?.indexes.map(({ name, method, valid }) => [name, method, valid])).toEqual([
        ['ft', 'fulltext', true],
        ['ix', 'btree', true],
        ['seen', 'btree', false],
      ])
      expect(t?.indexes[1]?.columns).toEqual([
        { name: 'b', suffix: '', direction: 'desc', nulls: null },
        { name: 'c', suffix: '(7)', direction: 'asc', nulls: null },
      ])
      expect(t?.foreignKeys.map(({ name, onDelete }) => [name, onDelete])).toEqual([
        ['fk', 'noAction'],
        ['t_ibfk_1', 'cascade'],
      ])
      expect(t?.checks.map(({ name, expression, definition }) => [name, expression, definition])).toEqual([
        ['ck', '`b` <> 4', undefined],
        [null, '`a` > 0', 'a'],
      ])
    })

    test('is read with what models cannot declare', async () => {
      await bench.shapeOf(
        'create table t (id int primary key)',
        'create view v as select id from t',
        'create sequence s',
        'create table h (id int primary key) with system versioning',
        'create table part (id int primary key) partition by hash (id) partitions 2',
        'create trigger tr before insert on t for each row set new.id = 1',
      )
      const { opaque, otherObjects, snapshot } = await bench.read()
      expect(opaque.map(({ kind, name, table, uses }) => [kind, name, table, uses])).toEqual(
        expect.arrayContaining([
          ['view', 'v', null, ['t']],
          ['sequence', 's', null, []],
          ['unreadableTable', 'h', null, []],
          ['partitionedTable', 'part', 'part', []],
          ['partition', 'p0', 'part', []],
          ['trigger', 'tr', 't', []],
        ]),
      )
      expect(Object.keys(otherObjects).toSorted()).toEqual(['h', 's', 'v'])
      expect(Object.keys(snapshot.tables)).toEqual(['part', 't'])
    })

    test('[edge 55] is read by names as the server keeps them, which tells Products from products where it does', async () => {
      const [{ kept } = {}] = await bench.rows('select @@lower_case_table_names as kept')
      const { tables } = await bench.shapeOf('create table Products (Id int primary key)')
      expect(Object.keys(tables)).toEqual([Number(kept) === 1 ? 'products' : 'Products'])
      expect(Object.values(tables)[0]?.columns[0]?.name).toBe('Id')
    })
  },
  ['mysql'],
)

test('[edge 46] a default of MySQL is read as MariaDB prints it', () => {
  const flavour = schemaFlavour({ product: 'MySQL', version: '8.4.2' })
  const row = { name: 'a', nullable: 'YES', collation: null, comment: '', generated: '' } as const
  const defaults = (
    [
      ['varchar(9)', "it's", ''],
      ['varchar(9)', 'NULL', ''],
      ['int', '5', ''],
      ['bit(3)', "b'101'", ''],
      ['datetime(3)', 'CURRENT_TIMESTAMP(3)', 'DEFAULT_GENERATED on update CURRENT_TIMESTAMP(3)'],
      ['json', "json_object(_utf8mb4\\'a\\',1)", 'DEFAULT_GENERATED'],
      ['int', null, ''],
    ] as const
  ).map(([type, fallback, extra]) => readColumn({ ...row, type, fallback, extra }, false, flavour).default)
  expect(defaults).toEqual([
    "'it''s'",
    "'NULL'",
    '5',
    "b'101'",
    'current_timestamp(3) on update current_timestamp(3)',
    "(json_object(_utf8mb4'a',1))",
    null,
  ])
})

test('a column is renamed in an expression where it is one, and not in a text', () => {
  expect(renameInExpression('`a` > \'the `a`\' and `ab` <> "`a`" or `A` = 1', 'a', 'b`c')).toBe(
    '`b``c` > \'the `a`\' and `ab` <> "`a`" or `b``c` = 1',
  )
})
