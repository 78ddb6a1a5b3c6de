import type { Listing, ListOptions } from '../dao/index.ts'
import type { BoundModel, Insert, KeyOf, Row, Update } from '../model/index.ts'

type ColumnName<M extends BoundModel> = Extract<keyof M['columns'], string>

/** Which rows a list holds, in which order, and how many of them: the DAO's own terms. */
export type ListQuery<M extends BoundModel> = Pick<
  ListOptions<M, ColumnName<M>, unknown>,
  'where' | 'sort' | 'page' | 'total' | 'deleted'
>

/** What a derived service needs of a DAO; every class made by `Dao(model)` has it. */
export interface CrudDao<M extends BoundModel> {
  get(key: KeyOf<M>): Promise<Row<M> | null>
  list(query?: ListQuery<M>): Promise<Listing<Row<M>>>
  create(values: Insert<M>): Promise<Row<M>>
  update(key: KeyOf<M>, patch: Update<M>): Promise<Row<M> | null>
  delete(key: KeyOf<M>): Promise<Row<M> | null>
  restore(key: KeyOf<M>): Promise<Row<M> | null>
}
