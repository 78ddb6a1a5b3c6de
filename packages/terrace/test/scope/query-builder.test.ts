import { CompiledQuery, Kysely, sql, type KyselyPlugin } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { executorOf, unscoped, type Session } from '../../src/database/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { asAnn, fill, openShop, queries, treeBuilder, type AnyDb, type Shop } from './shop.ts'
import { annUser, benUser, key, product, shopRows } from './shop-rows.ts'

type Way = readonly [title: string, code: string, run: (db: AnyDb, session: Session) => Promise<unknown>]

const refusedWays: readonly Way[] = [
  ['as raw SQL', 'SCOPE_FOREIGN_QUERY', (db) => db.executeQuery(CompiledQuery.raw('select * from products'))],
  [
    'as raw SQL without plugins',
    'SCOPE_FOREIGN_QUERY',
    (db) => db.withoutPlugins().executeQuery(CompiledQuery.raw('select * from products')),
  ],
  [
    'as raw SQL on a connection',
    'SCOPE_FOREIGN_QUERY',
    (db) => db.connection().execute((own) => own.executeQuery(CompiledQuery.raw('select * from products'))),
  ],
  [
    'compiled by another Kysely',
    'SCOPE_FOREIGN_QUERY',
    (db) => db.executeQuery(treeBuilder.selectFrom('products').selectAll().compile()),
  ],
  [
    'as a copy of what was compiled',
    'SCOPE_FOREIGN_QUERY',
    (db) => db.executeQuery({ ...db.selectFrom('products').select('id').compile() }),
  ],
  [
    'with its text changed',
    'SCOPE_FOREIGN_QUERY',
    (db) => {
      const compiled = db.selectFrom('products').select('id').compile()
      return db.executeQuery({ ...compiled, sql: 'select * from products' })
    },
  ],
  [
    'compiled for another session',
    'SCOPE_FOREIGN_QUERY',
    async (db, session) =>
      session.nested((inner) => queries(inner).executeQuery(db.selectFrom('products').select('id').compile())),
  ],
  ['as a template', 'SCOPE_RAW', (db) => sql`select * from products`.execute(db)],
  [
    'as a stream',
    'SCOPE_REFUSED',
    async (db) => {
      for await (const row of db.selectFrom('products').selectAll().stream()) return row
      return null
    },
  ],
  [
    'in a transaction',
    'SCOPE_REFUSED',
    (db) => db.transaction().execute((inner) => inner.selectFrom('products').selectAll().execute()),
  ],
  ['in a controlled transaction', 'SCOPE_REFUSED', (db) => db.startTransaction().execute()],
  ['as EXPLAIN', 'SCOPE_REFUSED', (db) => db.selectFrom('products').selectAll().explain()],
  ['on the structure', 'SCOPE_REFUSED', (db) => db.schema.dropTable('products').execute()],
  ['on catalogues', 'SCOPE_REFUSED', async (db) => db.introspection.getTables()],
  [
    'as a migration',
    'SCOPE_REFUSED',
    (db) =>
      new Migrator({ db, provider: { getMigrations: () => Promise.resolve({}) } })
        .migrateToLatest()
        .then(({ error }) => {
          throw error
        }),
  ],
  [
    'behind another schema',
    'SCOPE_REFUSED',
    (db) => db.withSchema('public').selectFrom('products').selectAll().execute(),
  ],
]

