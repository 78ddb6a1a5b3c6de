import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { moveDatabase, openDatabase, type MoveDatabaseOptions } from '../../src/connect/index.ts'
import { graph, integer, json, model, native, text, timestamp, type BoundModel } from '../../src/model/index.ts'
import { availabilityOf, freshDatabase, type EngineName, type TestDatabase } from '../../src/testing/servers.ts'
import { byHand } from './by-hand.ts'
import { fillDatabase, rowsIn } from './filled-database.ts'

type Models = Readonly<Record<string, BoundModel>>

const noun = text().length(1, 12)
const goods = { id: integer().primaryKey(), name: noun, note: text().nullable() }
const Good = model('goods', goods)
const Tag = model('tags', { id: integer().primaryKey(), word: noun })
const models = graph({ Good, Tag })

const rows = {
  Good: Array.from({ length: 12 }, (_, at) => ({ id: at * 10, name: `good ${at}`, note: at % 2 === 0 ? null : 'x' })),
  Tag: [{ id: 1, word: 'a' }],
}

interface Way {
  readonly from: string
  readonly to: string
  move(options?: Partial<MoveDatabaseOptions>): ReturnType<typeof moveDatabase>
}

/** Two files by default, the first with rows. */
async function way(
  work: (way: Way) => Promise<void>,
  { engines = ['sqliteFile', 'sqliteFile'], filled = models as Models }: WayOptions = {},
): Promise<void> {
  const databases: TestDatabase[] = [await freshDatabase(engines[0]), await freshDatabase(engines[1])]
  const [from = '', to = ''] = databases.map(({ url }) => url)
  try {
    await fillDatabase(from, filled, rows)
    await work({ from, to, move: (options) => moveDatabase({ from, to, models, batchRows: 5, ...options }) })
  } finally {
    for (const database of databases) await database.drop()
  }
}

interface WayOptions {
  readonly engines?: readonly [EngineName, EngineName]
  readonly filled?: Models
}

const servers = { postgres: await availabilityOf('postgres'), mysql: await availabilityOf('mysql') }

test('a source that is not what the models say is refused with its differences, and nothing is made', async () => {
  await way(async ({ from, to, move }) => {
    await byHand(from, 'alter table "tags" add column "kind" text', 'drop table "goods"')
    await expect(move()).rejects.toMatchObject({
      code: 'MOVE_SOURCE_DIFFERS',
      message: expect.stringMatching(/Differences: 1\n- table goods \[Good\]: is missing/) as string,
    })
    expect(await byHand(to, `select name from sqlite_master`)).toEqual([])
  })
})

test('a target that takes no more rows is said to; the next run goes on behind those it took, and what went meanwhile is missed', async () => {
  await way(async ({ to, move }) => {
    const target = new Sqlite(to.slice('sqlite:'.length))
    const breaking = { batch: () => void target.exec('drop table if exists "goods"') }
    await expect(move({ observer: breaking })).rejects.toMatchObject({
      code: 'MOVE_STOPPED',
      values: { table: 'goods', reason: 'missingObject' },
    })
    target.exec('create table "goods" ("id" integer primary key, "name" text not null, "note" text) strict')
    target.close()
    await expect(move()).rejects.toMatchObject({ code: 'MOVE_DIFFERS', values: { list: 'goods: 12 rows and 7 rows' } })
  })
})

test('what no model declares is refused where it has values of its own, and left by name, with the rest in the report', async () => {
  await way(async ({ from, to, move }) => {
    await byHand(
      from,
      'create table "log" ("line" text)',
      `alter table "goods" add column "kcal" integer default 5`,
      'create view "words" as select "word" from "tags"',
      'create virtual table "found" using fts5(word)',
    )
    await expect(move()).rejects.toMatchObject({
      code: 'MOVE_UNDECLARED',
      message: expect.stringContaining('table log, column goods.kcal, virtual table found') as string,
    })
    await expect(move({ leaveBehind: ['log', 'goods.kcal', 'fund'] })).rejects.toMatchObject({
      code: 'MOVE_OPTION',
      message: expect.stringContaining(`leaveBehind 'fund'`) as string,
    })
    const { left } = await move({ leaveBehind: ['log', 'goods.kcal', 'found'] })
    expect(left).toEqual(
      expect.arrayContaining([
        { kind: 'table', name: 'log' },
        { kind: 'column', name: 'goods.kcal' },
        { kind: 'view', name: 'words' },
        { kind: 'virtualTable', name: 'found' },
      ]),
    )
    expect(await rowsIn(to, models)).toEqual(await rowsIn(from, models))
  })
})

test('options that mean nothing are refused', async () => {
  await way(async ({ move }) => {
    await expect(move({ batchRows: 0 })).rejects.toMatchObject({ code: 'MOVE_OPTION' })
    await expect(move({ leaveBehind: ['goods'] })).rejects.toMatchObject({ code: 'MOVE_OPTION' })
  })
})

