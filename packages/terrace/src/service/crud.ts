import type { ColumnName, Deleted, Listing, ListOptions, ModelDao, NoInclude, VersionOptions } from '../dao/index.ts'
import type { Session, SessionUser } from '../database/index.ts'
import type { Create, Patch } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, Include, Insert, KeyOf, Row, Update } from '../model/index.ts'
import { collected, eachItem, isOfItem, requireDistinct } from './each-item.ts'
import { createChildren, requireFewAmong, requireFewChildren, withoutChildren } from './nested.ts'
import type { NestedFact } from './nested.ts'
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

/** A row that is meant, and the version that it must have, as for a single one. */
export interface RowTarget<M extends BoundModel> extends VersionOptions<Row<M>> {
  readonly id: KeyOf<M>
}

/** A row and what is to be changed of it. */
export interface RowChange<M extends BoundModel, P> extends RowTarget<M> {
  readonly data: P
}

/** What a service is made for, besides its session. */
export interface CrudParts<M extends BoundModel, C, P> {
  readonly model: M
  readonly policies?: Policies<M, C, P>
  /** Along which children are created with a row. */
  readonly nested?: readonly NestedFact[]
}

type ChangingOperation = Exclude<PolicyOperation, 'create'>

/**
 * The operations of a model, of one row and of many. Rows come and go as the model types them; which of their columns leave the process is
 * decided above. How what is sent becomes what is stored is left to who extends it.
 *
 * `NOT_FOUND` with the model's name wherever there is no such row for the session's actor.
 */
export abstract class CrudToMap<M extends BoundModel, D extends ModelDao<M>, C = Create<M>, P = Patch<M>> {
  protected readonly session: Session
  protected readonly dao: D
  readonly #model: M
  readonly #policies: Policies<M, C, P>
  readonly #nested: readonly NestedFact[]

  constructor(session: Session, dao: D, { model, policies = {}, nested = [] }: CrudParts<M, C, P>) {
    this.session = session
    this.dao = dao
    this.#model = model
    this.#policies = policies
    this.#nested = nested
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

  /** With what was sent below it, where the service has `nested`: all of it or nothing. The row holds its children then. */
  create(data: C): Promise<Row<M>> {
    if (this.#nested.length > 0) return this.#insertWhole(data)
    return this.#policies.create === undefined ? this.#insert(data) : this.#insertPermitted(data)
  }

  async #insertPermitted(data: C): Promise<Row<M>> {
    await this.permittedNew(data)
    return this.#insert(data)
  }

  async #insertWhole(data: C): Promise<Row<M>> {
    requireFewChildren(data, this.#nested)
    if (this.#policies.create !== undefined) await this.permittedNew(data)
    return this.session.nested(async (inner) => {
      const row = await this.#in(inner).#insert(withoutChildren(data, this.#nested))
      return createChildren(inner, this.#nested, { row, data })
    })
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

  /**
   * Creates many rows, in this order: all of them or, with `BULK_REFUSED` naming everything that stands against items, none.
   *
   * By the rules of `create`: where that is overridden, or has a policy, it is called for each item, in a savepoint of its own; else the rows are stored by
   * one statement for as many as it takes. As in all three, items are tried one by one only once something was refused.
   */
  async createMany(data: readonly C[]): Promise<Row<M>[]> {
    if (data.length === 0) return []
    if (this.#nested.length > 0) requireFewAmong(data, this.#nested)
    // What a policy allows may depend on the rows that are there, those of the items before among them.
    const isPlain = this.create === CrudToMap.prototype.create && this.#policies.create === undefined
    if (!isPlain || this.#nested.length > 0)
      return eachItem(this.session, data, (item, inner) => this.#in(inner).create(item))
    return this.session.nested((inner) => this.#in(inner).#insertMany(data))
  }

  async #insertMany(data: readonly C[]): Promise<Row<M>[]> {
    const values = await collected(data, (item) => this.toInsert(item))
    const daoIn = (inner: Session): D => inner.use(this.dao.constructor as SessionUser<D>)
    return this.#together(
      (inner) => daoIn(inner).createMany(values),
      () => eachItem(this.session, values, (row, inner) => daoIn(inner).create(row)),
    )
  }

  /** Changes many rows, each named once, by the rules of `update`: all of them or none, as `createMany`. */
  async updateMany(changes: readonly RowChange<M, P>[]): Promise<Row<M>[]> {
    requireDistinct(changes.map(({ id }) => id))
    const change = ({ id, data, version }: RowChange<M, P>, inner: Session): Promise<Row<M>> =>
      this.#in(inner).update(id, data, version === undefined ? {} : { version })
    const each = (): Promise<Row<M>[]> => eachItem(this.session, changes, change)
    return this.update === CrudToMap.prototype.update
      ? this.#together((inner) => inOrder(changes, (item) => change(item, inner)), each)
      : each()
  }

  /** Deletes many rows, each named once, by the rules of `delete`: all of them or none, as `createMany`. */
  async deleteMany(rows: readonly RowTarget<M>[]): Promise<void> {
    requireDistinct(rows.map(({ id }) => id))
    const remove = ({ id, version }: RowTarget<M>, inner: Session): Promise<void> =>
      this.#in(inner).delete(id, version === undefined ? {} : { version })
    const each = (): Promise<void[]> => eachItem(this.session, rows, remove)
    await (this.delete === CrudToMap.prototype.delete
      ? this.#together((inner) => inOrder(rows, (item) => remove(item, inner)), each)
      : each())
  }

  /** All at once; where an item stands against it, undone, and once more to say which and why. */
  async #together<R>(work: (inner: Session) => Promise<R>, each: () => Promise<R>): Promise<R> {
    try {
      return await this.session.nested(work)
    } catch (error) {
      if (!isOfItem(error)) throw error
      return each()
    }
  }

  #in(inner: Session): this {
    return inner.use(this.constructor as SessionUser<this>)
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

async function inOrder<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (const item of items) done.push(await work(item))
  return done
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
