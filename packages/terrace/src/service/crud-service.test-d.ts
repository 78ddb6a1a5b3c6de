import { expectTypeOf } from 'vitest'
import { Dao } from '../dao/index.ts'
import type { Session } from '../database/index.ts'
import { shape } from '../dto/index.ts'
import type { Create, Patch } from '../dto/index.ts'
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
} from '../model/index.ts'
import type { Insert, Row } from '../model/index.ts'
import { CrudService } from './crud-service.ts'

const Device = model(
  'devices',
  { id: text().length(1, 9).primaryKey(), ...timestamps(), ...softDelete() },
  { access: actor() },
)
const Product = model('products', {
  id: uuid().primaryKey(),
  deviceId: owner(Device),
  name: text().length(1, 100),
  kcal100g: integer().range(0, 1000),
  password: text().length(8, 128).writeOnly(),
  ...timestamps(),
  ...softDelete(),
})
const Portion = model(
  'portions',
  {
    id: uuid().primaryKey(),
    productId: reference(Product, { inverse: 'portions', onDelete: 'cascade' }),
    name: text().length(1, 50),
    grams: integer(),
    isDefault: boolean().default(false),
  },
  { access: ownedThrough('productId') },
)
const models = graph({ Device, Product, Portion })
type P = typeof models.Product

class ProductDao extends Dao(models.Product) {
  richest(limit: number) {
    return this.select((query) => query.orderBy('kcal100g', 'desc').limit(limit))
  }
}

class PortionService extends CrudService(models.Portion) {}

class ProductService extends CrudService(models.Product, { dao: ProductDao }) {
  override async create(data: Create<P>) {
    expectTypeOf(this.dao).toEqualTypeOf<ProductDao>()
    expectTypeOf(this.session).toEqualTypeOf<Session>()
    const product = await super.create(data)
    await this.session.use(PortionService).create({ productId: product.id, name: '100g', grams: 100, isDefault: true })
    return product
  }

  richest(limit: number) {
    return this.dao.richest(limit)
  }

  protected override toInsert(data: Create<P>): Insert<P> {
    return { ...data, name: data.name.normalize() }
  }
}

declare const session: Session
const service = session.use(ProductService)
expectTypeOf(service).toEqualTypeOf<ProductService>()
expectTypeOf(service.richest(1)).resolves.toEqualTypeOf<Row<P>[]>()
expectTypeOf(service.get('x')).resolves.toEqualTypeOf<Row<P>>()
expectTypeOf(service.create).parameter(0).toEqualTypeOf<Create<P>>()
expectTypeOf(service.update).parameter(1).toEqualTypeOf<Patch<P>>()
expectTypeOf(service.delete('x')).resolves.toEqualTypeOf<void>()
expectTypeOf(
  (await service.list({ where: { kcal100g: { gte: 5 } }, sort: ['-name'], page: { limit: 5 } })).rows,
).toEqualTypeOf<Row<P>[]>()
// @ts-expect-error the owner is stamped by the session
void service.create({ name: 'x', kcal100g: 1, password: 'secret12', deviceId: 'me' })
// @ts-expect-error a key is text
void service.get(1)
// @ts-expect-error the DAO is not for callers of the service
void service.dao
// @ts-expect-error a DAO of another model
void CrudService(models.Portion, { dao: ProductDao })

// Related rows by value; the rows stay rows of the model.
expectTypeOf(service.get('x', { include: { portions: models.Portion } })).resolves.toEqualTypeOf<Row<P>>()
expectTypeOf((await service.list({ include: { portions: models.Portion } })).rows).toEqualTypeOf<Row<P>[]>()
// @ts-expect-error not by name
void service.get('x', { include: ['portions'] })

// Shapes of one's own: their values are what create and update take.
const NewProduct = shape({ name: text().length(1, 100), kcal100g: integer(), password: text() })
class NarrowService extends CrudService(models.Product, { create: NewProduct, patch: shape({ name: text() }) }) {
  override async list(query = {}) {
    return super.list({ ...query, where: { kcal100g: { lt: 100 } } })
  }
}
expectTypeOf(NarrowService.model).toEqualTypeOf<P>()
const narrow = session.use(NarrowService)
expectTypeOf(narrow.create).parameter(0).toEqualTypeOf<{
  readonly name: string
  readonly kcal100g: number
  readonly password: string
}>()
expectTypeOf(narrow.update).parameter(1).toEqualTypeOf<{ readonly name: string }>()

// One that is no row of the model has to be made one.
const NewPortion = shape({ productId: uuid(), ounces: integer() })
// @ts-expect-error ounces are no column
class OunceService extends CrudService(models.Portion, { create: NewPortion }) {}
void OunceService
class MappingService extends CrudService(models.Portion, { create: NewPortion, patch: shape({ ounces: integer() }) }) {
  protected override async toInsert(data: { readonly productId: string; readonly ounces: number }) {
    return { productId: data.productId, name: `${data.ounces} oz`, grams: await this.#grams(data.ounces) }
  }

  protected override toUpdate({ ounces }: { readonly ounces: number }) {
    return { name: `${ounces} oz` }
  }

  async #grams(ounces: number) {
    expectTypeOf(this.session).toEqualTypeOf<Session>()
    return Math.round(ounces * 28.35)
  }
}
expectTypeOf(session.use(MappingService).create({ productId: 'x', ounces: 1 })).resolves.toEqualTypeOf<
  Row<typeof models.Portion>
>()
// @ts-expect-error only one of the two says how
class HalfService extends CrudService(models.Portion, { create: NewPortion, patch: shape({ ounces: integer() }) }) {
  protected override toUpdate({ ounces }: { readonly ounces: number }) {
    return { name: `${ounces} oz` }
  }
}
void HalfService
