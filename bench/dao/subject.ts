/** The same operations on the same tables, over the rows of one device. */
export interface Operations {
  get(at: number): Promise<unknown>
  list(): Promise<unknown>
  include(): Promise<unknown>
  insert(product: NewProduct): Promise<unknown>
  update(at: number, kcal100g: number): Promise<unknown>
  insertMany(products: readonly NewProduct[]): Promise<unknown>
  /** Each portion refers to the product at its own place, again from the first one when there are no more. */
  insertPortions(portions: readonly NewPortion[]): Promise<unknown>
  /** A query put together by hand at each call. */
  richest(): Promise<unknown>
}

export interface Subject {
  readonly name: string
  /** Opens a transaction, does the work, rolls back. */
  inTransaction(work: (operations: Operations) => Promise<void>): Promise<void>
  close(): Promise<void>
}

export interface NewProduct {
  readonly name: string
  readonly kcal100g: number
}

export interface NewPortion {
  readonly name: string
  readonly grams: number
}

export const productCount = 1_000
export const portionsEach = 2

export function newProduct(at: number): NewProduct {
  return { name: `product ${String(at).padStart(6, '0')}`, kcal100g: at % 1000 }
}

export function newPortion(at: number): NewPortion {
  return { name: `portion ${at}`, grams: 1 + (at % 500) }
}

/** A product as a table holds it; times are given by the engine's own kind of value. */
export const productColumns = [
  'id',
  'device_id',
  'name',
  'kcal_100g',
  'is_public',
  'note',
  'created_at',
  'updated_at',
  'deleted_at',
  'deletion_id',
] as const

export const portionColumns = ['id', 'product_id', 'name', 'grams'] as const

/** Rows of one INSERT: the DAO's own size, so that all send the same statements. */
export const rowsPerInsert = 256
