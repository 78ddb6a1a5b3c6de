import { errors } from '../errors/index.ts'

/** What Node's timers can wait for; they take anything longer for 1 ms. */
const longestMs = 2 ** 31 - 1

/** A limit of milliseconds as it was given; `TIMEOUT_OPTION` for what no timer can wait for. */
export function checkedTimeout(timeoutMs: number): number {
  if (Number.isInteger(timeoutMs) && timeoutMs >= 0 && timeoutMs <= longestMs) return timeoutMs
  throw errors.TIMEOUT_OPTION({ values: { given: String(timeoutMs), longestMs } })
}
