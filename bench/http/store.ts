import type { NewProduct, Page, Portion, Product } from './product.ts'

/** An embedded engine answers at once, a server later. */
export type Eventually<T> = T | Promise<T>

/**
 * The statements of the two subjects written by hand, prepared, with the owner's and the trash's condition in each and a
 * transaction around each write, as Terrace sends them.
 */
export interface Store {
  /** The id of the device that has a token with this hash. */
  deviceOf(tokenHash: string): Eventually<string | null>
  product(deviceId: string, id: string): Eventually<Product | null>
  /** By name. */
  products(deviceId: string, page: Page): Eventually<readonly Product[]>
  count(deviceId: string): Eventually<number>
  portionsOf(deviceId: string, productIds: readonly string[]): Eventually<readonly Portion[]>
  insert(deviceId: string, values: NewProduct): Eventually<Product>
  update(deviceId: string, id: string, patch: Partial<NewProduct>): Eventually<Product | null>
  close(): Eventually<unknown>
}

const productColumns = 'id, name, kcal_100g, note, created_at, updated_at'
const alive = 'deleted_at is null'

/** The SQL that both engines understand; `$1` or `?` by engine. */
export function storeSql(placeholder: (at: number) => string) {
  const [p1, p2, p3] = [1, 2, 3].map(placeholder)
  return {
    device: `select id, token_hash from devices where token_hash = ${p1} and ${alive}`,
    product: `select ${productColumns} from products where id = ${p1} and device_id = ${p2} and ${alive}`,
    products: `select ${productColumns} from products where device_id = ${p1} and ${alive} order by name, id limit ${p2} offset ${p3}`,
    count: `select count(*) as count from products where device_id = ${p1} and ${alive}`,
    portions: (ids: string) =>
      `select id, product_id, name, grams, created_at, updated_at from portions where ${ids} and exists (
        select 1 from products where products.id = portions.product_id and device_id = ${p1} and ${alive}
      ) order by id`,
    insert: `insert into products (id, device_id, name, kcal_100g, note, created_at, updated_at)
      values (${Array.from({ length: 7 }, (_, at) => placeholder(at + 1)).join(', ')})`,
    update: (set: readonly string[]) =>
      `update products set ${[...set, 'updated_at'].map((name, at) => `${name} = ${placeholder(at + 1)}`).join(', ')}
      where id = ${placeholder(set.length + 2)} and device_id = ${placeholder(set.length + 3)} and ${alive}
      returning ${productColumns}`,
  }
}

/** What a patch may set: the column of each property. */
export const patchColumns = { name: 'name', kcal100g: 'kcal_100g', note: 'note' } as const satisfies Record<
  keyof NewProduct,
  string
>

export type PatchName = keyof typeof patchColumns