test('a target that has one of the tables is refused, and stays as it is', async () => {
  await way(async ({ to, move }) => {
    await byHand(to, 'create table "tags" ("own" text)', `insert into "tags" values ('mine')`)
    await expect(move()).rejects.toMatchObject({
      code: 'MOVE_TARGET_NOT_EMPTY',
      message: expect.stringMatching(/nothing was moved: tags$/) as string,
    })
    expect(await byHand(to, 'select * from "tags"')).toEqual([{ own: 'mine' }])
    expect(await byHand(to, `select name from sqlite_master where type = 'table'`)).toEqual([{ name: 'tags' }])
  })
})

const stopping = (): Pick<MoveDatabaseOptions, 'signal' | 'observer'> => {
  const controller = new AbortController()
  return { signal: controller.signal, observer: { batch: () => controller.abort(new Error('stopped')) } }
}

test('one that was stopped goes on; until then nobody starts on the target, and no other move goes on with it', async () => {
  await way(async ({ from, to, move }) => {
    await expect(move(stopping())).rejects.toThrow('stopped')
    expect(await byHand(to, 'select count(*) as n from "goods"')).toEqual([{ n: 5 }])
    await expect(openDatabase(to, { models })).rejects.toMatchObject({ code: 'MOVE_UNFINISHED' })
    await expect(openDatabase(to, { models, structure: 'check' })).rejects.toMatchObject({ code: 'MOVE_UNFINISHED' })
    await expect(move({ models: graph({ Good }), leaveBehind: ['tags'] })).rejects.toMatchObject({ code: 'MOVE_OTHER' })
    await expect(move({ from: to, to: `${to}-2` })).rejects.toMatchObject({ code: 'MOVE_SOURCE_DIFFERS' })
    const moved: number[] = []
    const report = await move({
      observer: { batch: ({ table, rows: at }) => void (table === 'goods' && moved.push(at)) },
    })
    expect(report.resumed).toBe(true)
    expect(moved).toEqual([10, 12])
    expect(await rowsIn(to, models)).toEqual(await rowsIn(from, models))
    // What has ended is compared once more, and stays.
    expect((await move()).tables).toEqual(report.tables)
  })
})

test('rows that were changed in the source after they had been moved are told by the sums', async () => {
  await way(async ({ from, move }) => {
    await expect(move(stopping())).rejects.toThrow('stopped')
    await byHand(from, `update "goods" set "name" = 'changed' where "id" = 0`, `delete from "goods" where "id" = 110`)
    await byHand(from, `insert into "goods" ("id", "name") values (5, 'late')`)
    await expect(move()).rejects.toMatchObject({
      code: 'MOVE_DIFFERS',
      message: expect.stringContaining('goods: 12 rows and 11 rows') as string,
    })
  })
})

test('a value that is none of its column stops the move with table, key, column and reason; corrected, it goes on', async () => {
  await way(async ({ from, to, move }) => {
    await byHand(from, `update "goods" set "note" = 'a' || char(0) where "id" = 70`)
    await expect(move()).rejects.toMatchObject({
      code: 'MOVE_VALUE',
      message: expect.stringMatching(
        /table goods with the key \(70\) cannot be moved, for its column note: .*U\+0000/,
      ) as string,
    })
    expect(await byHand(to, 'select count(*) as n from "goods"')).toEqual([{ n: 5 }])
    await byHand(from, `update "goods" set "note" = 'a' where "id" = 70`)
    expect((await move()).resumed).toBe(true)
    expect(await rowsIn(to, models)).toEqual(await rowsIn(from, models))
  })
})

const noPostgres = !servers.postgres.isAvailable

/** The same models, of which one engine holds the table to nothing but its key: a unique rule there is about no row. */
const looseOn = (engine: string, type: string, unique = false): Models => {
  const name = noun.stored({ [engine]: { type } })
  const uniques = unique ? [{ name: 'uq_goods_name', columns: ['name'], where: `"name" = ''` }] : []
  const stored = { [engine]: { checks: [], uniques } }
  return graph({ Good: model('goods', { ...goods, name: unique ? name.unique() : name }, { stored }), Tag }) as Models
}

test.skipIf(noPostgres)(
  'a row that a type of the target refuses, which the source does not, is told with the column',
  async () => {
    const filled = looseOn('sqlite', 'TEXT')
    await way(
      async ({ from, to, move }) => {
        await byHand(from, `update "goods" set "name" = 'longer than twelve' where "id" = 70`)
        await expect(move({ models: filled })).rejects.toMatchObject({
          code: 'MOVE_VALUE',
          message: expect.stringMatching(/goods with the key \(70\) .*: it is longer than the target takes/) as string,
        })
        expect(await byHand(to, 'select count(*) as n from "goods"')).toEqual([{ n: 5 }])
      },
      { engines: ['sqliteFile', 'postgres'], filled },
    )
  },
)

