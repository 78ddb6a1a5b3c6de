import { Pool } from 'pg'
import type { PoolClient } from 'pg'
import { createUuidV7 } from '../../packages/terrace/src/database/uuid-v7.ts'
import type { Portion, Product } from './product.ts'
import { patchColumns, storeSql, type PatchName, type Store } from './store.ts'
import { poolSize } from './subject.ts'

interface ProductRow {
  readonly id: string
  readonly name: string
  readonly kcal_100g: number
  readonly note: string | null
  readonly created_at: Date
  readonly updated_at: Date
}

interface PortionRow extends Pick<ProductRow, 'id' | 'name' | 'created_at' | 'updated_at'> {
  readonly product_id: string
  readonly grams: number
}

type Query = Pick<PoolClient, 'query'>

/** Named statements over the pool of `pg`. */
export function postgresStore(connectionString: string): Store {
  const pool = new Pool({ connectionString, max: poolSize, idleTimeoutMillis: 0 })
  const sql = storeSql((at) => `$${at}`)
  const portions = sql.portions('product_id = any($2)')
  const named = statementNames()
  const newId = createUuidV7(Date.now)
  const rowsOf = async <R>(on: Query, text: string, values: unknown[]): Promise<R[]> =>
    (await on.query({ name: named(text), text, values })).rows as R[]
  const transaction = async <R>(text: string, values: unknown[]): Promise<R[]> => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const rows = await rowsOf<R>(client, text, values)
      await client.query('commit')
      client.release()
      return rows
    } catch (error) {
      client.release(true)
      throw error
    }
  }
  return {
    deviceOf: async (tokenHash) => (await rowsOf<{ id: string }>(pool, sql.device, [tokenHash]))[0]?.id ?? null,
    product: async (deviceId, id) => productOf((await rowsOf<ProductRow>(pool, sql.product, [id, deviceId]))[0]),
    products: async (deviceId, { limit, offset }) =>
      (await rowsOf<ProductRow>(pool, sql.products, [deviceId, limit, offset])).map(toProduct),
    count: async (deviceId) => Number((await rowsOf<{ count: string }>(pool, sql.count, [deviceId]))[0]?.count),
    portionsOf: async (deviceId, ids) => (await rowsOf<PortionRow>(pool, portions, [deviceId, ids])).map(toPortion),
    async insert(deviceId, { name, kcal100g, note = null }) {
      const [id, now] = [newId(), new Date().toISOString()]
      await transaction(sql.insert, [id, deviceId, name, kcal100g, note, now, now])
      return { id, name, kcal100g, note, createdAt: now, updatedAt: now }
    },
    async update(deviceId, id, patch) {
      const names = Object.keys(patch) as PatchName[]
      const text = sql.update(names.map((name) => patchColumns[name]))
      const values = [...names.map((name) => patch[name]), new Date().toISOString(), id, deviceId]
      return productOf((await transaction<ProductRow>(text, values))[0])
    },
    close: () => pool.end(),
  }
}

function statementNames(): (text: string) => string {
  const names = new Map<string, string>()
  return (text) => {
    const name = names.get(text) ?? `s${names.size}`
    names.set(text, name)
    return name
  }
}

function productOf(row: ProductRow | undefined): Product | null {
  return row === undefined ? null : toProduct(row)
}

function toProduct({ id, name, kcal_100g, note, created_at, updated_at }: ProductRow): Product {
  const times = { createdAt: created_at.toISOString(), updatedAt: updated_at.toISOString() }
  return { id, name, kcal100g: kcal_100g, note, ...times }
}

function toPortion({ id, product_id, name, grams, created_at, updated_at }: PortionRow): Portion {
  const times = { createdAt: created_at.toISOString(), updatedAt: updated_at.toISOString() }
  return { id, productId: product_id, name, grams, ...times }
}
