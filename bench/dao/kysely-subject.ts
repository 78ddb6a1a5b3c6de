import type { Kysely } from 'kysely'
import { chunksOf, withPortions } from './bare-sql.ts'
import type { BareData } from './bare-subject.ts'
import { portionColumns, productColumns, rowsPerInsert, type NewProduct, type Operations } from './subject.ts'

interface Product {
  readonly id: string
  readonly device_id: string
  readonly name: string
  readonly kcal_100g: number
  readonly is_public: unknown
  readonly note: string | null
  readonly created_at: unknown
  readonly updated_at: unknown
  readonly deleted_at: unknown
  readonly deletion_id: string | null
}

interface Portion {
  readonly id: string
  readonly product_id: string
  readonly name: string
  readonly grams: number
}

export interface KyselyTables {
  readonly products: Product
  readonly portions: Portion
}

/** How the engine is given an instant and a boolean through Kysely's own dialect. */
export interface KyselyValues {
  readonly instant: () => unknown
  readonly no: unknown
  readonly newId: () => string
}

/** Kysely as it is used without a framework: names of the database, values of the driver, the owner's condition by hand. */
export function kyselyOperations(
  db: Kysely<KyselyTables>,
  data: BareData,
  { instant, no, newId }: KyselyValues,
): Operations {
  const { deviceId, productIds } = data
  const id = (at: number): string => productIds[at % productIds.length] as string
  const alive = () =>
    db.selectFrom('products').select(productColumns).where('device_id', '=', deviceId).where('deleted_at', 'is', null)
  const list = () => alive().orderBy('name').orderBy('id').limit(20).execute()
  const product = ({ name, kcal100g }: NewProduct): Product => {
    const now = instant()
    const times = { created_at: now, updated_at: now, deleted_at: null, deletion_id: null }
    return {
      id: newId(),
      device_id: deviceId,
      name,
      kcal_100g: kcal100g,
      is_public: no,
      note: null,
      ...times,
    }
  }
  return {
    get: (at) => alive().where('id', '=', id(at)).executeTakeFirst(),
    list,
    async include() {
      const products = await list()
      const ids = products.map((row) => row.id)
      return withPortions(products, await portionsOf(db, ids, deviceId))
    },
    async insert(values) {
      const row = product(values)
      await db.insertInto('products').values(row).execute()
      return row
    },
    update: (at, kcal) =>
      db
        .updateTable('products')
        .set({ kcal_100g: kcal, updated_at: instant() })
        .where('id', '=', id(at))
        .where('device_id', '=', deviceId)
        .where('deleted_at', 'is', null)
        .returning(productColumns)
        .executeTakeFirst(),
    async insertMany(products) {
      const rows = products.map(product)
      for (const chunk of chunksOf(rows, rowsPerInsert)) await db.insertInto('products').values(chunk).execute()
      return rows
    },
    async insertPortions(portions) {
      const rows = portions.map(({ name, grams }, at) => ({ id: newId(), product_id: id(at), name, grams }))
      for (const chunk of chunksOf(rows, rowsPerInsert)) await db.insertInto('portions').values(chunk).execute()
      return rows
    },
    richest: () => alive().orderBy('kcal_100g', 'desc').limit(20).execute(),
  }
}

function portionsOf(db: Kysely<KyselyTables>, productIds: readonly string[], deviceId: string) {
  return db
    .selectFrom('portions')
    .select(portionColumns)
    .where('product_id', 'in', productIds)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('products')
          .select('products.id')
          .whereRef('products.id', '=', 'portions.product_id')
          .where('device_id', '=', deviceId)
          .where('deleted_at', 'is', null),
      ),
    )
    .orderBy('id')
    .execute()
}
