/** Rows by table, each by property. */
export type Rows = Readonly<Record<string, readonly Row[]>>
export type Row = Readonly<Record<string, unknown>>

/** A readable key: `key(1, 2)` is the second row of the first table. */
export const key = (table: number, row: number): string =>
  `01900000-000${table.toString(16)}-7000-8000-${String(row).padStart(12, '0')}`

export const ann = 'ann’s phone'
export const ben = 'ben’s phone'
export const annUser = key(1, 1)
export const benUser = key(1, 2)

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 2, 3, minute, 5, 678))
const alive = { deletedAt: null, deletionId: null }
const deleted = { deletedAt: at(59), deletionId: key(15, 1) }
const stamped = (minute: number) => ({ createdAt: at(minute), updatedAt: at(minute + 1) })

export const food = (row: number): string => key(2, row)
export const category = (row: number): string => key(3, row)
export const product = (row: number): string => key(4, row)
export const portion = (row: number): string => key(5, row)
export const serving = (row: number): string => key(6, row)
export const post = (row: number): string => key(7, row)
export const comment = (row: number): string => key(8, row)

type Values = Readonly<Record<string, unknown>>

function productRow(row: number, deviceId: string, values: Values): Row {
  return {
    id: product(row),
    deviceId,
    foodId: null,
    categoryId: null,
    kcal100g: row * 10,
    price: null,
    ratio: null,
    isOpen: row % 2 === 0,
    note: null,
    ...stamped(row),
    ...alive,
    ...values,
  }
}

/** Ann's rows, Ben's, and deleted twins of both: where one of them is left out of a condition, figures and rows change. */
export const shopRows: Rows = {
  devices: [
    { id: ann, label: 'A', ...stamped(0), ...alive },
    { id: ben, label: 'B', ...stamped(0), ...alive },
    { id: 'lost', label: 'L', ...stamped(0), ...deleted },
  ],
  users: [
    { id: annUser, handle: 'ann' },
    { id: benUser, handle: 'ben' },
  ],
  foods: [
    { id: food(1), name: 'Apple', kcal100g: 52, weight: 9_007_199_254_740_993n, ...alive },
    { id: food(2), name: 'ÄPFELMUS', kcal100g: 68, weight: null, ...alive },
    { id: food(4), name: 'Unused', kcal100g: 5, weight: 4n, ...alive },
    { id: food(3), name: 'Gone', kcal100g: 1, weight: 3n, ...deleted },
  ],
  tags: [
    { id: key(9, 1), name: 'raw' },
    { id: key(9, 2), name: 'sweet' },
  ],
  notes: [{ id: key(10, 1), body: 'hello' }],
  categories: [
    { id: category(1), deviceId: ann, parentId: null, title: 'Fruit', ...alive },
    { id: category(2), deviceId: ann, parentId: category(1), title: 'Red fruit', ...alive },
    { id: category(3), deviceId: ann, parentId: category(1), title: 'Old fruit', ...deleted },
    { id: category(4), deviceId: ben, parentId: null, title: 'Fruit', ...alive },
    { id: category(5), deviceId: ben, parentId: category(4), title: 'Red fruit', ...alive },
    { id: category(6), deviceId: ann, parentId: category(3), title: 'Below old', ...alive },
  ],
  products: [
    productRow(1, ann, {
      name: 'Apple',
      foodId: food(1),
      categoryId: category(2),
      price: '1.50',
      ratio: 0.5,
      note: 'crisp',
    }),
    productRow(2, ann, { name: 'Banana', categoryId: category(1), price: '12.25', ratio: 1.25 }),
    productRow(3, ann, { name: 'apple pie', foodId: food(2), price: '3.00' }),
    productRow(4, ann, { name: 'Trashed', foodId: food(1), price: '99.00', ...deleted }),
    productRow(5, ann, { name: 'Odd', foodId: food(3), categoryId: category(3), note: 'hidden references' }),
    productRow(6, ben, { name: 'Apple', foodId: food(1), categoryId: category(5), price: '7.75', ratio: 9 }),
    productRow(7, ben, { name: 'Zebra cake', foodId: food(4), price: '0.01', note: 'of Ben' }),
    productRow(8, ben, { name: 'Ben’s trash', ...deleted }),
  ],
  portions: [
    { id: portion(1), productId: product(1), size: 'small', grams: 100 },
    { id: portion(2), productId: product(1), size: 'large', grams: 250 },
    { id: portion(3), productId: product(2), size: 'small', grams: 80 },
    { id: portion(4), productId: product(4), size: 'large', grams: 999 },
    { id: portion(5), productId: product(6), size: 'small', grams: 101 },
    { id: portion(6), productId: product(7), size: 'large', grams: 888 },
  ],
  servings: [
    { id: serving(1), portionId: portion(1), eatenAt: at(1), ...alive },
    { id: serving(2), portionId: portion(1), eatenAt: at(2), ...deleted },
    { id: serving(3), portionId: portion(3), eatenAt: at(3), ...alive },
    { id: serving(4), portionId: portion(4), eatenAt: at(4), ...alive },
    { id: serving(5), portionId: portion(5), eatenAt: at(5), ...alive },
  ],
  posts: [
    {
      id: post(1),
      userId: annUser,
      title: 'Hello',
      tags: ['a', 'b'],
      publishedAt: '2026-01-02T03:04:05.678901Z',
      ...alive,
    },
    {
      id: post(2),
      userId: benUser,
      title: 'From Ben',
      tags: null,
      publishedAt: '2026-01-02T03:04:05.678902Z',
      ...alive,
    },
    { id: post(3), userId: annUser, title: 'Deleted', tags: null, publishedAt: null, ...deleted },
    { id: post(4), userId: benUser, title: 'Deleted by Ben', tags: null, publishedAt: null, ...deleted },
  ],
  comments: [
    { id: comment(1), postId: post(1), body: 'on Ann’s' },
    { id: comment(2), postId: post(2), body: 'on Ben’s' },
    { id: comment(3), postId: post(3), body: 'on a deleted post' },
  ],
}

