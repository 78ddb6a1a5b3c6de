import type * as Cockatiel from 'cockatiel'
import { errors } from '../../errors/index.ts'
import type { BreakerState } from '../../observe/index.ts'
import { settledOrAborted } from '../cache/single-flight.ts'
import { Failed } from '../failed.ts'
import type { Place } from '../place.ts'

export interface GuardParts {
  readonly cockatiel: typeof Cockatiel
  readonly concurrency: number
  readonly queue: number
  /** Null: every call is tried. */
  readonly breaker: { readonly failures: number; readonly openMs: number } | null
  readonly onChange: (state: BreakerState) => void
}

/** Runs one request, or refuses to. */
export type Guard = <T>(
  work: () => Promise<T>,
  call: { readonly place: Place; readonly signal: AbortSignal },
) => Promise<T>

/**
 * So many requests at once and so many that wait for one of these; and none at all for a while after the source has failed so often in a
 * row. Whoever waits stops waiting when its call is over.
 */
export function createGuard({ cockatiel, concurrency, queue, breaker, onChange }: GuardParts): Guard {
  const bulkhead = cockatiel.bulkhead(concurrency, queue)
  const circuit = breaker === null ? null : createCircuit(cockatiel, breaker, onChange)
  return async (work, { place, signal }) => {
    const guarded = bulkhead.execute(
      () => (signal.aborted ? Promise.reject(signal.reason as Error) : (circuit?.execute(work, signal) ?? work())),
      signal,
    )
    try {
      return await settledOrAborted(guarded, signal)
    } catch (error) {
      if (cockatiel.isTaskCancelledError(error)) throw signal.reason
      if (cockatiel.isBulkheadRejectedError(error)) throw unavailable(place, 'too many calls wait for it')
      if (!cockatiel.isBrokenCircuitError(error)) throw error
      throw unavailable(place, 'it has failed repeatedly and is left alone', breaker?.openMs)
    }
  }
}

function createCircuit(
  cockatiel: typeof Cockatiel,
  { failures, openMs }: NonNullable<GuardParts['breaker']>,
  onChange: GuardParts['onChange'],
): Cockatiel.CircuitBreakerPolicy {
  // Of the one call that is let through, anything but an answer means that the source is not known to be back.
  const isFault = (error: unknown): boolean =>
    countsAsFault(error) || (circuit.state === cockatiel.CircuitState.HalfOpen && !isAnswer(error))
  const circuit: Cockatiel.CircuitBreakerPolicy = cockatiel.circuitBreaker(cockatiel.handleWhen(isFault), {
    breaker: new cockatiel.ConsecutiveBreaker(failures),
    halfOpenAfter: openMs,
  })
  circuit.onBreak(() => onChange('open'))
  circuit.onHalfOpen(() => onChange('halfOpen'))
  circuit.onReset(() => onChange('closed'))
  return circuit
}

/** A source that refuses, limits its callers or answers something unexpected is there all the same. */
function countsAsFault(error: unknown): boolean {
  if (!(error instanceof Failed)) return false
  const { code } = error.error
  return code === errors.REMOTE_TIMEOUT.code || (code === errors.REMOTE_UNAVAILABLE.code && error.status !== 429)
}

/** Whether the source has said anything at all. */
function isAnswer(error: unknown): boolean {
  return error instanceof Failed && (error.status !== null || error.error.code === errors.REMOTE_MISMATCH.code)
}

function unavailable(place: Place, reason: string, afterMs?: number): Failed {
  const seconds = afterMs === undefined ? {} : { retryAfterSeconds: Math.max(Math.ceil(afterMs / 1_000), 1) }
  return new Failed(errors.REMOTE_UNAVAILABLE({ values: { ...place, reason }, ...seconds }), { isTransient: false })
}
