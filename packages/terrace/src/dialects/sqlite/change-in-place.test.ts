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
import type { ColumnShape, Plan, Snapshot, TableShape } from '../../schema/index.ts'

const open: LiveSqlite[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function live(...statements: readonly string[]): Promise<LiveSqlite> {
  const one = await liveSqlite(statements)
  open.push(one)
  return one
}

const things = [
  `create table things (
    id integer primary key, a int, b int, kept int, part_of int references things (id), marked int check (marked > 0),
    half int as (kept / 2), constraint one_a unique (a))`,
  'create index by_b on things (b)',
  'insert into things (id, a, b, kept, marked) values (1, 1, 1, 10, 1), (2, 2, 2, 20, 2)',
]

function isRebuilt({ steps }: Plan): boolean {
  return steps.some(({ statements }) => statements.some((sql) => sql.startsWith('drop table')))
}

/** Each step says of itself that it is done. */
async function expectDone({ rows }: LiveSqlite, { steps }: Plan): Promise<void> {
  for (const { idempotenceProbe, n } of steps) {
    const values = [...idempotenceProbe.parameters]
    const sql = idempotenceProbe.sql.replaceAll('?', () => `'${String(values.shift()).replaceAll("'", "''")}'`)
    expect({ n, applied: Number((await rows(sql))[0]?.['applied']) }).toEqual({ n, applied: 1 })
  }
}

/** Makes the change and takes it back; gives its plan. */
async function thereAndBack(one: LiveSqlite, edit: (snapshot: Snapshot) => Snapshot): Promise<Plan> {
  const shapeOf = async (): Promise<unknown> => {
    const { snapshot, opaque } = await one.structure.introspect()
    const plain = (key: string, value: unknown): unknown => (key === 'definition' ? undefined : value)
    const sorted = edited('things', ({ columns }) => ({
      columns: columns.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    }))
    return [JSON.parse(JSON.stringify(sorted(snapshot), plain)), opaque]
  }
  const before = await shapeOf()
  const rows = await one.rows('select id, a, b, part_of from things')
  const wanted = edit((await one.structure.introspect()).snapshot)
  const plan = await one.structure.apply(wanted)
  expect((await one.structure.plan(wanted)).steps).toEqual([])
  await expectDone(one, plan)
  await one.structure.undo(plan)
  expect(await shapeOf()).toEqual(before)
  expect(await one.rows('select id, a, b, part_of from things')).toEqual(rows)
  return plan
}

function added(column: ColumnShape) {
  return edited('things', ({ columns }) => ({ columns: [...columns, column] }))
}

describe('[edge 7] ADD COLUMN', () => {
  test.each<readonly [what: string, column: ColumnShape]>([
    ['what may be NULL', plainColumn('c', 'INT')],
    ['a constant default', plainColumn('c', 'TEXT', { nullable: false, default: "'it''s'", collation: 'NOCASE' })],
    [
      'what is calculated when it is read',
      plainColumn('c', 'INT', { generated: { expression: 'kept + 1', stored: false, invisible: false } }),
    ],
  ])('adds %s in place', async (_, column) => {
    expect(isRebuilt(await thereAndBack(await live(...things), added(column)))).toBe(false)
  })

  test.each<readonly [what: string, column: ColumnShape]>([
    ['a default that is no constant', plainColumn('c', 'TEXT', { nullable: false, default: '(hex(randomblob(2)))' })],
    ['the present time', plainColumn('c', 'TEXT', { nullable: false, default: 'current_timestamp' })],
    [
      'what is stored when it is calculated',
      plainColumn('c', 'INT', { generated: { expression: 'kept + 1', stored: true, invisible: false } }),
    ],
  ])('gives way to a rebuild for %s', async (_, column) => {
    expect(isRebuilt(await thereAndBack(await live(...things), added(column)))).toBe(true)
  })

  test('and a unique rule on the new column go by an index, in place', async () => {
    const edit = edited('things', (table) => ({
      columns: [...table.columns, plainColumn('code', 'TEXT')],
      uniques: [
        ...table.uniques,
        { ...(table.uniques[0] as TableShape['uniques'][number]), name: 'one_code', columns: ['code'] },
      ],
    }))
    expect(isRebuilt(await thereAndBack(await live(...things), edit))).toBe(false)
  })

  test('without a value for the rows that are there is refused', async () => {
    const { change } = await live(...things)
    const refused = change(added(plainColumn('c', 'INT', { nullable: false })))
    await expect(refused).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
  })
})

describe('[edge 8] DROP COLUMN', () => {
  const dropped = (name: string) => edited('things', (table) => withoutColumn(table, name))

  test('drops in place what nothing else names', async () => {
    const one = await live(...things, 'alter table things add column note text')
    expect(isRebuilt(await thereAndBack(one, dropped('note')))).toBe(false)
  })

  test('takes an index along that stands on the column', async () => {
    const edit = edited('things', (table) => ({ ...withoutColumn(table, 'b'), indexes: [] }))
    const one = await live(...things)
    const plan = await one.change(edit)
    expect(plan.steps.map(({ change }) => change)).toEqual(['dropIndex', 'dropColumn'])
    await one.structure.undo(plan)
    expect(await one.text('by_b')).toBe('CREATE INDEX by_b on things (b)')
  })

  test.each<readonly [what: string, edit: (table: TableShape) => Partial<TableShape>]>([
    ['a unique rule', (table) => ({ ...withoutColumn(table, 'a'), uniques: [] })],
    ['a reference', (table) => ({ ...withoutColumn(table, 'part_of'), foreignKeys: [] })],
    ['a check', (table) => ({ ...withoutColumn(table, 'marked'), checks: [] })],
    ['the key', (table) => ({ ...withoutColumn(table, 'id'), primaryKey: null, foreignKeys: [] })],
  ])('gives way to a rebuild where %s goes with it', async (_, edit) => {
    const one = await live(...things)
    const before = await one.rows('select kept, half from things')
    expect(isRebuilt(await one.change(edited('things', edit)))).toBe(true)
    expect(await one.rows('select kept, half from things')).toEqual(before)
  })

  test('takes what is calculated first', async () => {
    const one = await live(...things)
    const edit = edited('things', (table) => ({
      columns: table.columns.filter(({ name }) => name !== 'kept' && name !== 'half'),
    }))
    expect(isRebuilt(await thereAndBack(one, edit))).toBe(false)
  })

  test.each([
    ['a view', 'create view kept_ones as select kept from things'],
    ['a trigger', 'create trigger keep after insert on things begin update things set kept = 1 where id = new.id; end'],
  ])('is refused while %s uses the column, and nothing is changed', async (_, sql) => {
    const one = await live(...things, 'alter table things add column note text', sql)
    const columns = (table: TableShape) => table.columns.filter(({ name }) => name !== 'kept' && name !== 'half')
    const refused = one.change(edited('things', (table) => ({ columns: columns(table) })))
    await expect(refused).rejects.toMatchObject({ code: 'STRUCTURE_STEP_FAILED' })
    expect(await one.rows('select kept from things')).toEqual([{ kept: 10 }, { kept: 20 }])
  })
})

describe('[edge 9, 66] a rename', () => {
  const renamed = (from: string, to: string) =>
    edited('things', (table) => withColumn(table, from, { name: to, source: renamedFrom(from) }))

  test('reaches views, triggers, generated columns, checks and indexes', async () => {
    const one = await live(
      ...things,
      'create view kept_ones as select kept as k from things',
      'create trigger keep after insert on things begin update things set kept = 1 where id = new.id; end',
    )
    await one.change((snapshot) => {
      const table = snapshot.tables['things'] as TableShape
      const half = { generated: { expression: 'held / 2', stored: false, invisible: false } }
      return edited('things', () =>
        withColumn({ ...table, ...withColumn(table, 'half', half) }, 'kept', {
          name: 'held',
          source: renamedFrom('kept'),
        }),
      )(snapshot)
    })
    await one.rows('insert into things (id, a) values (3, 3)')
    expect(await one.rows('select k from kept_ones')).toEqual([{ k: 10 }, { k: 20 }, { k: 1 }])
    expect(await one.rows('select half from things')).toEqual([{ half: 5 }, { half: 10 }, { half: 0 }])
  })

  test('to the same word in another letter case is done, of columns and of tables', async () => {
    const one = await live(...things)
    const plan = await one.change(renamed('b', 'B'))
    expect(plan.steps.map(({ change }) => change)).toEqual(['renameColumn'])
    await one.change(edited('things', () => ({ name: 'Things', source: { ...renamedFrom('things'), fact: 'model' } })))
    expect(await one.text('Things')).toMatch(/^CREATE TABLE "Things"/)
    expect(await one.text('by_b')).toBe('CREATE INDEX by_b on "Things" ("B")')
    expect((await one.structure.introspect()).snapshot.tables['Things']?.foreignKeys).toMatchObject([
      { targetTable: 'Things' },
    ])
  })

  test('[edge 64] of two that change places keeps each its values', async () => {
    const one = await live(...things)
    const swapped = edited('things', (table) => ({
      columns: table.columns.map((column) => {
        const other = { a: 'kept', kept: 'a' }[column.name]
        return other === undefined ? column : { ...column, name: other, source: renamedFrom(column.name) }
      }),
      uniques: table.uniques.map((unique) => ({ ...unique, columns: ['kept'] })),
    }))
    await one.change((snapshot) => {
      const half = { generated: { expression: 'a / 2', stored: false, invisible: false } }
      return edited('things', (table) => withColumn(table, 'half', half))(swapped(snapshot))
    })
    expect(await one.rows('select a, kept, half from things')).toEqual([
      { a: 10, kept: 1, half: 5 },
      { a: 20, kept: 2, half: 10 },
    ])
  })
})
