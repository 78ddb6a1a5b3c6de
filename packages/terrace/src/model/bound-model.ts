import type { Columns } from './column.ts'
import type { ModelFact, ModelGraph } from './graph-facts.ts'
import type { Model } from './model-spec.ts'

export type Models = Readonly<Record<string, Model>>

/** Where a bound model keeps the type of its whole graph; no value ever has it. */
export declare const graphModels: unique symbol

/** A model inside its graph: what DAOs, services, DTOs and routes are made from. `G` is the graph as declared. */
export interface BoundModel<
  T extends string = string,
  C extends Columns = Columns,
  G extends Models = Models,
> extends Model<T, C> {
  /** Its key in `graph({ … })`. */
  readonly name: string
  readonly fact: ModelFact
  readonly graph: ModelGraph
  readonly [graphModels]?: G
}

/** The graph a bound model belongs to, as declared. */
export type GraphOf<M extends BoundModel> = NonNullable<M[typeof graphModels]>

/** What `graph()` gives: the same keys, each model bound. */
export type Graph<G extends Models> = {
  readonly [K in keyof G]: BoundModel<G[K]['table'], G[K]['columns'], G>
}

/** Rows of every table of a graph by the table's name: what hand-written queries are typed over. */
export type Tables<G extends Models> = { readonly [K in keyof G as G[K]['table']]: G[K] }
