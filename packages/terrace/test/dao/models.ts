import {
  actor,
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  float,
  graph,
  identity,
  integer,
  json,
  model,
  oneOf,
  owner,
  ownedThrough,
  reference,
  shared,
  smallint,
  softDelete,
  text,
  time,
  timestamp,
  timestamps,
  uuid,
} from '../../src/model/index.ts'

const Device = model(
  'devices',
  {
    id: text().length(1, 100).primaryKey(),
    label: text().length(0, 100).default('phone'),
    ...timestamps(),
    ...softDelete(),
  },
  { access: actor() },
)

const Category = model('categories', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  name: text().length(1, 100),
  parentId: reference('categories', { key: uuid(), inverse: 'children', onDelete: 'cascade' }).nullable(),
  ...softDelete(),
})

const Product = model(
  'products',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    name: text().length(1, 100).unique(),
    kcal100g: integer().range(0, 1000).column('kcal_100g').default(0),
    note: text().length(0, 500).nullable(),
    categoryId: reference(Category, { inverse: 'products' }).nullable(),
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
    grams: integer().range(1, 10_000).default(100),
    ...softDelete(),
  },
  { access: ownedThrough('productId'), uniques: [['name']] },
)

/** Cannot be deleted softly: it stays when its product goes to the trash, and vanishes when that is purged. */
const Remark = model(
  'remarks',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'remarks', onDelete: 'cascade' }),
    body: text(),
  },
  { access: ownedThrough('productId') },
)

const FoodEntry = model('food_entries', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  productId: reference(Product, { inverse: 'entries' }),
  portionId: reference(Portion, { inverse: 'entries' }).nullable(),
  grams: integer(),
  ...softDelete(),
})

/** History: it outlives what it refers to. */
const Note = model('notes', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  productId: reference(Product, { inverse: 'notes', onDelete: 'keep' }),
  text: text().length(1, 100),
})

/** A composite key. */
const Tag = model(
  'tags',
  {
    productId: reference(Product, { inverse: 'tags', onDelete: 'cascade' }).primaryKey(),
    label: text().length(1, 30).primaryKey(),
    weight: integer().default(1),
  },
  { access: ownedThrough('productId') },
)

/** A key that the database numbers; a catalogue that everyone reads and curators write. */
const Food = model(
  'foods',
  { id: identity(), name: text().length(1, 100).ignoreCase().unique({ global: true }), kcal100g: integer() },
  { access: shared({ write: { role: 'curator' } }) },
)

const Setting = model(
  'settings',
  { id: uuid().primaryKey(), name: text().length(1, 50).unique({ global: true }), value: text().nullable() },
  { access: shared({ write: 'nobody' }) },
)

const User = model('users', { id: uuid().primaryKey(), name: text().length(1, 50) }, { access: actor() })

/** Read by everyone, written by its owner. */
const Post = model('posts', {
  id: uuid().primaryKey(),
  userId: owner(User, { read: 'everyone', readable: true }),
  title: text().length(1, 100),
  slug: text().length(1, 50).unique({ global: true }),
  ...timestamps(),
  ...softDelete(),
})

const Comment = model(
  'comments',
  { id: uuid().primaryKey(), postId: reference(Post, { inverse: 'comments', onDelete: 'cascade' }), body: text() },
  { access: ownedThrough('postId') },
)

/** Two catalogues that everyone writes, and rows of an owner that refer to both. */
const Colour = model('colours', { id: uuid().primaryKey() }, { access: shared({ write: 'everyone' }) })
const Shape = model('shapes', { id: uuid().primaryKey() }, { access: shared({ write: 'everyone' }) })

const Sticker = model('stickers', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  colourId: reference(Colour),
  shapeId: reference(Shape).nullable(),
  code: text().length(1, 50).unique(),
})

/** One column of every type that every engine holds. */
const Sample = model('samples', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  text: text(),
  integer: integer(),
  smallint: smallint(),
  bigint: bigint(),
  decimal: decimal(10, 2),
  float: float(),
  boolean: boolean(),
  timestamp: timestamp(),
  precise: timestamp({ precision: 6 }),
  date: date(),
  time: time(),
  json: json(),
  array: array(text()),
  bytes: bytes(),
  oneOf: oneOf('small', 'large'),
  folded: text().length(1, 50).ignoreCase(),
  made: text().default(() => 'made'),
  nothing: text().nullable(),
  ...timestamps(),
})

export const models = graph({
  Device,
  Category,
  Product,
  Portion,
  Remark,
  FoodEntry,
  Note,
  Tag,
  Food,
  Setting,
  User,
  Post,
  Comment,
  Colour,
  Shape,
  Sticker,
  Sample,
})
