import type { DeleteResult, InsertResult, UpdateResult } from 'kysely'
import type { Session } from '../database/index.ts'
import { executorOf } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, Include, Insert, KeyOf, Row, Update } from '../model/index.ts'
import type {
  AllOptions,
  ColumnName,
  CountOptions,
  Deleted,
  FindOptions,
  HoldOptions,
  Listing,
  ListOptions,
  NoInclude,
  Purged,
  PurgeOptions,
  ReadOptions,
  RowOf,
  UniqueWhere,
  UpsertOptions,
  VersionOptions,
  Where,
} from './dao-types.ts'
import type { DaoContext } from './dao-context.ts'
import { deleteRow, deleteRows } from './delete-rows.ts'
import { existsRow, findRow, findOptionNames, getRowWith, listRows } from './find-rows.ts'
import { insertRow, insertRows } from './insert-rows.ts'
import { keyValues } from './key-values.ts'
import { planOf } from './model-plan.ts'
import type { GraphQuery, ModelQuery } from './query-tables.ts'
import { countRows, getRow, holdRow } from './read-rows.ts'
import { readWhere } from './read-where.ts'
import { checkOptions } from './refusals.ts'
import { purgeDeletedRows } from './purge-deleted.ts'
import { purgeRow, restoreRow } from './restore-row.ts'
import { holdExpected, readVersion } from './row-version.ts'
import { runQuery, runSelect } from './run-query.ts'
import type { QueryOptions } from './run-query.ts'
import { readUnique } from './unique-where.ts'
import { requireBound, updateRow, updateRows } from './update-rows.ts'
import { upsertRow } from './upsert-row.ts'

/** A query of Kysely's that gives rows of type `R`. */
export interface Executable<R> {
  execute(): Promise<R[]>
}

/** Rows, or for a statement that returns none how many it changed. */
export type Outcome<R> = R extends InsertResult | UpdateResult | DeleteResult ? { readonly changed: number } : R[]

/**
 * Reads and writes the rows of one model within one session: its scope, its transaction. Gives plain rows typed by the model,
 * or null; knows neither DTOs nor HTTP.
 *
 * Every method reaches only rows that the session's scope sees, and without `deleted` only those that are not in the trash.
 * Another owner's row is no different from a missing one, unless the model is readable by everyone: then changing it is
 * `FORBIDDEN`. Values are checked by the model's rules on every write: `VALIDATION` with one issue per column.
 */
export class ModelDao<M extends BoundModel> {
  readonly session: Session
  readonly model: M
  readonly #context: DaoContext

  constructor(session: Session, model: M) {
    const executor = executorOf(session)
    if (executor.graph !== model.graph) throw errors.DAO_FOREIGN_MODEL({ values: { model: model.name } })
    this.session = session
    this.model = model
    this.#context = { session, executor, plan: planOf(model.fact) }
  }

  /** The row with this key; a composite key is an object of its columns. Null where there is none, also for a malformed key. */
  async get<const F extends ColumnName<M> = ColumnName<M>, const I extends Include = NoInclude>(
    id: KeyOf<M>,
    options?: ReadOptions<M, F, I>,
  ): Promise<RowOf<M, NoInfer<F>, NoInfer<I>> | null> {
    const context = this.#begin()
    const key = keyValues(context.plan, id)
    if (key === null) return null
    const row = options === undefined ? getRow(context, key, 'without') : getRowWith(context, key, options)
    return row as RowOf<M, F, I> | null | Promise<RowOf<M, F, I> | null>
  }

  /**
   * As `get`, and the row is held: nobody else changes or deletes it until the session ends. For rules that read, decide and then
   * write. The transaction begins here, as one that writes. With a `version` only a row that is this session's to change
   * (`FORBIDDEN`) and has it (`VERSION_MISMATCH`).
   */
  async hold(id: KeyOf<M>, { deleted = 'without', ...options }: HoldOptions<Row<M>> = {}): Promise<Row<M> | null> {
    const context = this.#begin()
    const version = readVersion(context.plan, options)
    const key = keyValues(context.plan, id)
    if (key === null) return null
    const row = version === null ? holdRow(context, key, deleted) : holdExpected(context, key, { version, deleted })
    return (await row) as Row<M> | null
  }

  /**
   * The one row that has these values: those of the key or of a declared unique rule, by equality (`DAO_NOT_UNIQUE` otherwise).
   *
   * A rule within an owner needs the owner's column too unless the session reads as that owner; one within a parent needs the
   * parent's.
   */
  async find<const F extends ColumnName<M> = ColumnName<M>, const I extends Include = NoInclude>(
    where: UniqueWhere<M>,
    options: FindOptions<M, F, I> = {},
  ): Promise<RowOf<M, NoInfer<F>, NoInfer<I>> | null> {
    const context = this.#begin()
    checkOptions(context.plan, options, findOptionNames)
    const row = await findRow(context, readUnique(context, where), options)
    return row as RowOf<M, F, I> | null
  }

