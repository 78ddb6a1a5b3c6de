import { Failed } from '../failed.ts'
import type { RetryBudget } from './retry-budget.ts'
import type { Time } from './time.ts'

/** How a call may be sent again. */
export interface RetryRules {
  readonly most: number
  readonly baseMs: number
  readonly capMs: number
  readonly retryAfterMs: number
}

export interface RepeatParts {
  /** Null: it may not be sent again at all. */
  readonly rules: RetryRules | null
  readonly budget: RetryBudget
  readonly time: Time
  /** By the clock of `time`. */
  readonly endsAtMs: number
  readonly signal: AbortSignal
  /** Told before each repetition. */
  readonly onRetry: () => void
}

/**
 * Runs until it succeeds or another run would be of no use: what failed is not for a moment only, the rules or the budget are used up, the
 * source wants to be left alone for longer, or the pause would outlast the call. The last failure is thrown.
 */
export async function repeated<T>(work: () => Promise<T>, parts: RepeatParts): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await work()
    } catch (error) {
      const pause = pauseMs(error, retries, parts)
      if (pause === null || parts.signal.aborted || !parts.budget.take()) throw error
      await slept(pause, error, parts)
      parts.onRetry()
    }
  }
}

async function slept(ms: number, error: unknown, { time, signal }: RepeatParts): Promise<void> {
  try {
    await time.sleep(ms, signal)
  } catch {
    throw signal.aborted ? signal.reason : error
  }
}

/** Full jitter: anything from nothing to a bound that doubles. A wait that the source asked for comes before it. */
function pauseMs(error: unknown, retries: number, { rules, time, endsAtMs }: RepeatParts): number | null {
  if (rules === null || retries >= rules.most || !(error instanceof Failed) || !error.isTransient) return null
  const { retryAfterMs } = error
  if (retryAfterMs !== null && retryAfterMs > rules.retryAfterMs) return null
  const jitterMs = time.random() * Math.min(rules.capMs, rules.baseMs * 2 ** retries)
  const pause = (retryAfterMs ?? 0) + jitterMs
  return time.now() + pause < endsAtMs ? pause : null
}
