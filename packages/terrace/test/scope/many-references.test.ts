import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import { requireReferences } from '../../src/database/compile/require-references.ts'
import { actingAs, executorOf, Slot, unscoped, type Session } from '../../src/database/index.ts'
import { actor, decimal, graph, integer, model, owner, uuid } from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { openModels, type OpenModels } from '../support/open-models.ts'
import { treeBuilder, type AnyDb } from './shop.ts'

/** A key that engines hold otherwise than it is given. */
const Shop = model('shops', { id: decimal(6, 2).primaryKey() }, { access: actor() })
const Shelf = model('shelves', { shopId: owner(Shop).primaryKey(), no: integer().primaryKey() })
/** Refers by its owner's key beside a number of its own. */
const Box = model(
  'boxes',
  { id: uuid().primaryKey(), shopId: owner(Shop), no: integer() },
  {
    references: [{ columns: ['shopId', 'no'], target: Shelf, targetColumns: ['shopId', 'no'], as: 'shelf' }],
  },
)
const models = graph({ Shop, Shelf, Box })

class ShelfDao extends Dao(models.Shelf) {}
class BoxDao extends Dao(models.Box) {}

/** More than are asked for at once, twice. */
const many = 401

describeEngines(
  'references of rows that are written by hand',
  (engine) => {
    let opened: OpenModels
    const as = <R>(id: string, work: (session: Session) => Promise<R>): Promise<R> =>
      opened.db.session(actingAs(models.Shop, id), work)
    const insert = (rows: readonly object[]): Promise<unknown> =>
      as('1.50', (session) =>
        session.use(BoxDao).query((db) => (db as unknown as AnyDb).insertInto('boxes').values(rows)),
      )
    const numbers = (count: number) => Array.from({ length: count }, (_, no) => ({ no }))

    beforeAll(async () => {
      opened = await openModels(engine, models)
      await opened.db.session(unscoped('shops of the tests'), (session) =>
        session.use(Dao(models.Shop)).createMany([{ id: '1.50' }, { id: '2.50' }]),
      )
      await as('1.50', (session) => session.use(ShelfDao).createMany(numbers(many)))
      await as('2.50', (session) => session.use(ShelfDao).createMany([...numbers(many), { no: 9999 }]))
    })
    afterAll(() => opened?.db.close())

    test('are found by their owner’s key beside their own, each of many', async () => {
      await insert(numbers(many))
      const { rows } = await as('1.50', (session) => session.use(BoxDao).list({ sort: ['no'] }))
      expect(rows.map(({ shopId, no }) => [shopId, no])).toEqual(numbers(many).map(({ no }) => ['1.50', no]))
    })

    test.each([199, 200, 400])(
      'are missing where one of many is another owner’s: the one at %d',
      async (at) => {
        const rows = numbers(many).map(({ no }) => ({ no: no === at ? 9999 : no }))
        await expect(insert(rows)).rejects.toMatchObject({ code: 'REFERENCE_MISSING' })
      },
    )

    test('are asked for once each', async () => {
      opened.driver.calls.length = 0
      await insert([{ no: 1 }, { no: 1 }, { no: 2 }])
      const asked = opened.driver.calls.filter((call) => /^select .*shelves/.test(call))
      expect(asked.map((call) => call.match(/no.? = /g)?.length)).toEqual([2])
    })

    test('are no slots: nobody says what would fill them', async () => {
      const required = as('1.50', async (session) => {
        const executor = executorOf(session)
        const { compiler, scope } = executor
        const node = treeBuilder
          .insertInto('boxes')
          .values({ no: new Slot(0) })
          .toOperationNode()
        const options = { scope, deleted: 'without', byRule: false, stamps: executor } as const
        await requireReferences(executor, compiler.compile(node, options))
      })
      await expect(required).rejects.toMatchObject({ code: 'SCOPE_FOREIGN_QUERY' })
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)
