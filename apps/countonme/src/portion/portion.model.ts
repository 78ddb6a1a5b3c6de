import { boolean, integer, model, ownedThrough, reference, softDelete, text, timestamps, uuid } from 'terrace/model'
import { Product } from '../product/product.model.ts'

/** What a product is eaten in: a slice, a cup. It belongs to whoever owns the product; exactly one per product is the default. */
export const Portion = model(
  'portions',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' }).immutable(),
    name: text().length(1, 100).describe('Portion name').example('1 slice'),
    grams: integer().range(1, 10_000).describe('Weight of one portion, g').example(45),
    isDefault: boolean().default(false).describe('Offered first; setting it takes it from the former default'),
    ...timestamps(),
    ...softDelete(),
  },
  { access: ownedThrough('productId'), uniques: [{ columns: ['productId'], where: { isDefault: true } }] },
)
