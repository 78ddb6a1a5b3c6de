import type { ColumnType, Kysely, SelectQueryBuilder } from 'kysely'
import type { BoundModel, Cell, Column, Columns, GraphOf, Has, Models, Row } from '../model/index.ts'

/** Every table of a graph as hand-written queries see it: by the table's name, columns by property. */
export type QueryTables<G extends Models> = { readonly [K in keyof G as G[K]['table']]: QueryTable<G[K]['columns']> }

/** What a column gives, takes on insert and takes on update; stamped columns are never taken. */
export type QueryTable<C extends Columns> = {
  readonly [K in keyof C]: ColumnType<Cell<C[K]>, Inserted<C[K]>, Updated<C[K]>>
}

type Inserted<X extends Column> =
  Has<X, 'stamped'> extends true
    ? never
    : Has<X, 'null' | 'optional' | 'owner'> extends true
      ? Cell<X> | undefined
      : Cell<X>
type Updated<X extends Column> = Has<X, 'key' | 'stamped' | 'owner' | 'immutable'> extends true ? never : Cell<X>

/** Kysely over the whole graph of a model: what `query(fn)` gives to `fn`. */
export type GraphQuery<M extends BoundModel> = Kysely<QueryTables<GraphOf<M>>>

/** A select from the model's own table with all its columns: what `select(fn)` gives to `fn`. */
export type ModelQuery<M extends BoundModel> = SelectQueryBuilder<
  QueryTables<GraphOf<M>>,
  M['table'] & keyof QueryTables<GraphOf<M>>,
  Row<M>
>
