import { TerraceError } from '../errors/index.ts'
import { DriverError, type DriverErrorKind } from './driver-error.ts'

/**
 * How a unit is run again. `inTurn`: after the other units of this database that run again, so that those which got into each
 * other's way do not do so again; measured with 50 units over 10 rows on a server that takes a second to find a deadlock:
 * without turns 3 of 50 failed for good and the rest took twice as long. `last`: in turn as well, and beside no other unit of an isolation beyond the ordinary.
 */
export type Retry = 'no' | 'atOnce' | 'inTurn' | 'last'

const mostRetries = 3
const patienceMs = 5_000

export interface FailedRun {
  /** Runs before this one. */
  readonly retries: number
  /** Since the first run began. */
  readonly elapsedMs: number
  /** What made the session fail, and what the work threw, which may have wrapped it. */
  readonly errors: readonly unknown[]
}

type RetryOfKind = (elapsedMs: number) => Retry

/** The engine has waited for seconds before it said so: that is enough once the caller has waited for longer than 5. */
const ifPatient: RetryOfKind = (elapsedMs) => (elapsedMs < patienceMs ? 'atOnce' : 'no')

const retries: Partial<Record<DriverErrorKind, RetryOfKind>> = {
  deadlock: () => 'inTurn',
  serialization: () => 'inTurn',
  busy: ifPatient,
  lockTimeout: ifPatient,
}

/** Whether a repeatable unit that was rolled back is worth another run: at most three more, for errors that pass. */
export function retryOf({ retries: before, elapsedMs, errors }: FailedRun): Retry {
  const cause = errors.map(driverErrorOf).find((error) => error?.retryable === true) ?? null
  if (cause === null || before >= mostRetries) return 'no'
  const run = retries[cause.kind]?.(elapsedMs) ?? 'no'
  return run === 'inTurn' && before === mostRetries - 1 ? 'last' : run
}

function driverErrorOf(error: unknown): DriverError | null {
  return error instanceof TerraceError && error.cause instanceof DriverError ? error.cause : null
}
