import { errors } from 'terrace/errors'

/** Days, both ends inclusive, `YYYY-MM-DD`. */
export interface Period {
  readonly from: string
  readonly to: string
}

const mostDays = 366
const dayMs = 86_400_000

/** `VALIDATION` for a period that ends before it begins, or has more than 366 days. */
export function checkPeriod({ from, to }: Period): void {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  if (days >= 1 && days <= mostDays) return
  const message = days < 1 ? 'must not be before from' : `must be within ${mostDays} days, from included`
  throw errors.VALIDATION({ issues: [{ in: 'row', path: '/to', code: 'RANGE', message }] })
}
