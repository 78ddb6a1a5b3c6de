import { columnFactsOf } from '../model/index.ts'
import type { Cell, Column } from '../model/index.ts'
import { columnSchema } from './column-schema.ts'
import { typeTest } from './object-shape.ts'
import type { ComputedField } from './shape.ts'
import { wireTypeOf } from './wire-type.ts'

/** A property that is computed from a row `R` when it leaves. */
export interface Computed<R> {
  readonly column: Column
  // A method, so that what computes from less of a row also computes from a whole one.
  compute(row: R): unknown
}

/**
 * A property of an answer that no column holds: its type, and how it follows from the whole row, hidden columns included.
 *
 * ```ts
 * read(models.FoodEntry, { computed: { kcal: computed(float(), (row) => kcalOf(row.grams, row.kcal100g)) } })
 * ```
 *
 * A result of another type than the column's is `RESPONSE_MISMATCH`.
 */
export function computed<X extends Column, R>(column: X, compute: (row: R) => Cell<X>): Computed<R> {
  return Object.freeze({ column, compute })
}

/** The property of a shape that it becomes. */
export function computedField<R>(name: string, { column, compute }: Computed<R>): ComputedField {
  const [fact] = columnFactsOf({ [name]: column })
  if (fact === undefined) throw new TypeError(`${name} is no column`)
  return {
    kind: 'computed',
    name,
    key: name,
    required: true,
    nullable: fact.nullable,
    schema: { ...columnSchema(fact), readOnly: true },
    describe: fact.describe,
    column: fact,
    wire: wireTypeOf(fact.type),
    isOfType: typeTest(fact),
    compute: compute as ComputedField['compute'],
  }
}
