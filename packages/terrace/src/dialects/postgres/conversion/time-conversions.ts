import type { Conversion } from '../../../schema/index.ts'
import { checked, lossless, lossy } from './outcomes.ts'
import type { TypeFacts } from './type-facts.ts'

/**
 * Between dates and times; null for anything else. A time without a zone says no instant: it is read as UTC, whatever the
 * session's zone is, and that it was meant so only a person knows.
 */
export function timeConversions(from: TypeFacts, to: TypeFacts, column: string): Conversion | null {
  const [source, target] = [from.family, to.family]
  if (source === target && (source === 'time' || source === 'timestamp' || source === 'instant'))
    return precision(from, to, column)
  // Source: PostgreSQL manual, "Date/Time Types": a date reaches further than a timestamp.
  if (source === 'date' && target === 'timestamp')
    return checked(`isfinite(${column}) and ${column} > date '294276-12-31'`, 'rows with a day after the year 294276')
  if (source === 'timestamp' && target === 'date')
    return checked(`${timeOfDay(column)} <> 0`, 'rows with a time of day')
  if (target === 'instant' && (source === 'timestamp' || source === 'date'))
    return lossy('a time without a zone says no instant, and would be read as UTC')
  if (source === 'instant' && (target === 'timestamp' || target === 'date' || target === 'time'))
    return lossy('an instant would lose its zone: its time in UTC is what stays')
  return source === 'timestamp' && target === 'time' ? lossy('the day is not kept') : null
}

/** In microseconds; NULL for infinity. Truncating would raise an error for what was rounded beyond the last day. */
function timeOfDay(column: string): string {
  return `(extract(hour from ${column}) + extract(minute from ${column}) + extract(microseconds from ${column}))`
}

/** Of instants, dates and times as texts there is no error: infinity has no seconds. */
function precision(from: TypeFacts, to: TypeFacts, column: string): Conversion {
  if (to.scale >= from.scale) return lossless
  const unit = 10 ** (6 - to.scale)
  return checked(
    `(extract(microseconds from ${column}))::bigint % ${unit} <> 0`,
    `rows with more than ${to.scale} digits of a second`,
  )
}