describeEngines(
  'a hand-written query, however it is run',
  (engine) => {
    let shop: Shop

    beforeAll(async () => {
      shop = await openShop(engine)
      await fill(shop, shopRows)
    })
    afterAll(() => shop?.db.close())

    const asked = <R>(work: (db: AnyDb, session: Session) => Promise<R>): Promise<R> =>
      shop.db.session(asAnn, (session) => work(queries(session), session))
    const mine = [product(1), product(2), product(3), product(5)]
    const ids = (rows: readonly { readonly id?: unknown }[]): readonly unknown[] => rows.map(({ id }) => id).toSorted()

    describe('is limited to the rows of the scope', () => {
      test('by execute', async () => {
        expect(ids(await asked((db) => db.selectFrom('products').select('id').execute()))).toEqual(mine)
      })

      test('by executeTakeFirst, of another owner’s row', async () => {
        const row = asked((db) => db.selectFrom('products').selectAll().where('id', '=', product(6)).executeTakeFirst())
        await expect(row).resolves.toBeUndefined()
      })

      test('by executeQuery of a built query', async () => {
        const { rows } = await asked((db) => db.executeQuery(db.selectFrom('products').select('id')))
        expect(ids(rows)).toEqual(mine)
      })

      test('by executeQuery of what it compiled itself', async () => {
        const { rows } = await asked((db) => db.executeQuery(db.selectFrom('products').select('id').compile()))
        expect(ids(rows as never)).toEqual(mine)
      })

      test('without plugins', async () => {
        const rows = await asked((db) => db.withoutPlugins().selectFrom('products').select('id').execute())
        expect(ids(rows)).toEqual(mine)
      })

      test('with a plugin that takes the conditions away', async () => {
        const withoutWhere: KyselyPlugin = {
          transformQuery: ({ node }) => ({ ...node, where: undefined }) as never,
          transformResult: ({ result }) => Promise.resolve(result),
        }
        const rows = await asked((db) =>
          db.withPlugin(withoutWhere).selectFrom('products').select('id').where('id', '=', product(1)).execute(),
        )
        expect(ids(rows)).toEqual(mine)
      })

      test('by a connection', async () => {
        const rows = await asked((db) =>
          db.connection().execute((own) => own.selectFrom('products').select('id').execute()),
        )
        expect(ids(rows)).toEqual(mine)
      })
    })

    describe('is refused', () => {
      test.each(refusedWays)('%s', (_, code, run) => expect(asked(run)).rejects.toMatchObject({ code }))

      test('as a statement that only looks compiled', async () => {
        const forged = asked((_, session) => {
          const { compiler, scope, run } = executorOf(session)
          const node = treeBuilder.selectFrom('products').select('id').toOperationNode()
          const made = compiler.compile(node, { scope, deleted: 'without', byRule: false })
          return Promise.resolve(run.call(executorOf(session), { ...made, sql: 'select * from products' }))
        })
        await expect(forged).rejects.toMatchObject({ code: 'SESSION_FOREIGN_STATEMENT' })
      })
    })

    describe('gives what Kysely says it gives', () => {
      test('the number of updated rows', async () => {
        const result = await asked((db) =>
          db.updateTable('notes').set({ body: 'x' }).where('body', '!=', '').executeTakeFirst(),
        )
        expect(result.numUpdatedRows).toBe(1n)
      })

      test('the number of deleted rows', async () => {
        const result = await asked((db) => db.deleteFrom('notes').where('body', '=', 'nothing').executeTakeFirst())
        expect(result.numDeletedRows).toBe(0n)
      })

      test('the number of inserted rows', async () => {
        const result = await asked((db) =>
          db
            .insertInto('notes')
            .values([{ body: 'a' }, { id: key(10, 9), body: 'b' }])
            .executeTakeFirst(),
        )
        expect(result?.numInsertedOrUpdatedRows).toBe(2n)
      })

      test('the key that the database numbered, where the engine tells it without RETURNING', async () => {
        const [insertId, id] = await asked(async (db) => {
          const result = await db.insertInto('events').values({ label: 'x' }).executeTakeFirst()
          const row = await db
            .selectFrom('events')
            .select((eb) => eb.fn.max('id').as('id'))
            .executeTakeFirst()
          return [result?.insertId, row?.id]
        })
        expect([undefined, BigInt(id as number)]).toContain(insertId)
        expect(typeof id).toBe('number')
      })

      test('an error where a row is required', async () => {
        const row = asked((db) =>
          db.selectFrom('products').selectAll().where('id', '=', product(6)).executeTakeFirstOrThrow(),
        )
        await expect(row).rejects.toThrow('no result')
      })
    })

    test('a session of another actor reuses nothing of the first', async () => {
      const handles = (user: string) =>
        shop.db.session({ kind: 'actor', actor: { User: user }, roles: [] }, (session) =>
          queries(session).selectFrom('users').select('handle').execute(),
        )
      expect([await handles(annUser), await handles(benUser)]).toEqual([[{ handle: 'ann' }], [{ handle: 'ben' }]])
    })

    test('raw SQL runs outside any scope, with parameters', async () => {
      const rows = await shop.db.session(unscoped('report'), (session) =>
        sql<{ n: unknown }>`select count(*) as n from products where note = ${'crisp'}`.execute(queries(session)),
      )
      expect(rows.rows.map(({ n }) => Number(n))).toEqual([1])
    })

    test('a Kysely made from its parts is the same', async () => {
      const rows = await asked((db) =>
        new Kysely<never>(propsOf(db))
          .selectFrom('products' as never)
          .selectAll()
          .execute(),
      )
      expect(rows).toHaveLength(4)
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)

/** What Kysely itself copies when it makes one from another. */
function propsOf(db: AnyDb): never {
  const executor = db.getExecutor()
  return { config: {}, dialect: {}, driver: {}, executor } as never
}