/**
 * The rows that Ann may see, found without any of the code under test: what a database would hold that never had another owner
 * or a deleted row. Nothing else of it is changed, so that references to what is gone stay.
 */
export function erasedForAnn(all: Rows = shopRows): Rows {
  return erasedFor(all, { devices: (id) => id === ann, users: (id) => id === annUser, deviceOf: (id) => id === ann })
}

/** The rows of every owner, without deleted ones and what hangs below them. */
export function withoutDeleted(): Rows {
  const all = (): boolean => true
  return erasedFor(shopRows, { devices: all, users: all, deviceOf: all })
}

type Keep = (id: unknown) => boolean

function erasedFor(
  all: Rows,
  { devices, users, deviceOf }: Readonly<Record<'devices' | 'users' | 'deviceOf', Keep>>,
): Rows {
  const isAlive = (row: Row): boolean => (row['deletedAt'] ?? null) === null
  const of = (table: string, keep: (row: Row) => boolean): readonly Row[] =>
    (all[table] ?? []).filter((row) => isAlive(row) && keep(row))
  const keysOf = (list: readonly Row[]): ReadonlySet<unknown> => new Set(list.map(({ id }) => id))
  const products = of('products', ({ deviceId }) => deviceOf(deviceId))
  const productKeys = keysOf(products)
  const portions = of('portions', ({ productId }) => productKeys.has(productId))
  const portionKeys = keysOf(portions)
  const posts = of('posts', () => true)
  const postKeys = keysOf(posts)
  return {
    devices: of('devices', ({ id }) => devices(id)),
    users: of('users', ({ id }) => users(id)),
    foods: of('foods', () => true),
    tags: of('tags', () => true),
    notes: of('notes', () => true),
    categories: of('categories', ({ deviceId }) => deviceOf(deviceId)),
    products,
    portions,
    servings: of('servings', ({ portionId }) => portionKeys.has(portionId)),
    posts,
    comments: of('comments', ({ postId }) => postKeys.has(postId)),
  }
}
