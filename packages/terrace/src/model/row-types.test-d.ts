import { expectTypeOf } from 'vitest'
import {
  actor,
  boolean,
  graph,
  integer,
  model,
  oneOf,
  owner,
  ownedThrough,
  reference,
  softDelete,
  text,
  timestamps,
  uuid,
} from './index.ts'
import type { Insert, KeyOf, Row, Update, WithIncluded } from './index.ts'

const Device = model(
  'devices',
  { id: text().length(1, 100).primaryKey(), ...timestamps(), ...softDelete() },
  { access: actor() },
)
const Product = model(
  'products',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    name: text().length(1, 100),
    kcal100g: integer().range(0, 1000).column('kcal_100g'),
    note: text().nullable(),
    ...timestamps(),
    ...softDelete(),
  },
  { indexes: [['deviceId', '-name']] },
)
const Portion = model(
  'portions',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' }),
    kind: oneOf('small', 'large'),
    isDefault: boolean().default(false),
  },
  { access: ownedThrough('productId') },
)
const models = graph({ Device, Product, Portion })

type ProductRow = Row<typeof models.Product>
expectTypeOf<ProductRow['note']>().toEqualTypeOf<string | null>()
expectTypeOf<ProductRow['createdAt']>().toEqualTypeOf<Date>()
expectTypeOf<ProductRow['deletedAt']>().toEqualTypeOf<Date | null>()
expectTypeOf<Row<typeof models.Portion>>().toEqualTypeOf<{
  readonly id: string
  readonly productId: string
  readonly kind: 'small' | 'large'
  readonly isDefault: boolean
}>()
expectTypeOf<Insert<typeof models.Product>>().toEqualTypeOf<{
  readonly name: string
  readonly kcal100g: number
  readonly note?: string | null
  readonly id?: string
  readonly deviceId?: string
}>()
expectTypeOf<Insert<typeof models.Portion>>().toEqualTypeOf<{
  readonly productId: string
  readonly kind: 'small' | 'large'
  readonly isDefault?: boolean
  readonly id?: string
}>()
expectTypeOf<Update<typeof models.Product>>().toEqualTypeOf<{
  readonly name?: string
  readonly kcal100g?: number
  readonly note?: string | null
}>()
expectTypeOf<KeyOf<typeof models.Product>>().toEqualTypeOf<string>()

type WithPortions = WithIncluded<typeof models.Product, { portions: typeof models.Portion }>
expectTypeOf<WithPortions['portions']>().toEqualTypeOf<readonly Row<typeof models.Portion>[]>()
type WithProduct = WithIncluded<typeof models.Portion, { product: typeof models.Product }>
expectTypeOf<WithProduct['product']>().toEqualTypeOf<ProductRow | null>()
