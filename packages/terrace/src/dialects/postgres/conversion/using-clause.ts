import { isNumber } from './number-conversions.ts'
import { textOf } from './text-conversions.ts'
import { typeFacts, type TypeFacts } from './type-facts.ts'

/** How values are converted, where an assignment would not do it, or would ask the session's time zone; null where it does. */
export function usingClause(fromType: string, toType: string, column: string): string | null {
  const [from, to] = [typeFacts(fromType), typeFacts(toType)]
  const zoned = acrossZones(from, to, { column, toType })
  if (zoned !== null) return zoned
  if (isAssigned(from, to)) return null
  if (to.family === 'boolean' && isNumber(from)) return `${column} <> 0`
  if (from.family === 'boolean' && isNumber(to)) return `(${column}::integer)::${toType}`
  if (from.family === 'other' && to.family === 'other' && fromType !== toType) return `(${column}::text)::${toType}`
  return `${column}::${toType}`
}

function acrossZones(
  from: TypeFacts,
  to: TypeFacts,
  { column, toType }: { readonly column: string; readonly toType: string },
): string | null {
  if (to.family === 'instant' && from.family === 'timestamp') return `${column} at time zone 'UTC'`
  if (to.family === 'instant' && from.family === 'date') return `(${column}::timestamp) at time zone 'UTC'`
  if (from.family !== 'instant') return null
  if (to.family === 'timestamp') return `${column} at time zone 'UTC'`
  if (to.family === 'date' || to.family === 'time') return `(${column} at time zone 'UTC')::${toType}`
  return to.family === 'text' ? textOf(from, column) : null
}

/** Assignment refuses what is too long, where a cast would cut it. */
function isAssigned(from: TypeFacts, to: TypeFacts): boolean {
  if (to.family === 'text' || to.family === 'padded') return true
  if (isNumber(from) && isNumber(to)) return true
  if (from.family === to.family) return from.family !== 'other'
  return (from.family === 'date' && to.family === 'timestamp') || (from.family === 'timestamp' && to.family === 'date')
}

/** Whether the rows are written anew, or only read, or neither. Sources: PostgreSQL manual, "ALTER TABLE", notes; varchar.c, numeric.c, timestamp.c. */
export function conversionWork(fromType: string, toType: string): 'none' | 'rewrite' {
  const [from, to] = [typeFacts(fromType), typeFacts(toType)]
  if (fromType === toType) return 'none'
  if (from.family !== to.family) return 'rewrite'
  if (from.family === 'text')
    return to.size === null || (from.size !== null && from.size <= to.size) ? 'none' : 'rewrite'
  if (from.family === 'numeric')
    return to.size === null || (from.size !== null && from.scale === to.scale && from.size <= to.size)
      ? 'none'
      : 'rewrite'
  const isTime = from.family === 'time' || from.family === 'timestamp' || from.family === 'instant'
  return isTime && from.scale <= to.scale ? 'none' : 'rewrite'
}
