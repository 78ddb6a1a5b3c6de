import { expectTypeOf } from 'vitest'
import type { Insert, KeyOf, Row } from '../model/index.ts'
import {
  actor,
  boolean,
  graph,
  integer,
  json,
  model,
  oneOf,
  owner,
  ownedThrough,
  reference,
  softDelete,
  text,
  timestamps,
  uuid,
} from '../model/index.ts'
import { Dao } from './index.ts'
import type { Listing, ListPosition } from './index.ts'

const Device = model('devices', { id: text().length(1, 100).primaryKey() }, { access: actor() })
const Product = model('products', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  name: text().length(1, 100),
  kcal100g: integer().range(0, 1000).column('kcal_100g'),
  note: text().nullable(),
  extra: json<{ readonly a: number }>().nullable(),
  ...timestamps(),
  ...softDelete(),
})
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
type PortionRow = Row<typeof models.Portion>

class ProductDao extends Dao(models.Product) {
  richest(limit: number) {
    return this.select((query) => query.orderBy('kcal100g', 'desc').limit(limit))
  }

  override async create(values: Insert<typeof models.Product>): Promise<ProductRow> {
    return super.create({ ...values, note: 'made here' })
  }

  kinds() {
    return this.select((query) =>
      query
        .innerJoin('portions', 'portions.productId', 'products.id')
        .clearSelect()
        .select(['products.name', 'portions.kind']),
    )
  }

  highest() {
    return this.query((db) => db.selectFrom('products').select(({ fn }) => fn.max('kcal100g').as('most')))
  }

  addPortion(productId: string) {
    return this.query((db) => db.insertInto('portions').values({ productId, kind: 'small' }))
  }

  rename() {
    return this.query((db) => db.updateTable('products').set({ name: 'x' }).returning('id'))
  }
}
declare const dao: ProductDao

// Rows are the model's own.
expectTypeOf(dao.get('x')).resolves.toEqualTypeOf<ProductRow | null>()
expectTypeOf(dao.richest(1)).resolves.toEqualTypeOf<ProductRow[]>()
expectTypeOf(dao.createMany([])).resolves.toEqualTypeOf<ProductRow[]>()
expectTypeOf(dao.list()).resolves.toEqualTypeOf<Listing<ProductRow>>()
expectTypeOf<Listing<ProductRow>>().toEqualTypeOf<{
  readonly rows: ProductRow[]
  readonly total: number | null
  readonly next: ListPosition | null
}>()
expectTypeOf(dao.list({ after: null, sort: ['-name'] })).resolves.toEqualTypeOf<Listing<ProductRow>>()
expectTypeOf<Parameters<typeof dao.get>[0]>().toEqualTypeOf<KeyOf<typeof models.Product>>()

// A part of the columns, and what is included.
expectTypeOf(dao.get('x', { fields: ['id', 'name'] })).resolves.toEqualTypeOf<Pick<ProductRow, 'id' | 'name'> | null>()
const listing = await dao.list({ include: { portions: models.Portion } })
expectTypeOf<(typeof listing.rows)[number]['portions']>().toEqualTypeOf<readonly PortionRow[]>()
expectTypeOf<(typeof listing.rows)[number]['note']>().toEqualTypeOf<string | null>()
const some = await dao.list({ fields: ['name'], include: { portions: models.Portion } })
expectTypeOf<keyof (typeof some.rows)[number]>().toEqualTypeOf<'name' | 'portions'>()

// Hand-written queries: rows, or how many were changed.
expectTypeOf(dao.kinds()).resolves.toEqualTypeOf<{ name: string; kind: 'small' | 'large' }[]>()
expectTypeOf(dao.highest()).resolves.toEqualTypeOf<{ most: number }[]>()
expectTypeOf(dao.addPortion('x')).resolves.toEqualTypeOf<{ readonly changed: number }>()
expectTypeOf(dao.rename()).resolves.toEqualTypeOf<{ id: string }[]>()

// Conditions by column type.
void dao.list({
  where: {
    kcal100g: { gte: 5, in: [1, 2] },
    note: null,
    extra: { isNull: true },
    or: [{ name: { contains: 'x' } }, { not: { name: 'y' } }],
  },
  sort: ['-name', 'id'],
  page: { page: 1, pageSize: 20 },
  total: true,
  deleted: 'only',
})
void dao.find({ id: 'x' })
void dao.upsert({ name: 'x', kcal100g: 1 }, { by: 'name' })

// @ts-expect-error a misspelt include
void dao.list({ include: { portion: models.Portion } })
// @ts-expect-error a misspelt sort
void dao.list({ sort: ['nam'] })
// @ts-expect-error a misspelt column
void dao.list({ where: { nam: 'x' } })
// @ts-expect-error a misspelt option
void dao.list({ total: true, wher: {} })
// @ts-expect-error undefined is no value
void dao.list({ where: { name: undefined } })
// @ts-expect-error undefined is no condition
void dao.list({ where: undefined })
// @ts-expect-error numbers contain nothing
void dao.list({ where: { kcal100g: { contains: 'x' } } })
// @ts-expect-error json is not comparable
void dao.list({ where: { extra: { a: 1 } } })
// @ts-expect-error null is in no list
void dao.list({ where: { note: { in: [null] } } })
// @ts-expect-error null is not unique
void dao.find({ note: null })
// @ts-expect-error the owner is immutable
void dao.update('x', { deviceId: 'y' })
// @ts-expect-error times are stamped
void dao.create({ name: 'x', kcal100g: 1, createdAt: new Date() })
// @ts-expect-error a hand-written query knows the columns
void dao.select((query) => query.orderBy('nope'))
// @ts-expect-error a hand-written update may not move a row to another owner
void dao.query((db) => db.updateTable('products').set({ deviceId: 'y' }))

// What a row is read for does not decide what is read of it.
const named: () => Promise<{ readonly name: string } | null> = () => dao.get('x')
expectTypeOf(named).toBeFunction()
