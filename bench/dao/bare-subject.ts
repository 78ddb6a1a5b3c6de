import { bareSql, chunksOf, withPortions } from './bare-sql.ts'
import { rowsPerInsert, type NewPortion, type NewProduct, type Operations } from './subject.ts'

export type BareRow = Record<string, unknown> & { readonly id: unknown; readonly product_id: unknown }

/** A driver without anything around it: SQL prepared by its own means, plain objects back. */
export interface BareDriver {
  readonly placeholder: (at: number) => string
  /** A statement kept prepared; `rows` in what the driver gives. */
  all(sql: string, parameters: readonly unknown[]): Promise<BareRow[]> | BareRow[]
  run(sql: string, parameters: readonly unknown[]): Promise<unknown> | unknown
  /** How the engine is given an instant, and a boolean. */
  readonly instant: () => unknown
  readonly no: unknown
  readonly newId: () => string
}

export interface BareData {
  readonly deviceId: string
  readonly productIds: readonly string[]
}

export function bareOperations(driver: BareDriver, { deviceId, productIds }: BareData): Operations {
  const sql = bareSql(driver.placeholder)
  const id = (at: number): string => productIds[at % productIds.length] as string
  const product = ({ name, kcal100g }: NewProduct) => {
    const now = driver.instant()
    return {
      id: driver.newId(),
      device_id: deviceId,
      name,
      kcal_100g: kcal100g,
      is_public: driver.no,
      note: null,
      created_at: now,
      updated_at: now,
      deleted_at: null,
      deletion_id: null,
    }
  }
  const portion = ({ name, grams }: NewPortion, at: number) => ({ id: driver.newId(), product_id: id(at), name, grams })
  const list = (): Promise<BareRow[]> | BareRow[] => driver.all(sql.list, [deviceId, 20])
  return {
    get: async (at) => (await driver.all(sql.get, [id(at), deviceId]))[0],
    list: async () => list(),
    async include() {
      const products = await list()
      const portions = await driver.all(sql.portions, [...products.map((row) => row.id), deviceId])
      return withPortions(products, portions)
    },
    async insert(values) {
      const row = product(values)
      await driver.run(sql.insertProducts(1), Object.values(row))
      return row
    },
    update: async (at, kcal) => (await driver.all(sql.update, [kcal, driver.instant(), id(at), deviceId]))[0],
    async insertMany(products) {
      const rows = products.map(product)
      for (const chunk of chunksOf(rows, rowsPerInsert))
        await driver.run(sql.insertProducts(chunk.length), chunk.flatMap(Object.values))
      return rows
    },
    async insertPortions(portions) {
      const rows = portions.map(portion)
      for (const chunk of chunksOf(rows, rowsPerInsert))
        await driver.run(sql.insertPortions(chunk.length), chunk.flatMap(Object.values))
      return rows
    },
    richest: async () => driver.all(sql.richest, [deviceId]),
  }
}
