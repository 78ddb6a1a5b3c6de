import { errors } from 'terrace/errors'

/** Days, both ends inclusive, `YYYY-MM-DD`. */
export interface Period {
  readonly from: string
  readonly to: string
}

const mostDays = 366
const dayMs = 86_400_000

const backwards = { message: 'must not be before from', zh: '不得早于 from' }
const tooLong = { message: `must be within ${mostDays} days, from included`, zh: `与 from 合计不得超过 ${mostDays} 天` }

/** `VALIDATION` for a period that ends before it begins, or has more than 366 days. */
export function checkPeriod({ from, to }: Period): void {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  if (days >= 1 && days <= mostDays) return
  const text = days < 1 ? backwards : tooLong
  throw errors.VALIDATION({ issues: [{ in: 'row', path: '/to', code: 'RANGE', ...text }] })
}
