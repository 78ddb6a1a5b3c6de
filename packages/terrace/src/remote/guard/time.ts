import { setTimeout as sleep } from 'node:timers/promises'

/** What depends on when, and on chance: so that tests need neither wait nor be lucky. */
export interface Time {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Resolves after so many milliseconds; rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** From 0 inclusive to 1 exclusive. */
  readonly random: () => number
}

export const systemTime: Time = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
  random: Math.random,
}