test.skipIf(noPostgres)(
  'a row that a check of the target refuses, which the source does not hold, is told with the check',
  async () => {
    const filled = looseOn('postgres', 'text')
    await way(
      async ({ from, move }) => {
        await byHand(from, `update "goods" set "name" = 'longer than twelve' where "id" = 70`)
        await expect(move({ models: filled })).rejects.toMatchObject({
          code: 'MOVE_VALUE',
          message: expect.stringMatching(/key \(70\) .* rule ck_goods_name_length: the target refuses it/) as string,
        })
      },
      { engines: ['postgres', 'sqliteFile'], filled },
    )
  },
)

test.skipIf(noPostgres)(
  'rows that stand against a unique rule of the target are counted at the end, and nothing starts on it',
  async () => {
    const filled = looseOn('sqlite', 'TEXT', true)
    await way(
      async ({ from, to, move }) => {
        await byHand(from, `update "goods" set "name" = 'twice' where "id" in (10, 70)`)
        await expect(move({ models: filled })).rejects.toMatchObject({
          code: 'STRUCTURE_DRIFT',
          message: expect.stringContaining('goods') as string,
        })
        await expect(openDatabase(to, { models: filled })).rejects.toMatchObject({ code: 'MOVE_UNFINISHED' })
      },
      { engines: ['sqliteFile', 'postgres'], filled },
    )
  },
)

test.skipIf(noPostgres)('an instant with parts of a millisecond is not cut', async () => {
  const Visit = model('visits', {
    id: integer().primaryKey(),
    at: timestamp().stored({ postgres: { type: 'timestamp with time zone' } }),
  })
  const visits = graph({ Visit }) as Models
  await way(
    async ({ from, move }) => {
      await byHand(
        from,
        `insert into "visits" values (1, '2026-03-29T01:30:00.123Z'), (2, '2026-03-29T01:30:00.1234Z')`,
      )
      await expect(move({ models: visits })).rejects.toMatchObject({
        code: 'MOVE_VALUE',
        message: expect.stringMatching(/key \(2\) .* column at: .*precision: 6/) as string,
      })
    },
    { engines: ['postgres', 'sqliteFile'], filled: visits },
  )
})

test('a number in json that JavaScript would round keeps its digits', async () => {
  const Reading = model('readings', { id: integer().primaryKey(), data: json() })
  const readings = graph({ Reading }) as Models
  const long = '{"b": 12345678901234567890.125, "a": [1e2, 0.1]}'
  const engines = servers.postgres.isAvailable
    ? (['sqliteFile', 'postgres'] as const)
    : (['sqliteFile', 'sqliteFile'] as const)
  await way(
    async ({ from, to, move }) => {
      await byHand(from, `insert into "readings" values (1, '${long}')`)
      await move({ models: readings })
      const [row] = await byHand(to, 'select "data" from "readings"')
      expect(String(row?.['data'])).toContain('12345678901234567890.125')
    },
    { engines, filled: readings },
  )
})

const Document = model('documents', { id: integer().primaryKey(), token: native('uuid').nullable() })
const documents = graph({ Document }) as Models
/** Five databases: with `npm run test:move`. */
const isShort = process.env['TERRACE_TEST_MOVE'] === undefined || noPostgres || !servers.mysql.isAvailable
const token = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'

test.skipIf(isShort)(
  'values of a native type are refused, or left by name, or none; and move between databases of one engine',
  async () => {
    await way(
      async ({ from, move }) => {
        await byHand(from, `insert into "documents" values (1, null)`)
        const fresh = [await freshDatabase('mysql'), await freshDatabase('mysql'), await freshDatabase('postgres')]
        try {
          const [first = '', second = '', same = ''] = fresh.map(({ url }) => url)
          expect((await move({ models: documents, to: first })).tables[0]?.rows).toBe(1)
          await byHand(from, `insert into "documents" values (2, '${token}')`)
          await expect(move({ models: documents, to: second })).rejects.toMatchObject({
            code: 'MOVE_NATIVE',
            message: expect.stringContaining('documents.token (uuid)') as string,
          })
          const left = await move({ models: documents, to: second, leaveBehind: ['documents.token'] })
          expect(left.left).toEqual([{ kind: 'column', name: 'documents.token' }])
          await move({ models: documents, to: same })
          expect(await byHand(same, 'select "token" from "documents" order by "id"')).toEqual([
            { token: null },
            { token },
          ])
        } finally {
          for (const database of fresh) await database.drop()
        }
      },
      { engines: ['postgres', 'mysql'], filled: documents },
    )
  },
)
