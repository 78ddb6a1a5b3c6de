import type { Session } from '../database/index.ts'
import { Dao } from '../dao/index.ts'
import type { ModelDao } from '../dao/index.ts'
import type { BoundModel } from '../model/index.ts'
import { Crud } from './crud.ts'

/** A service class to extend: `model` says what it is about, `this.session` and `this.dao` are there when it is made. */
export interface CrudServiceClass<M extends BoundModel, D extends ModelDao<M>> {
  new (session: Session): Crud<M, D>
  readonly model: M
}

/**
 * The derived service of a model: list, get, create, update, delete, restore. Extend it to add business rules; use it with
 * `session.use(ProductService)`. Without `dao` it works on the derived one.
 *
 * ```ts
 * class ProductService extends CrudService(models.Product, { dao: ProductDao }) {
 *   override async create(data: Create<typeof models.Product>) {
 *     const product = await super.create(data)
 *     await this.session.use(PortionService).create({ productId: product.id, name: '100g', grams: 100 })
 *     return product
 *   }
 * }
 * ```
 */
export function CrudService<M extends BoundModel, D extends ModelDao<M> = ModelDao<M>>(
  model: M,
  options: { readonly dao?: new (session: Session) => D } = {},
): CrudServiceClass<M, D> {
  const dao = (options.dao ?? Dao(model)) as new (session: Session) => D
  return class extends Crud<M, D> {
    static readonly model = model

    constructor(session: Session) {
      super(session, session.use(dao), model)
    }
  }
}
