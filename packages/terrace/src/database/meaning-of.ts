import { errors, TerraceError } from '../errors/index.ts'
import { domainErrorOf, type ErrorContext } from './domain-error-of.ts'
import { DriverError } from './driver-error.ts'

/**
 * What anything that a driver or its pool throws means to the domain. Where the database lives concerns whoever opens it;
 * whoever meets it gone later is told only that (`DATABASE_UNAVAILABLE`).
 */
export function meaningOf(error: unknown, context: ErrorContext): unknown {
  if (error instanceof DriverError) return domainErrorOf(error, context)
  const isAddressed = error instanceof TerraceError && error.code === errors.DATABASE_UNREACHABLE.code
  return isAddressed ? errors.DATABASE_UNAVAILABLE({ retryAfterSeconds: 1, cause: error }) : error
}
