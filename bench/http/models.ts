import {
  actor,
  graph,
  integer,
  model,
  owner,
  ownedThrough,
  reference,
  softDelete,
  text,
  timestamp,
  timestamps,
  uuid,
} from 'terrace/model'

const Device = model(
  'devices',
  {
    id: text().length(1, 64).primaryKey(),
    tokenHash: text().length(64, 64).unique({ global: true }).hidden(),
    lastSeenAt: timestamp().nullable().readOnly(),
    ...timestamps(),
    ...softDelete(),
  },
  { access: actor() },
)

const Product = model(
  'products',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    name: text().length(1, 100),
    kcal100g: integer().range(0, 1000).column('kcal_100g'),
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
    productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' }).immutable(),
    name: text().length(1, 100),
    grams: integer().range(1, 10_000),
    ...timestamps(),
  },
  { access: ownedThrough('productId'), indexes: [['productId']] },
)

export const models = graph({ Device, Product, Portion })
