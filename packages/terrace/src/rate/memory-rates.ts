import { MemoryCounter } from './memory-counter.ts'
import type { RateStore } from './rate-store.ts'

export interface MemoryRateOptions {
  /** Milliseconds since any moment, never backwards. Default the process’s own. */
  readonly nowMs?: () => number
}

/** Counts in this process alone, without waiting for anything: of several instances each allows as much. At most 100,000 keys a limit. */
export function memoryRates({ nowMs = () => performance.now() }: MemoryRateOptions = {}): RateStore {
  return Object.freeze<RateStore>({ counter: (_name, limit) => new MemoryCounter(limit, nowMs) })
}
