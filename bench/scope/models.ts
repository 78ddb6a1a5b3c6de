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

const Tag = model('tags', { id: uuid().primaryKey(), deviceId: owner(Device), name: text().length(1, 50) })

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

const PortionNote = model(
  'portion_notes',
  {
    id: uuid().primaryKey(),
    portionId: reference(Portion, { inverse: 'notes', onDelete: 'cascade' }),
    body: text().length(1, 50),
  },
  { access: ownedThrough('portionId') },
)

/** What a session limits: by an owner, by an owner and deletion, through one level and through two. */
export const models = graph({ Device, Tag, Product, Portion, PortionNote })

export interface ScopeTables {
  readonly tags: { readonly id: string; readonly deviceId: string; readonly name: string }
  readonly products: {
    readonly id: string
    readonly deviceId: string
    readonly name: string
    readonly kcal100g: number
    readonly isPublic: boolean
    readonly note: string | null
    readonly createdAt: Date
    readonly updatedAt: Date
    readonly deletedAt: Date | null
    readonly deletionId: string | null
  }
  readonly portions: {
    readonly id: string
    readonly productId: string
    readonly name: string
    readonly grams: number
  }
  readonly portion_notes: { readonly id: string; readonly portionId: string; readonly body: string }
}
