import { portionColumns, productColumns } from './subject.ts'

/** What the DAO sends for each operation, written by hand; `$1` or `?` by engine. */
export function bareSql(placeholder: (at: number) => string) {
  const columns = productColumns.join(', ')
  const [p1, p2, p3, p4] = [1, 2, 3, 4].map(placeholder)
  const list = (count: number, from = 0): string =>
    Array.from({ length: count }, (_, at) => placeholder(from + at + 1)).join(', ')
  const made = new Map<string, string>()
  const insert = (table: string, names: readonly string[], rows: number): string => {
    const known = made.get(`${table} ${rows}`)
    if (known !== undefined) return known
    const tuples = Array.from({ length: rows }, (_, row) => `(${list(names.length, row * names.length)})`)
    const sql = `insert into ${table} (${names.join(', ')}) values ${tuples.join(', ')}`
    made.set(`${table} ${rows}`, sql)
    return sql
  }
  return {
    get: `select ${columns} from products where id = ${p1} and device_id = ${p2} and deleted_at is null`,
    list: `select ${columns} from products where device_id = ${p1} and deleted_at is null order by name, id limit ${p2}`,
    portions: `select ${portionColumns.join(', ')} from portions where product_id in (${list(20)}) and exists (
      select 1 from products where products.id = portions.product_id and device_id = ${placeholder(21)} and deleted_at is null
    ) order by id`,
    update: `update products set kcal_100g = ${p1}, updated_at = ${p2} where id = ${p3} and device_id = ${p4}
      and deleted_at is null returning ${columns}`,
    richest: `select ${columns} from products where device_id = ${p1} and deleted_at is null order by kcal_100g desc limit 20`,
    insertProducts: (rows: number) => insert('products', productColumns, rows),
    insertPortions: (rows: number) => insert('portions', portionColumns, rows),
  }
}

/** The rows of one list by what they belong to, as the DAO gives them. */
export function withPortions<P extends { id: unknown }, C extends { product_id: unknown }>(
  products: readonly P[],
  portions: readonly C[],
) {
  const groups = Map.groupBy(portions, ({ product_id }) => product_id)
  return products.map((product) => ({ ...product, portions: groups.get(product.id) ?? [] }))
}

export function chunksOf<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size))
}
