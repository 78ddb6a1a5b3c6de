import { executorOf } from './executor-of.ts'
import type { Session } from './session.ts'

/** A session's own time, truncated to milliseconds: one instant for all that it stamps, and for the rules of services. */
export function nowOf(session: Session): Date {
  return new Date(executorOf(session).now)
}
