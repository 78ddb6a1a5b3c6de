import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import { requireReferences } from '../../src/database/compile/require-references.ts'
import {
  actingAs,
  executorOf,
  Slot,
  unscoped,
  type CompiledStatement,
  type Session,
  type SessionExecutor,
} from '../../src/database/index.ts'
import { actor, decimal, graph, integer, model, owner, softDelete, text, uuid } from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { openModels, type OpenModels } from '../support/open-models.ts'
import { queries, treeBuilder } from './shop.ts'

/** Boxes refer to shelves by their owner's key, which engines may hold otherwise than it is given, beside a number. */
function storeModels(key: ReturnType<typeof text> | ReturnType<typeof decimal>) {
  const Store = model('stores', { id: (key as ReturnType<typeof text>).primaryKey() }, { access: actor() })
  const Shelf = model('shelves', { storeId: owner(Store).primaryKey(), no: integer().primaryKey(), ...softDelete() })
  const Box = model(
    'boxes',
    { id: uuid().primaryKey(), storeId: owner(Store), no: integer() },
    { references: [{ columns: ['storeId', 'no'], target: Shelf, targetColumns: ['storeId', 'no'], as: 'shelf' }] },
  )
  return graph({ Store, Shelf, Box })
}

/** More than are asked for at once, twice. */
const many = 401
const deleted = 9999
const numbers = (count: number) => Array.from({ length: count }, (_, no) => ({ no }))

const keys = { 'a text': text().length(1, 40), 'a decimal': decimal(6, 2) }

for (const [what, key] of Object.entries(keys)) {
  describeEngines(
    `references that are written by hand, beside an owner whose key is ${what}`,
    (engine) => {
      const models = storeModels(key)
      let opened: OpenModels
      const mine = <T>(work: (session: Session) => Promise<T>): Promise<T> =>
        opened.db.session(actingAs(models.Store, '1.50'), work)
      const insert = (rows: readonly object[]): Promise<unknown> =>
        mine((session) => queries(session).insertInto('boxes').values(rows).execute())

      beforeAll(async () => {
        opened = await openModels(engine, models)
        await opened.db.session(unscoped('stores of the tests'), (session) =>
          session.use(Dao(models.Store)).create({ id: '1.50' }),
        )
        await mine(async (session) => {
          const shelves = session.use(Dao(models.Shelf))
          await shelves.createMany([...numbers(many), { no: deleted }])
          await shelves.deleteWhere({ no: deleted })
        })
      })
      afterAll(() => opened?.db.close())

      test('are found, each of many', async () => {
        await insert(numbers(many))
        const boxes = await mine((session) => queries(session).selectFrom('boxes').selectAll().orderBy('no').execute())
        expect(boxes.map(({ storeId, no }) => [storeId, no])).toEqual(numbers(many).map(({ no }) => ['1.50', no]))
      })

      test.each([199, 200, 400])('are missing where one of many is deleted: the one at %d', async (at) => {
        const rows = numbers(many).map(({ no }) => ({ no: no === at ? deleted : no }))
        await expect(insert(rows)).rejects.toMatchObject({ code: 'REFERENCE_MISSING' })
      })

      test.each([
        ['each once', [{ no: 1 }, { no: 1 }, { no: 2 }], [2]],
        ['as many as there are', numbers(200), [200]],
        ['the rest after', numbers(201), [200, 1]],
      ])('are asked for %s', async (_, rows, expected) => {
        opened.driver.calls.length = 0
        await insert(rows)
        const asked = opened.driver.calls.filter((call) => /^select .*shelves/.test(call))
        expect(asked.map((call) => call.match(/no.? = /g)?.length)).toEqual(expected)
      })

      const requireFor = (executor: SessionExecutor, no: unknown, run: SessionExecutor['run']): Promise<void> => {
        const { compiler, scope, capabilities } = executor
        const node = treeBuilder.insertInto('boxes').values({ no }).toOperationNode()
        const statement = compiler.compile(node, { scope, deleted: 'without', byRule: false, stamps: executor })
        return requireReferences({ compiler, scope, capabilities, run }, statement)
      }

      test('are asked for without a name: there would be one for each number of keys', async () => {
        const asked: CompiledStatement[] = []
        await mine(async (session) => {
          const executor = executorOf(session)
          await requireFor(executor, 1, (statement, values) => {
            asked.push(statement)
            return executor.run(statement, values)
          })
        })
        expect(asked).toMatchObject([{ name: null, operation: 'select' }])
      })

      test('are no slots: nobody says what would fill them', async () => {
        const required = mine((session) => {
          const executor = executorOf(session)
          return requireFor(executor, new Slot(0), (statement, values) => executor.run(statement, values))
        })
        await expect(required).rejects.toMatchObject({ code: 'SCOPE_FOREIGN_QUERY' })
      })
    },
    ['sqliteMemory', 'postgres'],
  )
}
