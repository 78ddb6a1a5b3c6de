import { expectTypeOf } from 'vitest'
import { Dao } from '../dao/index.ts'
import type { Session } from '../database/index.ts'
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
