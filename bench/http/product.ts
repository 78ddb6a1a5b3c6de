/** A product as it is answered. */
export interface Product {
  readonly id: string
  readonly name: string
  readonly kcal100g: number
  readonly note: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

export interface Portion {
  readonly id: string
  readonly productId: string
  readonly name: string
  readonly grams: number
  readonly createdAt: string
  readonly updatedAt: string
}

/** A product as it is sent. */
export interface NewProduct {
  readonly name: string
  readonly kcal100g: number
  readonly note?: string | null
}

export interface Page {
  readonly limit: number
  readonly offset: number
}

/** The products of a list with the portions of each. */
export function withPortions(products: readonly Product[], portions: readonly Portion[]) {
  const groups = Map.groupBy(portions, ({ productId }) => productId)
  return products.map((product) => ({ ...product, portions: groups.get(product.id) ?? [] }))
}
