import {
  actor,
  bigint,
  boolean,
  decimal,
  float,
  graph,
  identity,
  integer,
  json,
  model,
  oneOf,
  ownedThrough,
  owner,
  reference,
  shared,
  softDelete,
  text,
  timestamp,
  timestamps,
  uuid,
} from '../../src/model/index.ts'

const Device = model(
  'devices',
  { id: text().length(1, 100).primaryKey(), label: text().length(0, 40), ...timestamps(), ...softDelete() },
  { access: actor() },
)
const User = model('users', { id: uuid().primaryKey(), handle: text().length(1, 40) }, { access: actor() })
const Food = model(
  'foods',
  {
    id: uuid().primaryKey(),
    name: text().length(1, 100).ignoreCase(),
    kcal100g: integer(),
    weight: bigint().nullable(),
    ...softDelete(),
  },
  { access: shared({ write: 'nobody' }) },
)
const Tag = model(
  'tags',
  { id: uuid().primaryKey(), name: text().length(1, 40) },
  { access: shared({ write: { role: 'editor' } }) },
)
const Note = model(
  'notes',
  { id: uuid().primaryKey(), body: text().length(1, 40) },
  { access: shared({ write: 'everyone' }) },
)
const Event = model(
  'events',
  { id: identity(), label: text().length(1, 40), ...softDelete() },
  { access: shared({ write: 'everyone' }) },
)
const Entry = model(
  'entries',
  { id: uuid().primaryKey(), eventId: reference(Event) },
  { access: shared({ write: 'everyone' }) },
)
const Category = model('categories', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  parentId: reference('categories', { key: uuid(), inverse: 'children', onDelete: 'cascade' }).nullable(),
  title: text().length(1, 40),
  ...softDelete(),
})
const Product = model('products', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  foodId: reference(Food).nullable(),
  categoryId: reference(Category).nullable(),
  name: text().length(1, 100).ignoreCase(),
  kcal100g: integer().range(0, 1000).column('kcal_per_100g'),
  price: decimal(10, 2).nullable(),
  ratio: float().nullable(),
  isOpen: boolean().default(false),
  note: text().length(0, 200).nullable(),
  ...timestamps(),
  ...softDelete(),
})
const Portion = model(
  'portions',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' }),
    size: oneOf('small', 'large'),
    grams: integer(),
  },
  { access: ownedThrough('productId') },
)
const Serving = model(
  'servings',
  {
    id: uuid().primaryKey(),
    portionId: reference(Portion, { inverse: 'servings' }),
    eatenAt: timestamp(),
    ...softDelete(),
  },
  { access: ownedThrough('portionId') },
)
const Post = model('posts', {
  id: uuid().primaryKey(),
  userId: owner(User, { read: 'everyone' }),
  title: text().length(1, 100),
  tags: json<readonly string[]>().nullable(),
  publishedAt: timestamp({ precision: 6 }).nullable(),
  ...softDelete(),
})
const Comment = model(
  'comments',
  { id: uuid().primaryKey(), postId: reference(Post, { inverse: 'comments' }), body: text().length(1, 100) },
  { access: ownedThrough('postId') },
)

/** Two sorts of owners, every sort of access, names that differ in the database, and values that every codec touches. */
const models = graph({
  Device,
  User,
  Food,
  Tag,
  Note,
  Event,
  Entry,
  Category,
  Product,
  Portion,
  Serving,
  Post,
  Comment,
})

export const shopGraph = models.Product.graph
