import type { AnySelect, Demand, Given, Making, Shaped, Value } from './making.ts'
import type { Family, Source } from './sources.ts'
import type { QueryInside, ValueMaker } from './value-maker.ts'

/** Something to read from, and what it is known by. */
export interface From {
  readonly from: unknown
  readonly source: Source
}

/** What joins, shapes and CTEs are made with. */
export interface Maker extends QueryInside {
  readonly making: Making
  readonly values: ValueMaker
  /** What a query may read; `taken`: names that it may not have. */
  source(demand: Demand, taken?: readonly string[]): From
  select(db: Making['db'], demand: Demand): Shaped
  limited(shaped: Pick<Shaped, 'query' | 'outputs'>, way: 'ordered' | 'limited' | 'offset' | 'fetch'): AnySelect
  /** Values as the outputs of a query, by names of their own. */
  named(values: readonly (readonly [Value, Family])[]): {
    readonly selected: readonly unknown[]
    readonly outputs: readonly Given[]
  }
}
