import type { Session } from '../database/index.ts'
import { Dao } from '../dao/index.ts'
import type { ModelDao } from '../dao/index.ts'
import { create } from '../dto/index.ts'
import type { Create, Patch, Shape, ValueOf } from '../dto/index.ts'
import type { BoundModel } from '../model/index.ts'
import { Crud } from './crud.ts'
import type { Fits, MappedCrud } from './mapped-crud.ts'
import { nestedFacts, shapeWithNested } from './nested.ts'
import type { NestedServices, WithNested } from './nested.ts'
import { checkedPolicies, policyOperations } from './policies.ts'
import type { Policies, PolicyOperation } from './policies.ts'

/** What of a service is given by hand instead of derived. */
export interface CrudServiceOptions<M extends BoundModel, D, C, P, N = NestedServices> {
  /** The class of its DAO; default the derived one. */
  readonly dao?: new (session: Session) => D
  /** What `create` takes; default `create(model)`. Routes of the service read their bodies by it. */
  readonly create?: C
  /** What `update` takes; default `patch(model)`. */
  readonly patch?: P
  /**
   * Children that may be sent with a row to create, by the names of their inverses, each with its service: `{ portions: PortionService }`
   * takes `portions: [{ name: '100g', grams: 100 }]`. They are created by that service, so that its rules hold; at most 100 of a kind,
   * 500 rows in all below those that one call creates, three levels deep. Default none.
   */
  readonly nested?: N
  /** Who may do what with a row that is visible, by operation. Default: whoever the scope lets do it. */
  readonly policies?: Policies<M, Given<C, Create<M>>, Given<P, Patch<M>>>
}

/** A service class to extend: `model` says what it is about, `this.session` and `this.dao` are there when it is made. */
export interface CrudServiceClass<M extends BoundModel, D extends ModelDao<M>, C = Create<M>, P = Patch<M>> {
  new (session: Session): Crud<M, D, C, P>
  readonly model: M
  readonly shapes: CrudShapes
  /** The operations that ask a policy, which may refuse them: `FORBIDDEN`. */
  readonly guarded: readonly PolicyOperation[]
  /** Services of the children that its `create` takes. */
  readonly nested: NestedServices
}

/** As `CrudServiceClass`, where what is sent is not what is stored: whoever extends it says how one becomes the other. */
export type MappedServiceClass<M extends BoundModel, D extends ModelDao<M>, C, P, Fitting = C> = (abstract new (
  session: Session,
) => MappedCrud<M, D, C, P, Fitting>) &
  Pick<CrudServiceClass<M, D>, 'model' | 'shapes' | 'guarded' | 'nested'>

/** What a service takes where it does not follow from its model; null where it does. */
export interface CrudShapes {
  readonly create: Shape | null
  readonly patch: Shape | null
}

type Given<S, Otherwise> = S extends Shape ? ValueOf<S> : Otherwise

type ServiceClass<M extends BoundModel, D extends ModelDao<M>, C, P, N> =
  Fits<M, C, P> extends true
    ? CrudServiceClass<M, D, WithNested<C, M, N>, P>
    : MappedServiceClass<M, D, WithNested<C, M, N>, P, C>

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
 *
 * With shapes of its own it takes their values. Where such a value is no row of the model, the class does not compile until
 * `toInsert` (or `toUpdate`) says how it becomes one:
 *
 * ```ts
 * class UserService extends CrudService(models.User, { create: shape({ email: text(), password: text() }) }) {
 *   protected async toInsert({ email, password }: { readonly email: string; readonly password: string }) {
 *     return { email, passwordHash: await hashOf(password) }
 *   }
 * }
 * ```
 */
export function CrudService<
  M extends BoundModel,
  D extends ModelDao<M> = ModelDao<M>,
  C extends Shape | undefined = undefined,
  P extends Shape | undefined = undefined,
  N extends NestedServices = Readonly<Record<never, never>>,
>(
  model: M,
  options: CrudServiceOptions<M, D, C, P, N> = {},
): ServiceClass<M, D, Given<C, Create<M>>, Given<P, Patch<M>>, N> {
  const dao = (options.dao ?? Dao(model)) as new (session: Session) => D
  const services: NestedServices = Object.freeze({ ...options.nested })
  const nested = nestedFacts(model, services)
  const given = options.create ?? null
  const created = nested.length === 0 ? given : shapeWithNested(model, given ?? create(model), nested)
  const shapes: CrudShapes = Object.freeze({ create: created, patch: options.patch ?? null })
  const policies = checkedPolicies(model, options.policies ?? {})
  const guarded = Object.freeze(policyOperations.filter((operation) => policies[operation] !== undefined))
  const made = class extends Crud<M, D, Given<C, Create<M>>, Given<P, Patch<M>>> {
    static readonly model = model
    static readonly shapes = shapes
    static readonly guarded = guarded
    static readonly nested = services

    constructor(session: Session) {
      super(session, session.use(dao), { model, policies, nested })
    }
  }
  return made as unknown as ServiceClass<M, D, Given<C, Create<M>>, Given<P, Patch<M>>, N>
}
