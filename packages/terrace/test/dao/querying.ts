import { describe, expect, test } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import { PortionDao, ProductDao, refusal, refusalOf, type DaoBench } from './dao-bench.ts'
import { graph, model, uuid } from '../../src/model/index.ts'
import { models } from './models.ts'

class ShelfDao extends Dao(models.Product) {
  richest(limit: number) {
    return this.select((query) => query.orderBy('kcal100g', 'desc').limit(limit))
  }

  withPortions() {
    return this.select((query) =>
      query
        .leftJoin('portions', 'portions.productId', 'products.id')
        .clearSelect()
        .select(['products.name', 'portions.name as portion'])
        .orderBy('products.name'),
    )
  }

  highest() {
    return this.query((db) =>
      db.selectFrom('products').select(({ fn }) => [fn.max('kcal100g').as('most'), fn.countAll<number>().as('count')]),
    )
  }

  raise(by: number) {
    return this.query((db) =>
      db
        .updateTable('products')
        .set((eb) => ({ kcal100g: eb('kcal100g', '+', by) }))
        .where('kcal100g', '<', 500),
    )
  }

  add(name: string) {
    return this.query((db) => db.insertInto('products').values({ name }))
  }

  wipe(all: boolean) {
    return this.query((db) => db.updateTable('products').set({ note: null }), all ? { all } : {})
  }
}

const execute = (query: { execute(): Promise<unknown> }): Promise<unknown> => query.execute()

export function describeQuerying(bench: DaoBench): void {
  describe('select and query', () => {
    test('rows of the model by a query of one’s own, scope and deletion applied', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      await other.session((session) => session.use(ProductDao).create({ name: 'theirs', kcal100g: 999 }))
      await device.session(async (session) => {
        const [one, two, three] = await session
          .use(ProductDao)
          .createMany([1, 2, 3].map((kcal100g) => ({ name: `p${kcal100g}`, kcal100g })))
        await session.use(ProductDao).delete(three?.id as string)
        await session.use(PortionDao).create({ productId: one?.id as string, name: 'cup' })
        const dao = session.use(ShelfDao)
        expect(await dao.richest(5)).toEqual([two, one])
        expect(await dao.withPortions()).toEqual([
          { name: 'p1', portion: 'cup' },
          { name: 'p2', portion: null },
        ])
        expect(await dao.highest()).toEqual([{ most: 2, count: 2 }])
      })
    })

    test('a query that is executed, or not returned, is refused with what to do', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const dao = session.use(ShelfDao)
        const executed = await refusal(dao.select(((query: never) => execute(query)) as never))
        expect([executed.code, executed.message]).toEqual([
          'DAO_QUERY',
          'select of Product was given a promise instead of a query',
        ])
        expect(executed.remedy).toContain('do not execute it')
        const failing = refusal(dao.query((() => Promise.reject(new Error('of the query'))) as never))
        expect((await failing).message).toBe('query of Product was given a promise instead of a query')
        expect((await refusal(dao.query((() => undefined) as never))).message).toContain('undefined instead of a query')
        expect(await dao.list()).toMatchObject({ rows: [] })
      })
    })

    test('a statement that gives no rows says how many it changed, and stamps what it writes', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const theirs = await other.session((session) => session.use(ProductDao).create({ name: 'theirs' }))
      const made = await device.session((session) => session.use(ProductDao).create({ name: 'x', kcal100g: 1 }))
      await new Promise((resolve) => setTimeout(resolve, 5))
      await device.session(async (session) => {
        const dao = session.use(ShelfDao)
        expect(await dao.raise(10)).toEqual({ changed: 1 })
        const raised = await dao.get(made.id)
        expect(raised?.kcal100g).toBe(11)
        expect(raised?.updatedAt.getTime()).toBeGreaterThan(made.updatedAt.getTime())
        expect(await dao.add('by hand')).toEqual({ changed: 1 })
        expect(await dao.find({ name: 'by hand' })).toMatchObject({ deviceId: device.id, kcal100g: 0, deletedAt: null })
      })
      expect(await other.session((session) => session.use(ProductDao).get(theirs.id))).toEqual(theirs)
    })

    test('a write without a condition must be meant', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        await session.use(ProductDao).create({ name: 'x', note: 'x' })
        expect((await refusal(session.use(ShelfDao).wipe(false))).code).toBe('SCOPE_UNBOUNDED')
        expect(await session.use(ShelfDao).wipe(true)).toEqual({ changed: 1 })
      })
    })

    test('D4: a reference written by hand must be visible too', async () => {
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const theirs = await other.session((session) => session.use(ProductDao).create({ name: 'x' }))
      const stolen = device.session((session) =>
        session.use(ShelfDao).query((db) => db.insertInto('portions').values({ productId: theirs.id, name: 'x' })),
      )
      expect(await refusalOf(stolen)).toMatchObject({ code: 'REFERENCE_MISSING', fields: ['productId'] })
    })
  })

  describe('a DAO', () => {
    test('is one instance per session, and may be made by hand', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        expect(session.use(ShelfDao)).toBe(session.use(ShelfDao))
        expect(await new ShelfDao(session).count()).toBe(0)
        expect(ShelfDao.model).toBe(models.Product)
      })
    })

    test('of another graph than the database’s is refused', async () => {
      const foreign = graph({ Thing: model('things', { id: uuid().primaryKey() }) })
      const device = await bench.newDevice()
      const used = device.session(async (session) => session.use(Dao(foreign.Thing)))
      expect((await refusal(used)).code).toBe('DAO_FOREIGN_MODEL')
    })

    test('in a savepoint undoes its writes alone', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        await session.use(ProductDao).create({ name: 'kept' })
        const inner = session.nested(async (nested) => {
          await nested.use(ProductDao).create({ name: 'undone' })
          await nested.use(ProductDao).create({ name: 'kept' })
        })
        expect((await refusal(inner)).code).toBe('UNIQUE')
        expect((await session.use(ProductDao).list({ fields: ['name'] })).rows).toEqual([{ name: 'kept' }])
      })
    })
  })
}
