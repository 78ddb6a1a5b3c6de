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
  const product = ({ name, kcal100g }: NewProduct): readonly unknown[] => {
    const now = driver.instant()
    return [driver.newId(), deviceId, name, kcal100g, driver.no, null, now, now, null, null]
  }
  const list = (): Promise<BareRow[]> | BareRow[] => driver.all(sql.list, [deviceId, 20])
  return {
    get: async (at) => (await driver.all(sql.get, [id(at), deviceId]))[0],
    list: async () => list(),
    async include() {
      const products = await list()
      const portions = await driver.all(sql.portions, [...products.map((row) => row.id), deviceId])
      return withPortions(products, portions)
    },
    insert: async (values) => driver.run(sql.insertProducts(1), product(values)),
    update: async (at, kcal) => (await driver.all(sql.update, [kcal, driver.instant(), id(at), deviceId]))[0],
    async insertMany(products) {
      for (const chunk of chunksOf(products, rowsPerInsert)) {
        await driver.run(sql.insertProducts(chunk.length), chunk.flatMap(product))
      }
    },
    async insertPortions(portions) {
      const values = portions.map(({ name, grams }: NewPortion, at) => [driver.newId(), id(at), name, grams])
      for (const chunk of chunksOf(values, rowsPerInsert))
        await driver.run(sql.insertPortions(chunk.length), chunk.flat())
    },
    richest: async () => driver.all(sql.richest, [deviceId]),
  }
}
