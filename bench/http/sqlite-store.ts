import Sqlite from 'better-sqlite3'
// The DAO's own: ids of another form, or in another order, would be cheaper or dearer to insert.
import { createUuidV7 } from '../../packages/terrace/src/database/uuid-v7.ts'
import type { Portion, Product } from './product.ts'
import { patchColumns, storeSql, type PatchName, type Store } from './store.ts'

interface ProductRow {
  readonly id: string
  readonly name: string
  readonly kcal_100g: number
  readonly note: string | null
  readonly created_at: number
  readonly updated_at: number
}

interface PortionRow extends Pick<ProductRow, 'id' | 'name' | 'created_at' | 'updated_at'> {
  readonly product_id: string
  readonly grams: number
}

/** One connection with the settings that Terrace gives its own. */
export function sqliteStore(path: string): Store {
  const db = new Sqlite(path)
  for (const setting of ['journal_mode = wal', 'synchronous = normal', 'foreign_keys = on']) db.pragma(setting)
  const sql = storeSql(() => '?')
  const prepared = keptStatements(db)
  const newId = createUuidV7(Date.now)
  const transaction = db.transaction((text: string, values: readonly unknown[]) => {
    const statement = prepared(text)
    return statement.reader ? statement.get(...values) : statement.run(...values)
  })
  return {
    deviceOf: (tokenHash) => (prepared(sql.device).get(tokenHash) as { id: string } | undefined)?.id ?? null,
    product: (deviceId, id) => productOf(prepared(sql.product).get(id, deviceId)),
    products: (deviceId, { limit, offset }) =>
      (prepared(sql.products).all(deviceId, limit, offset) as ProductRow[]).map(toProduct),
    count: (deviceId) => (prepared(sql.count).get(deviceId) as { count: number }).count,
    portionsOf(deviceId, ids) {
      // The owner's place comes after the ids here: places have no numbers.
      const text = sql.portions(`product_id in (${ids.map(() => '?').join(', ')})`)
      return (prepared(text).all(...ids, deviceId) as PortionRow[]).map(toPortion)
    },
    insert(deviceId, { name, kcal100g, note = null }) {
      const [id, now] = [newId(), Date.now()]
      transaction.immediate(sql.insert, [id, deviceId, name, kcal100g, note, now, now])
      const at = new Date(now).toISOString()
      return { id, name, kcal100g, note, createdAt: at, updatedAt: at }
    },
    update(deviceId, id, patch) {
      const names = Object.keys(patch) as PatchName[]
      const text = sql.update(names.map((name) => patchColumns[name]))
      const values = [...names.map((name) => patch[name]), Date.now(), id, deviceId]
      return productOf(transaction.immediate(text, values))
    },
    close: () => db.close(),
  }
}

function keptStatements(db: Sqlite.Database): (sql: string) => Sqlite.Statement {
  const kept = new Map<string, Sqlite.Statement>()
  return (sql) => {
    const known = kept.get(sql)
    if (known !== undefined) return known
    const made = db.prepare(sql)
    kept.set(sql, made)
    return made
  }
}

function productOf(row: unknown): Product | null {
  return row === undefined ? null : toProduct(row as ProductRow)
}

function toProduct({ id, name, kcal_100g, note, created_at, updated_at }: ProductRow): Product {
  return { id, name, kcal100g: kcal_100g, note, createdAt: instant(created_at), updatedAt: instant(updated_at) }
}

function toPortion({ id, product_id, name, grams, created_at, updated_at }: PortionRow): Portion {
  return { id, productId: product_id, name, grams, createdAt: instant(created_at), updatedAt: instant(updated_at) }
}

function instant(ms: number): string {
  return new Date(ms).toISOString()
}
