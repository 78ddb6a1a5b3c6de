import type { ColumnName, Deleted, Listing, ListOptions, ModelDao, NoInclude, VersionOptions } from '../dao/index.ts'
import type { Session } from '../database/index.ts'
import type { Create, Patch } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, Include, Insert, KeyOf, Row, Update } from '../model/index.ts'
import { requirePermission } from './policies.ts'
import type { AnyPolicy, Policies, PolicyOperation } from './policies.ts'

/** What is read with a row: related rows by value, as the DAO takes them. */
export interface GetQuery {
  /** `{ portions: models.Portion }`; a name that is no relation is `DAO_UNKNOWN`. The rows hold them beside their columns. */
  readonly include?: Include
}

/** Which rows a list holds, in which order, how many of them, and what is read with them: the DAO's own terms. */
export interface ListQuery<M extends BoundModel>
  extends
    GetQuery,
    Pick<ListOptions<M, ColumnName<M>, NoInclude>, 'where' | 'sort' | 'page' | 'after' | 'total' | 'deleted'> {}

/** What a service stores, at once or once it has asked for more. */
export type Stored<T> = T | Promise<T>

/** What a service is made for, besides its session. */
export interface CrudParts<M extends BoundModel, C, P> {
  readonly model: M
  readonly policies?: Policies<M, C, P>
}

type ChangingOperation = Exclude<PolicyOperation, 'create'>

/**
 * The six operations of a model. Rows come and go as the model types them; which of their columns leave the process is
 * decided above. How what is sent becomes what is stored is left to who extends it.
 *
 * `NOT_FOUND` with the model's name wherever there is no such row for the session's actor.
 */
export abstract class CrudToMap<M extends BoundModel, D extends ModelDao<M>, C = Create<M>, P = Patch<M>> {
  protected readonly session: Session
  protected readonly dao: D
  readonly #model: M
  readonly #policies: Policies<M, C, P>

  constructor(session: Session, dao: D, { model, policies = {} }: CrudParts<M, C, P>) {
    this.session = session
    this.dao = dao
    this.#model = model
    this.#policies = policies
  }

  /**
   * Rows in the order asked for, the key last; all of them unless `page` is given. With `after` they go on behind a position, and `next`
   * says where the list goes on. `total` counts only where asked for. Rows hold
   * what is included beside their columns; `dao.list` types it.
   */
  async list(query: ListQuery<M> = {}): Promise<Listing<Row<M>>> {
    // Without fields the DAO's rows are whole ones, with what is included besides; the compiler cannot see that for every model.
    return (await this.dao.list(query as ListOptions<M, ColumnName<M>, NoInclude>)) as unknown as Listing<Row<M>>
  }

  async get(id: KeyOf<M>, query: GetQuery = {}): Promise<Row<M>> {
    const row = query.include === undefined ? this.dao.get(id) : this.dao.get(id, query as object)
    return this.#found((await row) as Row<M> | null)
  }

  create(data: C): Promise<Row<M>> {
    return this.#policies.create === undefined ? this.#insert(data) : this.#insertPermitted(data)
  }

  async #insertPermitted(data: C): Promise<Row<M>> {
    await this.permittedNew(data)
    return this.#insert(data)
  }

  #insert(data: C): Promise<Row<M>> {
    const values = this.toInsert(data)
    return values instanceof Promise ? values.then((made) => this.dao.create(made)) : this.dao.create(values)
  }

  /**
   * Properties that are absent stay as they are; an empty patch gives the row unchanged. With a `version` only a row that has it
   * (`VERSION_MISMATCH`), asked before any rule. An override passes the options on, or what was asked for is not held.
   */
  async update(id: KeyOf<M>, data: P, options: VersionOptions<Row<M>> = {}): Promise<Row<M>> {
    if (this.#policies.update !== undefined) await this.permitted('update', id, data)
    await this.#expect(id, options, 'without')
    const values = this.toUpdate(data)
    return this.#found(await this.dao.update(id, values instanceof Promise ? await values : values))
  }

  /** Soft where the model is soft-deletable. A second delete finds nothing. `version` as for `update`. */
  async delete(id: KeyOf<M>, options: VersionOptions<Row<M>> = {}): Promise<void> {
    if (this.#policies.delete !== undefined) await this.permitted('delete', id)
    await this.#expect(id, options, 'without')
    this.#found(await this.dao.delete(id))
  }

  /**
   * Undoes the delete that removed the row; a row that is alive comes back unchanged. `version` as for `update`: the one that the
   * row has in the trash.
   */
  async restore(id: KeyOf<M>, options: VersionOptions<Row<M>> = {}): Promise<Row<M>> {
    if (this.#policies.restore !== undefined) await this.permitted('restore', id)
    await this.#expect(id, options, 'with')
    return this.#found(await this.dao.restore(id))
  }

  /** Nothing where nothing is expected; else the row is held, so that what was found stays true until it is changed. */
  async #expect(id: KeyOf<M>, options: VersionOptions<Row<M>>, deleted: Deleted): Promise<void> {
    if (options.version !== undefined) this.#found(await this.dao.hold(id, { ...options, deleted }))
  }

  /**
   * The stored row, held until the session ends, once the policy of the operation allows it. The derived operations begin with it;
   * one that is overridden with rules of its own, or a method that writes by the DAO, calls it first, so that no rule tells
   * of a row what only those hear who may change it.
   *
   * `NOT_FOUND`, then what the policy refuses with. Without a policy it only reads and holds.
   */
  protected async permitted(operation: 'update', id: KeyOf<M>, data: P): Promise<Row<M>>
  protected async permitted(operation: 'delete' | 'restore', id: KeyOf<M>): Promise<Row<M>>
  protected async permitted(operation: ChangingOperation, id: KeyOf<M>, data?: P): Promise<Row<M>> {
    const row = this.#found(await this.dao.hold(id, { deleted: operation === 'restore' ? 'with' : 'without' }))
    await this.#ask(operation, operation === 'update' ? { row, data } : { row })
    return row
  }

  /** As `permitted`, of a row that is not there yet. */
  protected async permittedNew(data: C): Promise<void> {
    await this.#ask('create', { data })
  }

  async #ask(
    operation: PolicyOperation,
    subject: { readonly row?: Row<M>; readonly data?: C | P | undefined },
  ): Promise<void> {
    const policy = this.#policies[operation] as AnyPolicy | undefined
    if (policy === undefined) return
    await requirePermission(this.#model, policy, { session: this.session, asked: { operation, ...subject } })
  }

  /** What is sent becomes what is stored: `password` → `passwordHash`, a portion → grams. */
  protected abstract toInsert(data: C): Stored<Insert<M>>

  /** As `toInsert`, for changes. */
  protected abstract toUpdate(data: P): Stored<Update<M>>

  #found<R>(row: R | null): R {
    if (row === null) throw errors.NOT_FOUND({ values: { model: this.#model.name } })
    return row
  }
}

/** The operations of a model of which what is sent is stored as it is, unless `toInsert` or `toUpdate` is overridden. */
export class Crud<M extends BoundModel, D extends ModelDao<M>, C = Create<M>, P = Patch<M>> extends CrudToMap<
  M,
  D,
  C,
  P
> {
  protected override toInsert(data: C): Insert<M> {
    // A part of what may be inserted, or this is overridden; the compiler cannot see that for every model.
    return data as unknown as Insert<M>
  }

  protected override toUpdate(data: P): Update<M> {
    return data as unknown as Update<M>
  }
}
