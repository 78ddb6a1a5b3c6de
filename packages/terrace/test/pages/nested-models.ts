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
  timestamps,
  uuid,
} from '../../src/model/index.ts'

const Device = model('devices', { id: uuid().primaryKey(), ...timestamps(), ...softDelete() }, { access: actor() })

const Product = model('products', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  name: text().length(1, 50).unique(),
  rank: integer().default(0).readOnly(),
  ...timestamps(),
  ...softDelete(),
})

const Portion = model(
  'portions',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' }),
    label: text().length(1, 30).unique(),
    gramWeight: integer().range(1, 10_000),
    pin: text().nullable().hidden(),
    ...softDelete(),
  },
  { access: ownedThrough('productId') },
)

const Piece = model(
  'pieces',
  {
    id: uuid().primaryKey(),
    portionId: reference(Portion, { inverse: 'pieces', onDelete: 'cascade' }),
    number: integer().range(1, 9),
    foodId: uuid().nullable(),
    ...softDelete(),
  },
  { access: ownedThrough('portionId') },
)

const Crumb = model(
  'crumbs',
  { id: uuid().primaryKey(), pieceId: reference(Piece, { inverse: 'crumbs', onDelete: 'cascade' }), ...softDelete() },
  { access: ownedThrough('pieceId') },
)

const Speck = model('specks', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  crumbId: reference(Crumb, { inverse: 'specks', onDelete: 'cascade' }),
  ...softDelete(),
})

const Label = model(
  'labels',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'label', onDelete: 'cascade' }).unique(),
    ...softDelete(),
  },
  { access: ownedThrough('productId') },
)

export const nestedModels = graph({ Device, Product, Portion, Piece, Crumb, Speck, Label })
