import { actingAs, type Database, type Session } from 'terrace/database'
import { Dao } from 'terrace/dao'
import { models } from './models.ts'
import type { Operations, Subject } from './subject.ts'

class ProductDao extends Dao(models.Product) {
  richest() {
    return this.select((query) => query.orderBy('kcal100g', 'desc').limit(20))
  }
}
class PortionDao extends Dao(models.Portion) {}

/** The rows of `deviceId` through Terrace: scope, soft deletion, validation and codecs included. */
export function daoSubject(db: Database, deviceId: string, productIds: readonly string[]): Subject {
  const rollback = new Error('The work is done: roll back')
  return {
    name: 'DAO',
    close: () => db.close(),
    async inTransaction(work) {
      try {
        await db.session(actingAs(models.Device, deviceId), async (session) => {
          // The first write opens the transaction; the others find it open, as they find it with the bare driver.
          await session.use(ProductDao).update(productIds[0] as string, { kcal100g: 1 })
          await work(operationsOf(session, productIds))
          throw rollback
        })
      } catch (error) {
        if (error !== rollback) throw error
      }
    },
  }
}

const include = { portions: models.Portion }

function operationsOf(session: Session, productIds: readonly string[]): Operations {
  const products = session.use(ProductDao)
  const portions = session.use(PortionDao)
  const id = (at: number): string => productIds[at % productIds.length] as string
  return {
    get: (at) => products.get(id(at)),
    list: () => products.list({ sort: ['name'], page: { limit: 20 } }),
    include: () => products.list({ sort: ['name'], page: { limit: 20 }, include }),
    insert: (product) => products.create(product),
    update: (at, kcal100g) => products.update(id(at), { kcal100g }),
    insertMany: (rows) => products.createMany(rows),
    insertPortions: (rows) => portions.createMany(rows.map((row, at) => ({ ...row, productId: id(at) }))),
    richest: () => products.richest(),
  }
}
