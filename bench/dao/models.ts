import {
  actor,
  boolean,
  graph,
  integer,
  model,
  owner,
  ownedThrough,
  reference,
  softDelete,
  text,
  timestamps,
  uuid,
} from 'terrace/model'

const Device = model('devices', { id: uuid().primaryKey() }, { access: actor() })

const Product = model(
  'products',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    name: text().length(1, 100),
    kcal100g: integer().range(0, 1000).column('kcal_100g'),
    isPublic: boolean().default(false),
    note: text().length(0, 200).nullable(),
    ...timestamps(),
    ...softDelete(),
  },
  { indexes: [['deviceId', 'name']] },
)

const Portion = model(
  'portions',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' }),
    name: text().length(1, 50),
    grams: integer().range(1, 10_000),
  },
  { access: ownedThrough('productId') },
)

export const models = graph({ Device, Product, Portion })
