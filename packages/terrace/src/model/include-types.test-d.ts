import { expectTypeOf } from 'vitest'
import { actor, graph, model, owner, ownedThrough, reference, text, uuid } from './index.ts'
import type { Include, Model, Row, ValidInclude, WithIncluded } from './index.ts'

const Device = model('devices', { id: text().length(1, 100).primaryKey() }, { access: actor() })
const Product = model('products', {
  id: uuid().primaryKey(),
  deviceId: owner(Device, { as: 'holder', inverse: 'products' }),
})
const Portion = model(
  'portions',
  { id: uuid().primaryKey(), productId: reference(Product, { inverse: 'portions' }), name: text().length(1, 50) },
  { access: ownedThrough('productId') },
)
const Profile = model('profiles', { deviceId: owner(Device, { inverse: 'profile' }).primaryKey() })
const Badge = model('badges', { id: uuid().primaryKey(), deviceId: owner(Device, { inverse: 'badge' }).unique() })
const Seat = model('seats', {
  deviceId: owner(Device, { inverse: 'seats' }).primaryKey(),
  no: text().length(1, 9).primaryKey(),
})
const Node = model('nodes', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  parentId: reference('nodes', { key: uuid(), inverse: 'children' }).nullable(),
})
const models = graph({ Device, Product, Portion, Profile, Badge, Seat, Node })

/** As a DAO takes an include. */
declare function get<M extends Model, const I extends Include>(
  model: M,
  include: I & ValidInclude<M, I>,
): WithIncluded<M, I>

const product = get(models.Product, { portions: models.Portion, holder: models.Device })
expectTypeOf(product.portions).toEqualTypeOf<readonly Row<typeof models.Portion>[]>()
// A visible row keeps its key when its target is hidden: a to-one may be null though the key may not.
expectTypeOf(product.holder).toEqualTypeOf<Row<typeof models.Device> | null>()

const deep = get(models.Portion, { product: { of: models.Product, include: { portions: models.Portion } } })
expectTypeOf(deep.product).toEqualTypeOf<
  (Row<typeof models.Product> & { readonly portions: readonly Row<typeof models.Portion>[] }) | null
>()

const device = get(models.Device, { profile: models.Profile, badge: models.Badge, seats: models.Seat })
expectTypeOf(device.profile).toEqualTypeOf<Row<typeof models.Profile> | null>()
expectTypeOf(device.badge).toEqualTypeOf<Row<typeof models.Badge> | null>()
expectTypeOf(device.seats).toEqualTypeOf<readonly Row<typeof models.Seat>[]>()

const node = get(models.Node, { parent: models.Node, children: models.Node })
expectTypeOf(node.parent).toEqualTypeOf<Row<typeof models.Node> | null>()
expectTypeOf(node.children).toEqualTypeOf<readonly Row<typeof models.Node>[]>()

// @ts-expect-error no reference and no inverse has this name
get(models.Product, { portion: models.Portion })
// @ts-expect-error the name is right, the model is another
get(models.Product, { portions: models.Badge })
// @ts-expect-error `as` took the place of the column's own name
get(models.Product, { device: models.Device })
// @ts-expect-error a column is no include
get(models.Portion, { name: models.Product })
