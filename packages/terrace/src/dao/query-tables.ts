import type { ColumnType, Kysely, SelectQueryBuilder } from 'kysely'
import type { BoundModel, Cell, Column, Columns, GraphOf, Has, Models, Row } from '../model/index.ts'

/** Names of models by their tables. */
type NamesByTable<G extends Models> = { readonly [K in keyof G as G[K]['table']]: K }

/**
 * Every table of a graph as hand-written queries see it: by the table's name, columns by property.
 *
 * Over the names by table, and not over the graph with its keys renamed at once: the compiler would go through all of the graph
 * again at each join (300 models with a join each: 113 s instead of 6).
 */
export type QueryTables<G extends Models> = {
  readonly [T in keyof NamesByTable<G>]: QueryTable<G[Extract<NamesByTable<G>[T], keyof G>]['columns']>
}

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