  /** The rows that match, in a stable order, and on request how many there are on all pages. */
  async list<const F extends ColumnName<M> = ColumnName<M>, const I extends Include = NoInclude>(
    options: ListOptions<M, F, I> = {},
  ): Promise<Listing<RowOf<M, NoInfer<F>, NoInfer<I>>>> {
    const listing = listRows(this.#begin(), options)
    return listing as Listing<RowOf<M, F, I>> | Promise<Listing<RowOf<M, F, I>>>
  }

  async count(where: Where<M> = {}, options: CountOptions = {}): Promise<number> {
    const context = this.#begin()
    const { plan } = context
    checkOptions(plan, options, ['deleted'])
    return countRows(context, readWhere(context, where), options.deleted ?? 'without')
  }

  async exists(where: Where<M>, options: CountOptions = {}): Promise<boolean> {
    const context = this.#begin()
    const { plan } = context
    checkOptions(plan, options, ['deleted'])
    return existsRow(context, readWhere(context, where), options.deleted ?? 'without')
  }

  /**
   * Creates a row and gives it back whole: key, owner, times and defaults filled in, equal to what `get` would give.
   *
   * The key is a uuid of version 7 unless given; the owner is the session's actor (outside any scope it must be given).
   * `REFERENCE_MISSING` for a reference to a row that the session does not see; `UNIQUE` for a duplicate.
   */
  async create(values: Insert<M>): Promise<Row<M>> {
    return insertRow(this.#begin(), values) as Row<M> | Promise<Row<M>>
  }

  /** Creates many rows, in this order, by one statement per chunk; all or, within a session that fails, none. */
  async createMany(rows: readonly Insert<M>[]): Promise<Row<M>[]> {
    return (await insertRows(this.#begin(), rows)) as Row<M>[]
  }

  /**
   * Changes what is given and leaves the rest; `updatedAt` is now. The row after the change, or null where there is none. An empty
   * patch gives the row unchanged. With a `version` only if it has that one, which the statement itself decides
   * (`VERSION_MISMATCH`); a function is asked of the row, held from then on.
   */
  async update(id: KeyOf<M>, patch: Update<M>, options: VersionOptions<Row<M>> = {}): Promise<Row<M> | null> {
    const context = this.#begin()
    const version = readVersion(context.plan, options)
    const key = keyValues(context.plan, id)
    if (key === null) return null
    if (typeof version === 'function' && (await holdExpected(context, key, { version, deleted: 'without' })) === null)
      return null
    const row = updateRow(context, key, { patch, version: typeof version === 'number' ? version : null })
    return row as Row<M> | null | Promise<Row<M> | null>
  }

  /** Changes every row that matches; gives how many. Without a condition only with `{ all: true }` (`DAO_UNBOUNDED`). */
  async updateWhere(where: Where<M>, patch: Update<M>, options: AllOptions = {}): Promise<number> {
    const context = this.#begin()
    return updateRows(context, this.#bounded('updateWhere', where, options), patch)
  }

  /**
   * Deletes a row: into the trash where the model has one, with its children as declared (`cascade`), else for good. Gives the row as
   * deleted; null where there is none (any more). `RESTRICTED` while rows refer to it that forbid it; `VERSION_MISMATCH` where
   * it has another `version`.
   */
  async delete(id: KeyOf<M>, options: VersionOptions<Row<M>> = {}): Promise<Row<M> | null> {
    const context = this.#begin()
    const key = await this.#expected(id, options, 'without')
    return key === null ? null : ((await deleteRow(context, key)) as Row<M> | null)
  }

  /** Deletes every row that matches, by one call; gives how many. Without a condition only with `{ all: true }`. */
  async deleteWhere(where: Where<M>, options: AllOptions = {}): Promise<number> {
    const context = this.#begin()
    return deleteRows(context, this.#bounded('deleteWhere', where, options))
  }

  /**
   * Takes a row out of the trash, with what went there by the same call and belongs below it. A row that is alive comes back unchanged;
   * null where there is none. `UNIQUE` where its place is taken, `RESTORE_PARENT_DELETED` where its owner's row is in the trash.
   * `version` is the one that it has there: the delete has raised it.
   */
  async restore(id: KeyOf<M>, options: VersionOptions<Row<M>> = {}): Promise<Row<M> | null> {
    const context = this.#begin()
    const key = await this.#expected(id, options, 'with')
    return key === null ? null : ((await restoreRow(context, key)) as Row<M> | null)
  }

  /**
   * Removes a row of the trash for good, with what refers to it by `cascade`; gives it a last time, or null where there is none.
   * `PURGE_ALIVE` for a row that was not deleted before. Where the model has no trash it is `delete`.
   */
  async purge(id: KeyOf<M>): Promise<Row<M> | null> {
    const context = this.#begin()
    const key = keyValues(context.plan, id)
    return key === null ? null : ((await purgeRow(context, key)) as Row<M> | null)
  }

  /**
   * Erases rows that went to the trash before an instant, oldest first, with all that `cascade` takes along: of this session's scope, at
   * most `limit` rows in all. What others refer to by `restrict` or `keep` stays. One call is a part of one session; a job calls
   * with `next`, a session each, until that is null:
   *
   * ```ts
   * let step: PurgeOptions | null = { before: new Date(Date.now() - 30 * 86_400_000) }
   * while (step !== null) {
   *   const { next } = await db.session(unscoped('retention'), (session) => session.use(ProductDao).purgeDeleted(step))
   *   step = next
   * }
   * ```
   */
  async purgeDeleted(options: PurgeOptions): Promise<Purged> {
    return purgeDeletedRows(this.#begin(), options)
  }

  /**
   * Creates the row, or changes the one that has equal values in the columns `by`: what is given is set, the rest stays. `by`
   * is the key or a declared unique rule. `UNIQUE` where the row in the way is not this session's to change.
   */
  async upsert(values: Insert<M>, options: UpsertOptions<M>): Promise<Row<M>> {
    const context = this.#begin()
    checkOptions(context.plan, options, ['by'])
    const by = typeof options.by === 'string' ? [options.by] : options.by
    return (await upsertRow(context, values, by)) as Row<M>
  }

  /**
   * Rows of a query that starts from the model, all its columns selected; typed over the whole graph. Scope, names and values
   * are applied where it is compiled, in joins and sub-queries too.
   *
   * ```ts
   * this.select((query) => query.orderBy('kcal100g', 'desc').limit(10))
   * ```
   */
  async select<R>(build: (query: ModelQuery<M>) => Executable<R>, options: CountOptions = {}): Promise<R[]> {
    const context = this.#begin()
    checkOptions(context.plan, options, ['deleted'])
    return (await runSelect(context, build as never, options)) as R[]
  }

  /**
   * Any statement over the graph, under the same guard: its rows, or `{ changed }` where it returns none. An UPDATE or DELETE
   * without a condition needs `{ all: true }`.
   */
  async query<R>(build: (db: GraphQuery<M>) => Executable<R>, options: QueryOptions = {}): Promise<Outcome<R>> {
    const context = this.#begin()
    checkOptions(context.plan, options, ['deleted', 'all'])
    return (await runQuery(context, build as never, options)) as Outcome<R>
  }

  /** The values of the key of a row that has the version asked for; null where there is no such row. */
  async #expected(id: KeyOf<M>, options: VersionOptions<Row<M>>, deleted: Deleted): Promise<readonly unknown[] | null> {
    const context = this.#context
    const version = readVersion(context.plan, options)
    const key = keyValues(context.plan, id)
    if (key === null || version === null) return key
    return (await holdExpected(context, key, { version, deleted })) === null ? null : key
  }

  #begin(): DaoContext {
    this.#context.executor.begin()
    return this.#context
  }

  #bounded(method: string, where: Where<M>, options: AllOptions) {
    const { plan } = this.#context
    checkOptions(plan, options, ['all'])
    const condition = readWhere(this.#context, where)
    requireBound(plan, condition, { method, all: options.all === true })
    return condition
  }
}

/** A DAO class to extend: `new ProductDao(session)` or `session.use(ProductDao)`. */
export interface DaoClass<M extends BoundModel> {
  new (session: Session): ModelDao<M>
  readonly model: M
}

/**
 * The DAO of a model, to use as it is or to extend with queries of your own:
 *
 * ```ts
 * class ProductDao extends Dao(models.Product) {
 *   richest(limit: number) {
 *     return this.select((query) => query.orderBy('kcal100g', 'desc').limit(limit))
 *   }
 * }
 * const richest = await session.use(ProductDao).richest(10)
 * ```
 */
export function Dao<M extends BoundModel>(model: M): DaoClass<M> {
  return class extends ModelDao<M> {
    static readonly model = model

    constructor(session: Session) {
      super(session, model)
    }
  }
}
