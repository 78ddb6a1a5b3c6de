import type { ColumnName, Listing, ListOptions, ModelDao, NoInclude } from '../dao/index.ts'
import type { Session } from '../database/index.ts'
import type { Create, Patch } from '../dto/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, Include, Insert, KeyOf, Row, Update } from '../model/index.ts'

/** What is read with a row: related rows by value, as the DAO takes them. */
export interface GetQuery {
  /** `{ portions: models.Portion }`; a name that is no relation is `DAO_UNKNOWN`. The rows hold them beside their columns. */
  readonly include?: Include
}

/** Which rows a list holds, in which order, how many of them, and what is read with them: the DAO's own terms. */
export interface ListQuery<M extends BoundModel>
  extends GetQuery, Pick<ListOptions<M, ColumnName<M>, NoInclude>, 'where' | 'sort' | 'page' | 'total' | 'deleted'> {}

/**
 * The six operations of a model. Rows come and go as the model types them; which of their columns leave the process is
 * decided above.
 *
 * `NOT_FOUND` with the model's name wherever there is no such row for the session's actor.
 */
export class Crud<M extends BoundModel, D extends ModelDao<M>> {
  protected readonly session: Session
  protected readonly dao: D
  readonly #model: M

  constructor(session: Session, dao: D, model: M) {
    this.session = session
    this.dao = dao
    this.#model = model
  }

  /** Rows in the order asked for, the key last; all of them unless `page` is given. `total` counts only where asked for. */
  async list(query: ListQuery<M> = {}): Promise<Listing<Row<M>>> {
    // Without fields the DAO's rows are whole ones, with what is included besides; the compiler cannot see that for every model.
    return (await this.dao.list(query as ListOptions<M, ColumnName<M>, NoInclude>)) as unknown as Listing<Row<M>>
  }

  async get(id: KeyOf<M>, query: GetQuery = {}): Promise<Row<M>> {
    const row = query.include === undefined ? this.dao.get(id) : this.dao.get(id, query as object)
    return this.#found((await row) as Row<M> | null)
  }

  create(data: Create<M>): Promise<Row<M>> {
    return this.dao.create(this.toInsert(data))
  }

  /** Properties that are absent stay as they are; an empty patch gives the row unchanged. */
  async update(id: KeyOf<M>, data: Patch<M>): Promise<Row<M>> {
    return this.#found(await this.dao.update(id, this.toUpdate(data)))
  }

  /** Soft where the model is soft-deletable. A second delete finds nothing. */
  async delete(id: KeyOf<M>): Promise<void> {
    this.#found(await this.dao.delete(id))
  }

  /** Undoes the delete that removed the row; a row that is alive comes back unchanged. */
  async restore(id: KeyOf<M>): Promise<Row<M>> {
    return this.#found(await this.dao.restore(id))
  }

  /** What is sent becomes what is stored: override it where the two differ (`password` → `passwordHash`). */
  protected toInsert(data: Create<M>): Insert<M> {
    // What may be sent is by its definition a part of what may be inserted; the compiler cannot see that for every model.
    return data as unknown as Insert<M>
  }

  /** As `toInsert`, for changes. */
  protected toUpdate(data: Patch<M>): Update<M> {
    return data as unknown as Update<M>
  }

  #found<R>(row: R | null): R {
    if (row === null) throw errors.NOT_FOUND({ values: { model: this.#model.name } })
    return row
  }
}
