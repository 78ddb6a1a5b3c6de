import type { AliasableExpression, Expression } from 'kysely'
import type { DatePart, DateUnit } from '../../database/index.ts'
import { helperCall, operandOf } from './helper-call.ts'

/**
 * A part of a `timestamp()` or `date()` column as a whole number, in UTC. Weeks are those of ISO 8601: `isoWeek` 1 to 53 of `isoYear`,
 * `isoDayOfWeek` 1 (Monday) to 7. `second` leaves the fraction out.
 *
 * ```ts
 * query.where((eb) => eb(datePart('year', eb.ref('createdAt')), '=', 2026))
 * ```
 *
 * Errors: `SCOPE_NOT_COMPARABLE` for other columns, `SCOPE_REFUSED` for the hour of a date.
 */
export function datePart<T extends Date | string | null>(
  part: DatePart,
  value: Expression<T>,
): AliasableExpression<number | Extract<T, null>> {
  return helperCall('datePart', [operandOf(part), value.toOperationNode()])
}

/**
 * The beginning of the year, quarter, month, week (its Monday), day, hour, minute or second that a `timestamp()` or `date()` column is
 * in, in UTC: a value of the same kind.
 *
 * ```ts
 * query.select((eb) => [dateTrunc('month', eb.ref('createdAt')).as('month'), eb.fn.countAll<number>().as('n')]).groupBy('month')
 * ```
 *
 * Errors as with `datePart`.
 */
export function dateTrunc<T extends Date | string | null>(
  unit: DateUnit,
  value: Expression<T>,
): AliasableExpression<T> {
  return helperCall('dateTrunc', [operandOf(unit), value.toOperationNode()])
}

/**
 * The time by the clock of the database's machine, in microseconds since 1970: what several processes over one
 * database agree on. Of the moment at which it is read, also in a statement that has waited. Rows are stamped with the session's own time, not with this.
 *
 * ```ts
 * query.where((eb) => eb('expiresAtMicros', '<', clockMicros()))
 * ```
 */
export function clockMicros(): AliasableExpression<bigint> {
  return helperCall('clockMicros', [])
}
