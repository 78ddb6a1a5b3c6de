import { graph, identity, integer, model, reference, shared, text, type BoundModel } from '../../../src/model/index.ts'

const access = { access: shared({ write: 'everyone' }) }

/** The shop after each of its revisions. */
export const shopModels = {
  first: () => {
    const Product = model(
      'products',
      {
        id: identity(),
        name: text().length(1, 40),
        label: text().length(0, 20).nullable(),
        stock: integer().default(0),
      },
      access,
    )
    const Portion = model('portions', { id: identity(), productId: reference(Product), grams: integer() }, access)
    return graph({ Product, Portion })
  },
  /** The label is a note, names are longer, and there is a barcode. */
  second: () => {
    const Product = model(
      'products',
      {
        id: identity(),
        name: text().length(1, 60),
        note: text().length(0, 20).nullable().renamedFrom('label'),
        stock: integer().default(0),
        barcode: text().length(1, 20).nullable(),
      },
      { ...access, indexes: [['barcode']] },
    )
    const Portion = model('portions', { id: identity(), productId: reference(Product), grams: integer() }, access)
    return graph({ Product, Portion })
  },
  /** Portions are servings, every product has a barcode, and a table comes. */
  third: () => shopAfterThird([['barcode']]),
  /** Products are looked up by their names. */
  fourth: () => shopAfterThird([['barcode'], ['name']]),
} satisfies Record<string, () => Readonly<Record<string, BoundModel>>>

export type ShopState = keyof typeof shopModels

function shopAfterThird(indexes: readonly (readonly ('barcode' | 'name')[])[]) {
  const Product = model(
    'products',
    {
      id: identity(),
      name: text().length(1, 60),
      note: text().length(0, 20).nullable().renamedFrom('label'),
      stock: integer().range(0, 100_000).default(0),
      barcode: text().length(1, 20),
    },
    { ...access, indexes },
  )
  const Serving = model(
    'servings',
    { id: identity(), productId: reference(Product), grams: integer() },
    { ...access, renamedFrom: 'portions' },
  )
  const Customer = model('customers', { id: identity(), email: text().length(3, 60) }, access)
  return graph({ Product, Serving, Customer })
}
