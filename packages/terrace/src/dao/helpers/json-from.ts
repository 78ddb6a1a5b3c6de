import type { AliasableExpression, Expression, Simplify } from 'kysely'
import { helperCall } from './helper-call.ts'

/** A select of Kysely's with rows of type `O`. */
export interface NestedQuery<O> extends Expression<O> {
  get isSelectQueryBuilder(): true
}

/**
 * The rows of a sub-query as a list in each row, in the sub-query's order; `[]` where it has none. Values are what they are in rows of
 * their own: a `Date` is a `Date`, a bigint a bigint, to any depth. The sub-query sees what the session sees.
 *
 * ```ts
 * query.select((eb) => [
 *   jsonArrayFrom(
 *     eb.selectFrom('portions').select(['id', 'grams']).whereRef('productId', '=', 'products.id').orderBy('grams'),
 *   ).as('portions'),
 * ])
 * ```
 *
 * Errors: `SCOPE_UNSUPPORTED` on MariaDB for grouped, distinct, united or numbered rows of a sub-query that names a column of the query
 * around it; `SCOPE_LIST_CUT` for a list longer than MariaDB's `max_allowed_packet`.
 */
export function jsonArrayFrom<O>(query: NestedQuery<O>): AliasableExpression<Simplify<O>[]> {
  return helperCall('rows', [query.toOperationNode()])
}

/**
 * The first row of a sub-query as an object in each row; null where it has none. Everything else as with `jsonArrayFrom`.
 *
 * ```ts
 * query.select((eb) => [
 *   jsonObjectFrom(eb.selectFrom('foods').select('name').whereRef('foods.id', '=', 'products.foodId')).as('food'),
 * ])
 * ```
 */
export function jsonObjectFrom<O>(query: NestedQuery<O>): AliasableExpression<Simplify<O> | null> {
  return helperCall('row', [query.toOperationNode()])
}
