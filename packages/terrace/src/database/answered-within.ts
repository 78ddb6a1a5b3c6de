import { consequencesOf, DriverError } from './driver-error.ts'
import type { Eventually } from './driver.ts'

/**
 * An answer of a database, waited for no longer than so many milliseconds; 0: as long as it takes. Then a `DriverError` of the
 * kind `timeout` that ends the session: what was sent is still under way on the connection, so that nothing else can be.
 * Whatever comes later is dropped.
 */
export function answeredWithin<T>(answer: Eventually<T>, timeoutMs: number): Eventually<T> {
  if (timeoutMs === 0 || !(answer instanceof Promise)) return answer
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(unanswered(timeoutMs)), timeoutMs)
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

function unanswered(timeoutMs: number): DriverError {
  const facts = { ...consequencesOf.timeout, endsSession: true, table: null, constraint: null, columns: null }
  return new DriverError(`timeout: no answer within ${timeoutMs} ms`, { kind: 'timeout', ...facts }, undefined)
}
